package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** Whatever goes in comes out, with the same context and no other. */
class CryptoProperties {
  private static Account account;
  private static String custom;
  private static String standard;

  @BeforeContainer
  static void open() {
    account = Account.connected();
    custom = account.customKey();
    standard = account.standardKey();
  }

  @AfterContainer
  static void close() {
    account.close();
  }

  private static SdkBytes encrypt(String key, SdkBytes plaintext, Map<String, String> context) {
    return account
        .kms
        .encrypt(r -> r.keyId(key).plaintext(plaintext).encryptionContext(context))
        .ciphertextBlob();
  }

  private static SdkBytes decrypt(SdkBytes blob, Map<String, String> context) {
    return account.kms.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(context)).plaintext();
  }

  @Property(tries = 200)
  void plaintext_encryptedAndReEncrypted_comesBack(
      @ForAll @Size(min = 1, max = 4096) byte[] plaintext,
      @ForAll @Size(max = 5) Map<@NotEmpty String, String> context,
      @ForAll boolean startsInStore) {
    SdkBytes secret = SdkBytes.fromByteArray(plaintext);
    SdkBytes blob = encrypt(startsInStore ? custom : standard, secret, context);

    SdkBytes moved =
        account
            .kms
            .reEncrypt(
                r ->
                    r.ciphertextBlob(blob)
                        .sourceEncryptionContext(context)
                        .destinationKeyId(startsInStore ? standard : custom))
            .ciphertextBlob();

    assertThat(decrypt(blob, context)).isEqualTo(secret);
    assertThat(decrypt(moved, Map.of())).isEqualTo(secret);
  }

  @Property(tries = 200)
  void contexts_thatDiffer_neverOpenEachOthersBlobs(
      @ForAll @Size(max = 3) Map<@NotEmpty String, String> one,
      @ForAll @Size(max = 3) Map<@NotEmpty String, String> other) {
    SdkBytes secret = SdkBytes.fromUtf8String("secret");
    SdkBytes blob = encrypt(custom, secret, one);
    boolean opened;
    try {
      opened = decrypt(blob, other).equals(secret);
    } catch (InvalidCiphertextException refused) {
      opened = false;
    }

    assertThat(opened).isEqualTo(one.equals(other));
  }
}
