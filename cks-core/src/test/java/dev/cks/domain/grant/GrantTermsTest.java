package dev.cks.domain.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.keystore.KeyStoreId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTermsTest {
  private static final KeyHome CUSTOM = new KeyHome.Custom(new KeyStoreId("cks-1"));
  private static final String ROLE = "arn:aws:iam::111122223333:role/a";

  @ParameterizedTest
  @EnumSource(GrantOperation.class)
  void operation_isFoundByItsName(GrantOperation operation) {
    assertThat(GrantOperation.named(operation.wireName())).contains(operation);
    assertThat(operation).hasToString(operation.wireName());
    assertThat(operation.wireName()).isNotEmpty();
  }

  @Test
  void operation_ofNoSuchName_isNone() {
    assertThat(GrantOperation.named("Describe")).isEmpty();
  }

  @Test
  void operations_ofKeyStores_areThoseOfSymmetricKeys() {
    assertThat(GrantOperation.ENCRYPT.isKnownTo(CUSTOM)).isTrue();
    assertThat(GrantOperation.ENCRYPT.isKnownTo(KeyHome.STANDARD)).isTrue();
    assertThat(GrantOperation.named("Sign").orElseThrow().isKnownTo(CUSTOM)).isFalse();
    assertThat(GrantOperation.named("Sign").orElseThrow().isKnownTo(KeyHome.STANDARD)).isFalse();
    for (GrantOperation operation : GrantOperation.values()) {
      if (operation.isKnownTo(CUSTOM)) {
        assertThat(operation.isKnownTo(KeyHome.STANDARD)).as("%s", operation).isTrue();
      }
    }
  }

  @Test
  void constraints_concernOperationsWithAContext() {
    assertThat(GrantOperation.DECRYPT.isConstrainable()).isTrue();
    assertThat(GrantOperation.CREATE_GRANT.isConstrainable()).isTrue();
    assertThat(GrantOperation.DESCRIBE_KEY.isConstrainable()).isFalse();
  }

  @Test
  void terms_withAName_areRepeatable() {
    assertThat(terms("n", EnumSet.of(GrantOperation.DECRYPT)).isRepeatable()).isTrue();
    assertThat(terms("", EnumSet.of(GrantOperation.DECRYPT)).isRepeatable()).isFalse();
  }

  @Test
  void terms_keepTheirOperationsInTheOrderOfTheApi() {
    Set<GrantOperation> given = EnumSet.of(GrantOperation.DESCRIBE_KEY, GrantOperation.DECRYPT);

    assertThat(terms("", given).operations()).containsExactlyElementsOf(given);
    assertThat(terms("", Set.of()).operations()).isEmpty();
  }

  private static Grant.Terms terms(String name, Set<GrantOperation> operations) {
    return new Grant.Terms(ROLE, null, operations, null, name);
  }

  @ParameterizedTest
  @ValueSource(strings = {ROLE, "arn:aws:sts::111122223333:assumed-role/a/b"})
  void principal_ofIamOrSts_isKept(String arn) {
    assertThat(PrincipalArn.checked(arn)).isEqualTo(arn);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice", "arn:aws:s3:::bucket", "arn:aws:iam::1:role/a"})
  void principal_ofAnythingElse_isAnInvalidArn(String text) {
    KmsException refusal =
        catchThrowableOfType(KmsException.class, () -> PrincipalArn.checked(text));
    assertThat(refusal.code()).isEqualTo(KmsErrorCode.INVALID_ARN);
  }

  @Test
  void grantIds_areSorted() {
    byte[] low = new byte[GrantId.LENGTH];
    byte[] high = new byte[GrantId.LENGTH];
    high[0] = 1;
    assertThat(GrantId.of(low)).isLessThan(GrantId.of(high));
  }
}
