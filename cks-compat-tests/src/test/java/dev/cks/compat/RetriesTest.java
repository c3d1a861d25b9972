package dev.cks.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cks.aws.http.FrontFault;
import dev.cks.sim.SimulatedCluster;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.OriginType;

/** What the SDK does again by itself, and what it leaves to the application. */
final class RetriesTest {
  // far apart, as a busy machine is slow itself
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final FrontFault LATE = FrontFault.delayed(Duration.ofSeconds(4));
  private static final ClientOverrideConfiguration ATTEMPT_LIMIT =
      ClientOverrideConfiguration.builder().apiCallAttemptTimeout(LIMIT).build();
  private static final ClientOverrideConfiguration CALL_LIMIT =
      ClientOverrideConfiguration.builder().apiCallTimeout(LIMIT).build();

  private final Site site = Site.create();
  private final String key = site.customKey();

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void internalErrorOnce_withTheSdksDefaults_isRetried(Door door) {
    site.faults.times(
        1, "Encrypt", new FrontFault.Refused(500, "KMSInternalException", "once more, please"));
    try (KmsClient kms = door.open(site)) {
      encrypt(kms);
    }
    assertThat(site.seen.take()).containsExactly("Encrypt", "Encrypt");
  }

  @Test
  void throttledOnce_withTheSdksDefaults_isRetried() {
    site.faults.times(1, "Encrypt", FrontFault.throttled());
    try (KmsClient kms = site.generated()) {
      encrypt(kms);
    }
    assertThat(site.seen.take()).containsExactly("Encrypt", "Encrypt");
  }

  @Test
  void throttledForGood_failsAfterFourAttempts() {
    site.faults.times(9, "Encrypt", FrontFault.throttled());
    try (KmsClient kms = impatient()) {
      KmsException e = catchThrowableOfType(KmsException.class, () -> encrypt(kms));
      assertThat(e.isThrottlingException()).isTrue();
      assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
      assertThat(e.numAttempts()).isEqualTo(4);
    }
    assertThat(site.seen.take()).hasSize(4);
  }

  @Test
  void noFreeSession_isAnInternalErrorThatIsRetriedInVain() {
    site.aws.cluster().occupySessions(SimulatedCluster.SESSION_LIMIT);
    try (KmsClient kms = impatient()) {
      assertThatExceptionOfType(KmsInternalException.class)
          .isThrownBy(() -> encrypt(kms))
          .satisfies(e -> assertThat(e.numAttempts()).isEqualTo(4));
      site.aws.cluster().occupySessions(0);
      encrypt(kms);
    }
    assertThat(site.seen.take()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void unreachableCluster_isNotRetried(Door door) {
    site.aws.cluster().cutNetwork();
    try (KmsClient kms = door.open(site)) {
      assertThatExceptionOfType(KmsInvalidStateException.class)
          .isThrownBy(() -> encrypt(kms))
          .withMessageContaining("KMS cannot communicate with your CloudHSM cluster")
          .satisfies(e -> assertThat(e.numAttempts()).isEqualTo(1));
      assertThat(site.seen.take()).containsExactly("Encrypt");

      site.aws.cluster().restoreNetwork();
      encrypt(kms);
    }
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void answerLost_createKeyIsRetriedAndThereAreTwoKeys(Door door) {
    site.faults.times(1, "CreateKey", FrontFault.answerLost());
    try (KmsClient kms = door.open(site)) {
      kms.createKey(r -> r.customKeyStoreId(site.storeId()).origin(OriginType.AWS_CLOUDHSM));
    }
    assertThat(site.seen.take()).containsExactly("CreateKey", "CreateKey");
    assertThat(site.kms.listKeys().keys()).as("one from the start").hasSize(3);
  }

  @Test
  void requestsLostForGood_failInTheClient() {
    site.faults.times(9, "Encrypt", FrontFault.requestLost());
    try (KmsClient kms = impatient()) {
      assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> encrypt(kms));
    }
    assertThat(site.seen.take()).isEqualTo(Collections.nCopies(4, "Encrypt"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void slowAnswer_endsTheAttemptAndTheNextOneSucceeds(boolean socket) {
    try (KmsClient kms = hurried(socket, true)) {
      site.faults.times(1, "Encrypt", LATE);
      encrypt(kms);
    }
    assertThat(site.seen.take()).containsExactly("Encrypt", "Encrypt");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void slowAnswers_endTheCall(boolean socket) {
    try (KmsClient kms = hurried(socket, false)) {
      site.faults.times(9, "Encrypt", LATE);
      assertThatExceptionOfType(ApiCallTimeoutException.class).isThrownBy(() -> encrypt(kms));
    }
    assertThat(site.seen.take()).isEqualTo(List.of("Encrypt"));
  }

  @Test
  void slowAnswers_withoutRetries_endTheAttempt() {
    site.faults.times(1, "Encrypt", LATE);
    try (KmsClient kms =
        site.builder()
            .overrideConfiguration(
                o ->
                    o.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallAttemptTimeout(LIMIT))
            .build()) {
      assertThatExceptionOfType(ApiCallAttemptTimeoutException.class)
          .isThrownBy(() -> encrypt(kms));
    }
  }

  private void encrypt(KmsClient kms) {
    assertThat(kms.encrypt(r -> r.keyId(key).plaintext(Site.bytes("x"))).keyId()).isEqualTo(key);
  }

  /** Retries as often as the default does, and does not wait between. */
  private KmsClient impatient() {
    return site.builder()
        .overrideConfiguration(
            o ->
                o.retryStrategy(
                    DefaultRetryStrategy.standardStrategyBuilder()
                        .maxAttempts(4)
                        .backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                        .build()))
        .build();
  }

  private KmsClient hurried(boolean socket, boolean eachAttempt) {
    // loads the classes, which may take longer than the limit
    try (KmsClient kms = site.generated()) {
      encrypt(kms);
    }
    site.seen.take();
    return (socket ? urlConnection() : site.builder())
        .overrideConfiguration(eachAttempt ? ATTEMPT_LIMIT : CALL_LIMIT)
        .build();
  }

  private KmsClientBuilder urlConnection() {
    return Door.overSocket(site, KmsClient.builder())
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }
}
