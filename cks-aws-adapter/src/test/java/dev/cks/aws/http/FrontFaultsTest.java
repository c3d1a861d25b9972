package dev.cks.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.aws.inprocess.InProcessAws;
import dev.cks.aws.service.World;
import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireRequest;
import dev.cks.aws.wire.WireService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** What stands before a dispatcher: faults and quotas. */
class FrontFaultsTest {
  private final World world = World.ofSeed(1);
  private final WireDispatcher dispatcher =
      new WireDispatcher(
          List.of(WireService.kms(world.kms)), () -> world.kms.rootCaller().requestId());

  @AfterEach
  void close() {
    world.close();
  }

  private static WireRequest to(String operation) {
    return to(operation, "");
  }

  private static WireRequest to(String operation, String body) {
    return new WireRequest(
        "POST",
        "/",
        Map.of(
            "X-Amz-Target",
            List.of("TrentService." + operation),
            "Content-Type",
            List.of(WireDispatcher.CONTENT_TYPE)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Integer> statuses(WireHandler handler, String operation, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> handler.dispatch(to(operation)).status())
        .toList();
  }

  @Test
  void plansAreCarriedOutInOrderAndThenOver() {
    FrontFaults faults =
        new FrontFaults(1)
            .times(2, "ListKeys", FrontFault.internalFailure())
            .times(1, FrontFaults.ANY, FrontFault.unavailable());
    WireHandler handler = faults.before(dispatcher);
    assertThat(statuses(handler, "ListKeys", 4)).containsExactly(500, 500, 503, 200);
  }

  @Test
  void anotherOperationIsLeftAlone() {
    WireHandler handler =
        new FrontFaults(1).times(1, "Encrypt", FrontFault.throttled()).before(dispatcher);
    assertThat(statuses(handler, "ListKeys", 2)).containsOnly(200);
  }

  @Test
  void theSameSeedGivesTheSameFaults() {
    assertThat(drawn(7)).isEqualTo(drawn(7)).contains(200, 500).isNotEqualTo(drawn(8));
  }

  private List<Integer> drawn(long seed) {
    FrontFaults faults =
        new FrontFaults(seed).sometimes(0.5, "ListKeys", FrontFault.internalFailure());
    return statuses(faults.before(dispatcher), "ListKeys", 64);
  }

  @Test
  void latencyIsWaitedForAndThenAnswered() {
    List<Duration> waits = new ArrayList<>();
    FrontFaults faults =
        new FrontFaults(1, waits::add)
            .times(1, "ListKeys", FrontFault.delayed(Duration.ofHours(1)));
    assertThat(statuses(faults.before(dispatcher), "ListKeys", 2)).containsOnly(200);
    assertThat(waits).containsExactly(Duration.ofHours(1));
  }

  @Test
  void clearedPlansAreForgotten() {
    FrontFaults faults = new FrontFaults(1).sometimes(1, FrontFaults.ANY, FrontFault.requestLost());
    WireHandler handler = faults.before(dispatcher);
    assertThatThrownBy(() -> handler.dispatch(to("ListKeys")))
        .isInstanceOf(UncheckedIOException.class);
    faults.clear();
    assertThat(statuses(handler, "ListKeys", 1)).containsExactly(200);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void whatIsNoProbabilityIsRefused(double probability) {
    assertThatThrownBy(
            () -> new FrontFaults(1).sometimes(probability, "Encrypt", FrontFault.throttled()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void inProcessClientsSeeThemToo() {
    FrontFaults faults = new FrontFaults(1).times(2, "ListKeys", FrontFault.requestLost());
    InProcessAws aws = InProcessAws.of(faults.before(dispatcher), Region.US_EAST_1);
    try (KmsClient kms =
            aws.configure(KmsClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build();
        KmsAsyncClient async =
            aws.configure(KmsAsyncClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build()) {
      assertThatThrownBy(kms::listKeys).hasRootCauseInstanceOf(IOException.class);
      assertThatThrownBy(() -> async.listKeys().join())
          .isInstanceOf(CompletionException.class)
          .hasRootCauseInstanceOf(IOException.class);
      assertThat(kms.listKeys().keys()).isEmpty();
    }
  }

  @Test
  void aQuotaIsUsedUpAndComesBackWithTime() {
    Instant[] now = {Loopback.NOW};
    WireHandler handler = RequestRates.asDocumented(() -> now[0]).before(dispatcher);
    assertThat(statuses(handler, "CreateKey", 6)).containsExactly(200, 200, 200, 200, 200, 400);
    now[0] = now[0].plusMillis(200);
    assertThat(statuses(handler, "CreateKey", 2)).containsExactly(200, 400);
    assertThat(statuses(handler, "ListKeys", 1)).containsExactly(200);
    assertThat(new String(handler.dispatch(to("CreateKey")).body(), StandardCharsets.UTF_8))
        .contains("ThrottlingException", "You have exceeded the rate at which you may call KMS.");
  }

  @Test
  void aClockThatIsSetBackGivesAndTakesNothing() {
    TokenBucket bucket = new TokenBucket(2, Loopback.NOW);
    assertThat(bucket.take(Loopback.NOW.minusSeconds(9))).isTrue();
    assertThat(bucket.take(Loopback.NOW)).isTrue();
    assertThat(bucket.take(Loopback.NOW)).isFalse();
    assertThat(bucket.take(Loopback.NOW.plusSeconds(100))).isTrue();
  }

  @Test
  void cryptographicOperationsShareAQuotaAndEachKeyStoreHasItsOwn() {
    RequestRates rates =
        RequestRates.asDocumented(() -> Loopback.NOW)
            .perKeyStore(request -> request.header("X-Store").map(Set::of).orElse(Set.of()));
    WireHandler handler = rates.before(new Accepting());
    assertThat(permitted(handler, "Encrypt", "cks-1", 2_000)).isEqualTo(1_800);
    assertThat(permitted(handler, "Decrypt", "cks-2", 2_000)).isEqualTo(1_800);
    assertThat(permitted(handler, "GenerateRandom", "none", 20_000)).isPositive();
    assertThat(permitted(handler, "Encrypt", "cks-3", 1)).isZero();
  }

  @Test
  void theKeyStoresOfARequestAreFoundByItsKeysAndCiphertexts() {
    String store = world.createConnectedStore();
    String key = world.createKeyIn(store).keyId();
    String standard = world.client.createKey().keyMetadata().keyId();
    String blob =
        Base64.getEncoder()
            .encodeToString(
                world
                    .client
                    .encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String("x")))
                    .ciphertextBlob()
                    .asByteArray());
    assertThat(used("{\"KeyId\":\"" + key + "\"}")).containsExactly(store);
    assertThat(used("{\"CiphertextBlob\":\"" + blob + "\"}")).containsExactly(store);
    assertThat(used("{\"DestinationKeyId\":\"" + key + "\"}")).containsExactly(store);
    assertThat(used("{\"CustomKeyStoreId\":\"" + store + "\"}")).containsExactly(store);
    assertThat(used("{\"KeyId\":\"" + standard + "\"}")).isEmpty();
    for (String other :
        List.of(
            "{\"CustomKeyStoreId\":\"cks-1234567890abcdef0\"}",
            "{\"KeyId\":\"alias/none\",\"CiphertextBlob\":\"&\"}",
            "{\"CiphertextBlob\":\"QUJD\",\"KeyId\":{}}",
            "{\"KeyId\":\"" + key,
            "[]",
            "")) {
      assertThat(used(other)).as(other).isEmpty();
    }
  }

  private Set<String> used(String body) {
    return dispatcher.keyStoresUsedBy(to("Encrypt", body));
  }

  @Test
  void aKeyStoreIsUsedNoMoreOftenThanItsQuotaSays() {
    String key = world.createKeyIn(world.createConnectedStore()).keyId();
    String standard = world.client.createKey().keyMetadata().keyId();
    WireHandler handler =
        RequestRates.asDocumented(() -> Loopback.NOW)
            .perKeyStore(dispatcher::keyStoresUsedBy)
            .before(dispatcher);
    WireRequest inStore = to("Encrypt", "{\"KeyId\":\"" + key + "\",\"Plaintext\":\"QUJD\"}");
    for (int i = 0; i < 1_800; i++) {
      assertThat(handler.dispatch(inStore).status()).isEqualTo(200);
    }
    assertThat(handler.dispatch(inStore).status()).isEqualTo(400);
    assertThat(
            handler
                .dispatch(to("Encrypt", "{\"KeyId\":\"" + standard + "\",\"Plaintext\":\"QUJD\"}"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aReplicaIsAlsoCountedAsTwoKeys() {
    WireHandler handler = RequestRates.asDocumented(() -> Loopback.NOW).before(new Accepting());
    assertThat(permitted(handler, "ReplicateKey", "none", 2)).isEqualTo(2);
    assertThat(permitted(handler, "CreateKey", "none", 5)).isEqualTo(1);
    assertThat(permitted(handler, "UpdatePrimaryRegion", "none", 5)).isEqualTo(2);
  }

  private static long permitted(WireHandler handler, String operation, String store, int count) {
    WireRequest request =
        new WireRequest(
            "POST",
            "/",
            Map.of(
                "X-Amz-Target",
                List.of("TrentService." + operation),
                "X-Store",
                store.equals("none") ? List.of() : List.of(store)),
            new byte[0]);
    return IntStream.range(0, count).filter(i -> handler.dispatch(request) == null).count();
  }

  /** Answers null instead of carrying anything out. */
  private final class Accepting implements WireHandler {
    @Override
    public dev.cks.aws.wire.WireResponse dispatch(WireRequest request) {
      return null;
    }

    @Override
    public dev.cks.aws.wire.WireResponse refuse(
        WireRequest request, int status, String code, String message) {
      return dispatcher.refuse(request, status, code, message);
    }
  }
}
