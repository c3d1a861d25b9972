package dev.cks.local;

import static dev.cks.local.CryptoCalls.SECRET;
import static dev.cks.local.Refusals.assertRefused;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

/** Dry runs of cryptographic operations (spec D.1). */
class DryRunTest {
  private static final String DRY_RUN =
      "The request would have succeeded, but the DryRun option is set.";

  @Test
  void everyOperationThatWouldSucceed_saysSo() {
    try (Account account = Account.connected()) {
      var kms = account.kms;
      String code = "DryRunOperationException";
      String key = account.customKey();
      SdkBytes blob = account.encrypt(key, "x");

      assertRefused(code, () -> kms.encrypt(r -> r.keyId(key).plaintext(SECRET).dryRun(true)))
          .isEqualTo(DRY_RUN);
      assertRefused(code, () -> kms.decrypt(r -> r.ciphertextBlob(blob).dryRun(true)))
          .isEqualTo(DRY_RUN);
      assertRefused(
              code,
              () -> kms.reEncrypt(r -> r.ciphertextBlob(blob).destinationKeyId(key).dryRun(true)))
          .isEqualTo(DRY_RUN);
      assertRefused(
              code, () -> kms.generateDataKey(r -> r.keyId(key).numberOfBytes(1).dryRun(true)))
          .isEqualTo(DRY_RUN);
      assertRefused(
              code,
              () ->
                  kms.generateDataKeyWithoutPlaintext(
                      r -> r.keyId(key).numberOfBytes(1).dryRun(true)))
          .isEqualTo(DRY_RUN);
    }
  }

  @Test
  void dryRun_looksAtTheCiphertextsHeader() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      byte[] forged = account.encrypt(key, "x").asByteArray();
      forged[20] ^= 1; // the material that the header names is not this key's
      SdkBytes blob = SdkBytes.fromByteArray(forged);
      SdkBytes cut = SdkBytes.fromByteArray(Arrays.copyOf(forged, 20));

      for (SdkBytes bad : List.of(blob, cut)) {
        assertRefused(
                "InvalidCiphertextException",
                () -> account.kms.decrypt(r -> r.ciphertextBlob(bad).keyId(key).dryRun(true)))
            .isNull();
        assertRefused(
                "InvalidCiphertextException",
                () ->
                    account.kms.reEncrypt(
                        r -> r.ciphertextBlob(bad).destinationKeyId(key).dryRun(true)))
            .isNull();
      }
    }
  }

  @Test
  void dryRun_tellsTheKeysStateBeforeTheCiphertextsTrouble_andAsksNoHsm() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      byte[] forged = account.encrypt(key, "x").asByteArray();
      SdkBytes genuine = SdkBytes.fromByteArray(forged);
      forged = genuine.asByteArray();
      forged[20] ^= 1;
      SdkBytes blob = SdkBytes.fromByteArray(forged);
      account.cluster.cutNetwork();
      assertRefused(
              "DryRunOperationException",
              () -> account.kms.decrypt(r -> r.ciphertextBlob(genuine).dryRun(true)))
          .isEqualTo(DRY_RUN);

      account.kms.disableKey(r -> r.keyId(key));
      assertRefused(
              "DisabledException",
              () -> account.kms.decrypt(r -> r.ciphertextBlob(blob).dryRun(true)))
          .isNotBlank();
    }
  }

  @Test
  void dryRunThatWouldFail_saysWhy() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      account.kms.disableKey(r -> r.keyId(key));

      assertRefused(
              "DisabledException",
              () -> account.kms.encrypt(r -> r.keyId(key).plaintext(SECRET).dryRun(true)))
          .isEqualTo(key + " is disabled.");
    }
  }
}
