package dev.cks.aws.http;

import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireProtocol;
import dev.cks.aws.wire.WireRequest;
import dev.cks.aws.wire.WireResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** What an operation is counted as besides itself. */
  private static final Map<String, List<String>> ALSO_COUNTED_AS =
      Map.of(
          "UpdatePrimaryRegion", List.of("UpdatePrimaryRegion"),
          "ReplicateKey", List.of("CreateKey", "CreateKey"));

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
  private final Function<WireRequest, Set<String>> storesOf;
  private final Map<String, TokenBucket> buckets = new HashMap<>();
  private final Map<String, TokenBucket> stores = new ConcurrentHashMap<>();

  private RequestRates(InstantSource clock, Function<WireRequest, Set<String>> storesOf) {
    this.clock = clock;
    this.storesOf = storesOf;
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
    return new RequestRates(clock, request -> Set.of());
  }

  /**
   * The same, and 1 800 cryptographic operations per second with the keys of each custom key store.
   *
   * @param storesOf the ids of the key stores that a cryptographic request works with, for example
   *     {@code dispatcher::keyStoresUsedBy}
   */
  public RequestRates perKeyStore(Function<WireRequest, Set<String>> storesOf) {
    return new RequestRates(clock, storesOf);
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
    Instant now = clock.instant();
    boolean permitted = take(operation, now);
    for (String other : ALSO_COUNTED_AS.getOrDefault(operation, List.of())) {
      permitted &= take(other, now);
    }
    return permitted && (!CRYPTO_OPERATIONS.contains(operation) || storesPermit(request, now));
  }

  private boolean take(String operation, Instant now) {
    TokenBucket account = buckets.get(operation);
    return account == null || account.take(now);
  }

  private boolean storesPermit(WireRequest request, Instant now) {
    boolean permitted = true;
    for (String store : storesOf.apply(request)) {
      permitted &= stores.computeIfAbsent(store, id -> full(PER_STORE)).take(now);
    }
    return permitted;
  }
}
