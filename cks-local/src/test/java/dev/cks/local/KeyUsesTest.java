package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DryRunModifierType;
import software.amazon.awssdk.services.kms.model.GetKeyLastUsageResponse;
import software.amazon.awssdk.services.kms.model.KeyLastUsageTrackingOperation;

/** GetKeyLastUsage, the ids of key material, and dry runs that ignore the ciphertext. */
class KeyUsesTest {
  private static final SdkBytes DATA = SdkBytes.fromUtf8String("x");
  private static final String DRY = "DryRunOperationException";

  private final RecordingSink events = new RecordingSink();
  private Account account;
  private String custom;
  private String standard;

  @BeforeEach
  void open() {
    account = Account.connected(plan -> plan.audit(events).auditCrypto(true));
    custom = account.customKey();
    standard = account.standardKey();
  }

  @AfterEach
  void close() {
    account.close();
  }

  private GetKeyLastUsageResponse usage(String key) {
    return account.kms.getKeyLastUsage(r -> r.keyId(key));
  }

  @Test
  void lastUsage_ofAKeyNeverUsed_isEmpty_andTrackingBeganBeforeIt() {
    GetKeyLastUsageResponse usage = usage(custom);

    assertThat(usage.keyLastUsage()).isNull();
    assertThat(usage.keyId()).isEqualTo(account.key(custom).keyId());
    assertThat(usage.keyCreationDate()).isEqualTo(account.key(custom).creationDate());
    assertThat(usage.trackingStartDate()).isBeforeOrEqualTo(usage.keyCreationDate());
  }

  @Test
  void lastUsage_isTheLastSuccess_withItsRequestAndEvent() {
    account.encrypt(custom, "x");
    account.aws.clock().advance(Duration.ofHours(5));
    Instant then = account.aws.clock().now();
    var answer = account.kms.generateDataKey(r -> r.keyId(custom).numberOfBytes(16));

    var use = usage(custom).keyLastUsage();
    assertThat(use.operation()).isEqualTo(KeyLastUsageTrackingOperation.GENERATE_DATA_KEY);
    assertThat(use.timestamp()).isEqualTo(then);
    assertThat(use.kmsRequestId()).isEqualTo(answer.responseMetadata().requestId());
    assertThat(use.cloudTrailEventId()).isEqualTo(events.named("GenerateDataKey").get(0).eventId());
  }

  @Test
  void lastUsage_ofReEncrypt_concernsBothKeys() {
    SdkBytes blob = account.encrypt(custom, "x");
    account.kms.reEncrypt(r -> r.ciphertextBlob(blob).destinationKeyId(standard));
    for (String key : List.of(custom, standard)) {
      assertThat(usage(key).keyLastUsage().operation())
          .isEqualTo(KeyLastUsageTrackingOperation.RE_ENCRYPT);
    }
  }

  @Test
  void lastUsage_takesNoNoticeOfRefusalsDryRunsAndManagement() {
    SdkBytes blob = account.encrypt(custom, "x");
    account.decrypt(blob);
    Instant then = account.aws.clock().now();
    account.aws.clock().advance(Duration.ofHours(1));
    assertRefused(
        DRY, () -> account.kms.encrypt(r -> r.keyId(custom).plaintext(DATA).dryRun(true)));
    account.key(custom);
    account.disconnect();
    assertRefused("KMSInvalidStateException", () -> account.encrypt(custom, "x"));

    var use = usage(custom).keyLastUsage();
    assertThat(use.operation()).isEqualTo(KeyLastUsageTrackingOperation.DECRYPT);
    assertThat(use.timestamp()).isEqualTo(then);
  }

  @Test
  void lastUsage_isAnsweredInEveryState_andNotByAlias() {
    account.encrypt(custom, "x");
    account.kms.createAlias(r -> r.aliasName("alias/a").targetKeyId(custom));
    account.kms.disableKey(r -> r.keyId(custom));
    assertThat(usage(custom).keyLastUsage()).isNotNull();
    account.disconnect();
    assertThat(usage(custom).keyLastUsage()).isNotNull();
    account.kms.scheduleKeyDeletion(r -> r.keyId(custom));
    assertThat(usage(custom).keyLastUsage()).isNotNull();
    assertRefused("NotFoundException", () -> usage("alias/a"));
  }

  @Test
  void lastUsage_withoutAuditedSuccesses_namesNoEvent() {
    try (Account quiet = Account.connected()) {
      String key = quiet.customKey();
      quiet.encrypt(key, "x");
      var use = quiet.kms.getKeyLastUsage(r -> r.keyId(key)).keyLastUsage();
      assertThat(use.cloudTrailEventId()).isNull();
      assertThat(use.kmsRequestId()).isNotNull();
    }
  }

  @Test
  void material_ofAStandardKey_hasOneIdForLife() {
    String id = account.key(standard).currentKeyMaterialId();
    SdkBytes blob = account.encrypt(standard, "x");

    assertThat(id).matches("[0-9a-f]{64}");
    assertThat(account.key(account.standardKey()).currentKeyMaterialId()).isNotEqualTo(id);
    assertThat(account.kms.decrypt(r -> r.ciphertextBlob(blob)).keyMaterialId()).isEqualTo(id);
    assertThat(account.kms.generateDataKey(r -> r.keyId(standard).numberOfBytes(1)).keyMaterialId())
        .isEqualTo(id);
    assertThat(
            account
                .kms
                .generateDataKeyWithoutPlaintext(r -> r.keyId(standard).numberOfBytes(1))
                .keyMaterialId())
        .isEqualTo(id);
  }

  @Test
  void material_ofAKeyInAStore_hasNoId() {
    SdkBytes blob = account.encrypt(custom, "x");
    assertThat(account.key(custom).currentKeyMaterialId()).isNull();
    assertThat(account.kms.decrypt(r -> r.ciphertextBlob(blob)).keyMaterialId()).isNull();
    var moved = account.kms.reEncrypt(r -> r.ciphertextBlob(blob).destinationKeyId(standard));
    assertThat(moved.sourceKeyMaterialId()).isNull();
    assertThat(moved.destinationKeyMaterialId())
        .isEqualTo(account.key(standard).currentKeyMaterialId());
  }

  @Test
  void dryRun_ignoringTheCiphertext_needsNone() {
    assertRefused(DRY, () -> tryDecrypt(custom));
    assertRefused(DRY, () -> tryReEncrypt(custom, standard));
    account.kms.disableKey(r -> r.keyId(custom));
    assertRefused("DisabledException", () -> tryDecrypt(custom));
    assertRefused("DisabledException", () -> tryReEncrypt(custom, standard));
    assertRefused("DisabledException", () -> tryReEncrypt(standard, custom));
    assertThat(usage(standard).keyLastUsage()).isNull();
  }

  @Test
  void dryRun_ignoringTheCiphertext_mustNameItsKeyAndBeADryRun() {
    assertRefused("ValidationException", () -> tryDecrypt(null)).contains("'keyId'");
    assertRefused("ValidationException", () -> tryReEncrypt(null, standard))
        .contains("'sourceKeyId'");
    assertRefused(
        "ValidationException",
        () ->
            account.kms.decrypt(
                r -> r.keyId(custom).dryRunModifiers(DryRunModifierType.IGNORE_CIPHERTEXT)));
  }

  private void tryDecrypt(String key) {
    account.kms.decrypt(
        r -> r.keyId(key).dryRun(true).dryRunModifiers(DryRunModifierType.IGNORE_CIPHERTEXT));
  }

  private void tryReEncrypt(String source, String destination) {
    account.kms.reEncrypt(
        r ->
            r.sourceKeyId(source)
                .destinationKeyId(destination)
                .dryRun(true)
                .dryRunModifiers(DryRunModifierType.IGNORE_CIPHERTEXT));
  }
}
