package dev.cks.bench.testkit;

import dev.cks.testkit.CustomKeyStoreTest;
import dev.cks.testkit.TestKey;
import dev.cks.testkit.ThroughSdk;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/** The same through the SDK's generated client. */
@CustomKeyStoreTest
final class GeneratedClass {
  @Test
  void test(@ThroughSdk KmsClient kms, TestKey key) {
    SdkBytes secret = SdkBytes.fromUtf8String("four and twenty");
    SdkBytes blob = kms.encrypt(r -> r.keyId(key.id()).plaintext(secret)).ciphertextBlob();
    Assertions.assertEquals(secret, kms.decrypt(r -> r.ciphertextBlob(blob)).plaintext());
  }
}
