package dev.cks.bench.testkit;

import dev.cks.testkit.CustomKeyStoreTest;
import dev.cks.testkit.TestKey;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/** One round trip through the direct client. */
@CustomKeyStoreTest
final class DirectClass {
  @Test
  void test(KmsClient kms, TestKey key) {
    SdkBytes secret = SdkBytes.fromUtf8String("four and twenty");
    SdkBytes blob = kms.encrypt(r -> r.keyId(key.id()).plaintext(secret)).ciphertextBlob();
    Assertions.assertEquals(secret, kms.decrypt(r -> r.ciphertextBlob(blob)).plaintext());
  }
}
