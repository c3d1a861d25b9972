package dev.cks.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.keystore.KeyStoreId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a key is after a change: everything else as before. */
class KmsKeyTest {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant DUE = Instant.parse("2026-02-02T03:04:05Z");
  private static final KeyId ID = new KeyId(0x0123456789abcdefL, 2, false);
  private static final KmsKey KEY = key(new KeyHome.Custom(new KeyStoreId("cks-1")));

  private static KmsKey key(KeyHome home) {
    return new KmsKey(
        ID,
        Keys.SCOPE.arnPrefix() + "key/" + ID,
        home,
        new BackingKeyId(3, 4),
        "262162",
        KeyLifecycle.ENABLED,
        7,
        "text",
        CREATED,
        null,
        "{}",
        Map.of("a", "b"));
  }

  @Test
  void withLifecycle_changesItAndTheDateOnly() {
    KmsKey changed = KEY.withLifecycle(KeyLifecycle.PENDING_DELETION, DUE);

    assertThat(changed.lifecycle()).isEqualTo(KeyLifecycle.PENDING_DELETION);
    assertThat(changed.deletionDate()).isEqualTo(DUE);
    assertThat(changed.withLifecycle(KeyLifecycle.ENABLED, null)).isEqualTo(KEY);
  }

  @Test
  void withOne_changesThatOnly() {
    assertThat(KEY.withDescription("x").description()).isEqualTo("x");
    assertThat(KEY.withDescription("x").withDescription("text")).isEqualTo(KEY);
    assertThat(KEY.withPolicy("p").policy()).isEqualTo("p");
    assertThat(KEY.withPolicy("p").withPolicy("{}")).isEqualTo(KEY);
    assertThat(KEY.withTags(Map.of()).tags()).isEmpty();
    assertThat(KEY.withTags(Map.of()).withTags(Map.of("a", "b"))).isEqualTo(KEY);
    assertThat(KEY.withMissingIn(8).missingIn()).isEqualTo(8);
    assertThat(KEY.withMissingIn(8).withMissingIn(7)).isEqualTo(KEY);
  }

  @Test
  void materialId_ofAStandardKey_is64HexDigits_andOfOthersNone() {
    assertThat(key(KeyHome.STANDARD).materialId())
        .isEqualTo("0123456789abcdef0000000000000002" + "00000000000000030000000000000004");
    assertThat(KEY.materialId()).isNull();
  }

  @Test
  void verdict_ofAnotherOrigin_namesIt() {
    assertThat(Verdict.WRONG_ORIGIN.refusal(KEY))
        .hasMessage(KEY.arn() + " origin is AWS_CLOUDHSM which is not valid for this operation.");
    assertThat(Verdict.WRONG_ORIGIN.refusal(key(KeyHome.STANDARD)))
        .hasMessageContaining(" origin is AWS_KMS which");
    assertThat(Verdict.IS_DISABLED.code()).isEqualTo(KmsErrorCode.DISABLED);
    assertThatIllegalStateException().isThrownBy(() -> Verdict.PERMITTED.refusal(KEY));
  }

  @Test
  void alias_pointingToAnotherKey_keepsItsNameAndBeginning() {
    Alias alias = new Alias(new AliasName("alias/orders"), ID, CREATED, CREATED);
    KeyId other = new KeyId(5, 6, false);

    assertThat(alias.pointingTo(other, DUE))
        .isEqualTo(new Alias(alias.name(), other, CREATED, DUE));
  }

  @Test
  void rootArn_isOfIamAndHasNoRegion() {
    assertThat(new AccountRegion("aws-cn", "cn-north-1", "111122223333").rootArn())
        .isEqualTo("arn:aws-cn:iam::111122223333:root");
  }

  @Test
  void ids_thatDiffer_areTakenApartAndSorted() {
    assertThat(new KeyId(1, 2, false).hashCode())
        .isEqualTo(new KeyId(1, 2, false).hashCode())
        .isNotEqualTo(new KeyId(1, 3, false).hashCode())
        .isNotEqualTo(new KeyId(1L << 40, 2, false).hashCode());
    assertThat(new BackingKeyId(1, 2).hashCode())
        .isEqualTo(new BackingKeyId(1, 2).hashCode())
        .isNotEqualTo(new BackingKeyId(1, 3).hashCode())
        .isNotEqualTo(new BackingKeyId(1L << 40, 2).hashCode());
    assertThat(new AliasName("alias/a")).isLessThan(new AliasName("alias/b"));
    assertThat(new KeyStoreId("cks-1")).isLessThan(new KeyStoreId("cks-2"));
  }
}
