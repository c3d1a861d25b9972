package dev.cks.aws.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/**
 * Tries a key store or a key out. A key first with a dry run, which shows what KMS alone refuses,
 * then with a real round trip of a constant, which shows what the cluster does.
 */
final class Trial {
  private static final SdkBytes CONSTANT = SdkBytes.fromUtf8String("cks doctor");
  private static final int ATTEMPTS = 3;
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  /** What a trial shows. */
  enum Outcome {
    WORKS,
    /** It failed, and some seconds later it worked. */
    WORKS_AFTER_ALL,
    CANNOT_COMMUNICATE,
    NO_FREE_SESSION,
    /** The key is nowhere in the cluster. */
    MATERIAL_MISSING,
    /** It fails otherwise. */
    FAILS,
    /** It was not permitted. */
    NOT_TRIED
  }

  /**
   * What came of it.
   *
   * @param message of the last failure, or the sentence that says why it was not tried
   */
  record Result(Outcome outcome, String message, List<Evidence> evidence) {
    Result {
      evidence = List.copyOf(evidence);
    }

    /** Nothing was tried, for it could only fail. */
    static Result skipped() {
      return new Result(Outcome.NOT_TRIED, "", List.of());
    }

    boolean works() {
      return outcome == Outcome.WORKS || outcome == Outcome.WORKS_AFTER_ALL;
    }
  }

  private final AwsCalls calls;
  private final List<Evidence> evidence = new ArrayList<>();

  private Trial(AwsCalls calls) {
    this.calls = calls;
  }

  /** Whether KMS reaches the cluster, whatever keys there are: it fetches a random byte there. */
  static Result ofStore(AwsCalls calls, String storeId) {
    Trial trial = new Trial(calls);
    return trial.repeated(() -> trial.random(storeId));
  }

  /** Whether a key can be used. */
  static Result ofKey(AwsCalls calls, String keyId) {
    Trial trial = new Trial(calls);
    return trial.repeated(() -> trial.roundTrip(keyId));
  }

  private Result repeated(Supplier<Result> attempt) {
    Result first = attempt.get();
    Result latest = first;
    int attempts = 1;
    while (attempts < ATTEMPTS && isWorthARetry(latest)) {
      try {
        calls.pause(BETWEEN);
      } catch (Surprise interrupted) {
        throw new IllegalStateException(interrupted.seen());
      }
      latest = attempt.get();
      attempts++;
    }
    return latest.works() && attempts > 1
        ? new Result(Outcome.WORKS_AFTER_ALL, first.message(), evidence)
        : latest;
  }

  private static boolean isWorthARetry(Result result) {
    return switch (result.outcome()) {
      case CANNOT_COMMUNICATE, NO_FREE_SESSION, FAILS -> true;
      case WORKS, WORKS_AFTER_ALL, MATERIAL_MISSING, NOT_TRIED -> false;
    };
  }

  private Result random(String storeId) {
    return result(
        calls.ask(
            Permissions.RANDOM,
            "GenerateRandom CustomKeyStoreId=" + storeId,
            random -> "a byte from the cluster",
            () -> calls.kms.generateRandom(r -> r.customKeyStoreId(storeId).numberOfBytes(1))));
  }

  private Result roundTrip(String keyId) {
    Answer<EncryptResponse> rehearsal =
        calls.ask(
            Permissions.ENCRYPT,
            "Encrypt KeyId=" + keyId + " DryRun=true",
            response -> "accepted",
            () -> calls.kms.encrypt(r -> r.keyId(keyId).plaintext(CONSTANT).dryRun(true)));
    if (!isRehearsed(rehearsal)) {
      return result(rehearsal);
    }
    Answer<EncryptResponse> encrypted =
        calls.ask(
            Permissions.ENCRYPT,
            "Encrypt KeyId=" + keyId,
            response -> "a ciphertext",
            () -> calls.kms.encrypt(r -> r.keyId(keyId).plaintext(CONSTANT)));
    Result result = result(encrypted);
    return encrypted instanceof Answer.Got<EncryptResponse> got
        ? decrypt(keyId, got.value())
        : result;
  }

  private boolean isRehearsed(Answer<EncryptResponse> answer) {
    boolean rehearsed =
        answer instanceof Answer.Refused<EncryptResponse> refused
            && refused.code().equals("DryRunOperationException");
    if (answer instanceof Answer.Refused<EncryptResponse> refused && rehearsed) {
      evidence.add(refused.evidence());
    }
    return rehearsed;
  }

  private Result decrypt(String keyId, EncryptResponse encrypted) {
    Answer<DecryptResponse> decrypted =
        calls.ask(
            Permissions.DECRYPT,
            "Decrypt KeyId=" + keyId,
            response -> response.plaintext().equals(CONSTANT) ? "the plaintext" : "something else",
            () ->
                calls.kms.decrypt(r -> r.keyId(keyId).ciphertextBlob(encrypted.ciphertextBlob())));
    return result(decrypted);
  }

  private Result result(Answer<?> answer) {
    if (answer instanceof Answer.Got<?> got) {
      evidence.add(got.evidence());
      return new Result(Outcome.WORKS, "", evidence);
    }
    if (answer instanceof Answer.Refused<?> refused) {
      evidence.add(refused.evidence());
      return new Result(outcome(refused), refused.code() + ": " + refused.message(), evidence);
    }
    return new Result(
        Outcome.NOT_TRIED,
        answer instanceof Answer.Unseen<?> unseen ? unseen.sentence() : "",
        evidence);
  }

  /** KMSInvalidStateException is a catch-all: only its message tells (spec B.8). */
  private static Outcome outcome(Answer.Refused<?> refused) {
    String message = refused.message().toLowerCase(Locale.ROOT);
    if (message.contains("pkcs")) {
      return Outcome.NO_FREE_SESSION;
    }
    return switch (refused.code()) {
      case "KMSInvalidStateException" ->
          message.contains("unavailable") ? Outcome.MATERIAL_MISSING : Outcome.CANNOT_COMMUNICATE;
      case "DependencyTimeoutException" -> Outcome.CANNOT_COMMUNICATE;
      default -> Outcome.FAILS;
    };
  }
}
