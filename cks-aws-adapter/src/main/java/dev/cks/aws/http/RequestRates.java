package dev.cks.aws.http;

import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireProtocol;
import dev.cks.aws.wire.WireRequest;
import dev.cks.aws.wire.WireResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * KMS's request quotas, per second for one account and Region (spec I.1): who calls more often is
 * answered {@code ThrottlingException}. Like {@link FrontFaults} it stands before a dispatcher.
 * Thread-safe.
 */
public final class RequestRates {
  static final String EXCEEDED =
      "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.";

  private static final int THROTTLED = 400;
  private static final int PER_STORE = 1_800;
  private static final int CRYPTO_RATE = 10_000;

  private static final List<String> CRYPTO_OPERATIONS =
      List.of(
          "Decrypt",
          "Encrypt",
          "GenerateDataKey",
          "GenerateDataKeyWithoutPlaintext",
          "GenerateMac",
          "GenerateRandom",
          "ReEncrypt",
          "VerifyMac");

  private static final Map<Integer, List<String>> RATES =
      Map.of(
          5,
          List.of(
              "CreateCustomKeyStore",
              "ConnectCustomKeyStore",
              "DescribeCustomKeyStores",
              "DisconnectCustomKeyStore",
              "UpdateCustomKeyStore",
              "DeleteCustomKeyStore",
              "CancelKeyDeletion",
              "CreateAlias",
              "CreateKey",
              "EnableKey",
              "DisableKey",
              "DisableKeyRotation",
              "UntagResource",
              "UpdateAlias",
              "UpdateKeyDescription",
              "UpdatePrimaryRegion",
              "RotateKeyOnDemand",
              "ReplicateKey",
              "GetKeyLastUsage"),
          50,
          List.of("CreateGrant", "RetireGrant", "RevokeGrant"),
          15,
          List.of(
              "DeleteAlias",
              "DeleteImportedKeyMaterial",
              "ImportKeyMaterial",
              "EnableKeyRotation",
              "PutKeyPolicy",
              "ScheduleKeyDeletion"),
          2_000,
          List.of("DescribeKey", "GetPublicKey", "ListResourceTags"),
          1_000,
          List.of("GetKeyPolicy", "GetKeyRotationStatus"),
          500,
          List.of("ListAliases", "ListKeys"),
          100,
          List.of("ListGrants", "ListKeyPolicies", "ListKeyRotations", "ListRetirableGrants"),
          10,
          List.of("TagResource"),
          1,
          List.of("GetParametersForImport"));

  private final InstantSource clock;
  private final Function<WireRequest, Optional<String>> storeOf;
  private final Map<String, TokenBucket> buckets = new HashMap<>();
  private final Map<String, TokenBucket> stores = new ConcurrentHashMap<>();

  private RequestRates(InstantSource clock, Function<WireRequest, Optional<String>> storeOf) {
    this.clock = clock;
    this.storeOf = storeOf;
    RATES.forEach((rate, operations) -> operations.forEach(name -> buckets.put(name, full(rate))));
    // they share one
    TokenBucket crypto = full(CRYPTO_RATE);
    CRYPTO_OPERATIONS.forEach(name -> buckets.put(name, crypto));
  }

  private TokenBucket full(int perSecond) {
    return new TokenBucket(perSecond, clock.instant());
  }

  /**
   * The quotas of most Regions, in real time: 10 000 cryptographic operations and 5 changes per
   * second, among others.
   */
  public static RequestRates asDocumented() {
    return asDocumented(RealTime::now);
  }

  /**
   * The same by another clock.
   *
   * @param clock while it stands still nothing that was used up comes back
   */
  public static RequestRates asDocumented(InstantSource clock) {
    return new RequestRates(clock, request -> Optional.empty());
  }

  /**
   * The same, and 1 800 cryptographic operations per second with the keys of each custom key store.
   *
   * @param storeOf the id of the key store that a cryptographic request uses, if it uses one
   */
  public RequestRates perKeyStore(Function<WireRequest, Optional<String>> storeOf) {
    return new RequestRates(clock, storeOf);
  }

  /** The same handler, called no more often than this. */
  public WireHandler before(WireHandler handler) {
    return new WireHandler() {
      @Override
      public WireResponse dispatch(WireRequest request) {
        return permits(request)
            ? handler.dispatch(request)
            : handler.refuse(request, THROTTLED, "ThrottlingException", EXCEEDED);
      }

      @Override
      public WireResponse refuse(
          WireRequest request, int status, String code, @Nullable String message) {
        return handler.refuse(request, status, code, message);
      }
    };
  }

  private boolean permits(WireRequest request) {
    if (!Target.isFor(request, WireProtocol.KMS.targetPrefix())) {
      return true;
    }
    String operation = Target.operationOf(request);
    TokenBucket account = buckets.get(operation);
    boolean permitted = account == null || account.take(clock.instant());
    return permitted && (!CRYPTO_OPERATIONS.contains(operation) || storePermits(request));
  }

  private boolean storePermits(WireRequest request) {
    return storeOf
        .apply(request)
        .map(store -> stores.computeIfAbsent(store, id -> full(PER_STORE)))
        .map(bucket -> bucket.take(clock.instant()))
        .orElse(true);
  }
}
