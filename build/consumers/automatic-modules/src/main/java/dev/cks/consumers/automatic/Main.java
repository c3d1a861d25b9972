package dev.cks.consumers.automatic;

import dev.cks.local.SimulatedAws;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.OriginType;

/** A key store through the AWS SDK, on the module path: the direct client, and the SDK's own in process. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    for (String name : List.of("dev.cks.aws", "dev.cks.local", "dev.cks.testkit")) {
      ModuleLayer.boot().findModule(name).orElseThrow(() -> new IllegalStateException("no module " + name));
    }
    try (SimulatedAws aws = SimulatedAws.create();
        KmsClient throughSdk = aws.kmsThroughSdk()) {
      for (KmsClient kms : List.of(aws.kms(), throughSdk)) {
        useAndLose(aws, kms);
      }
    }
    System.out.println("automatic modules: encrypted, decrypted and unavailable on JDK " + Runtime.version().feature());
  }

  private static void useAndLose(SimulatedAws aws, KmsClient kms) {
    String key =
        kms.createKey(r -> r.origin(OriginType.AWS_CLOUDHSM).customKeyStoreId(aws.keyStoreId())).keyMetadata().keyId();
    SdkBytes secret = SdkBytes.fromUtf8String("four and twenty");
    SdkBytes ciphertext = kms.encrypt(r -> r.keyId(key).plaintext(secret)).ciphertextBlob();
    require(kms.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext().equals(secret));
    kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));
    require(kms.describeKey(r -> r.keyId(key)).keyMetadata().keyState() == KeyState.UNAVAILABLE);
    kms.connectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("not as expected");
    }
  }
}
