package dev.cks.local;

import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import java.io.PrintStream;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * Two incidents of AWS's troubleshooting guide, told step by step: unavailable keys after a
 * disconnect, and a cluster that KMS cannot reach. Uses public API only: the first example to read.
 */
public final class Main {
  private final PrintStream out;
  private final SimulatedCluster cluster;
  private final KmsClient kms;

  private Main(SimulatedAws aws, PrintStream out) {
    this.out = out;
    this.cluster = aws.cluster();
    this.kms = aws.kms();
  }

  /** Exit status 0 if the story ends as the guide says. */
  public static void main(String[] args) {
    try {
      tell(System.out);
    } catch (RuntimeException surprise) {
      System.out.println("The story took a wrong turn: " + surprise);
      System.exit(1);
    }
  }

  /** Tells the story; throws if it takes a wrong turn. */
  static void tell(PrintStream out) {
    try (SimulatedAws aws = SimulatedAws.builder().withoutKeyStore().build()) {
      new Main(aws, out).tell();
    }
  }

  private void tell() {
    String storeId = connectedKeyStore();
    String keyId = key(storeId);
    SdkBytes ciphertext = encrypt("the recipe for the sauce");
    unavailableKeys(storeId, keyId);
    unreachableCluster(keyId);
    String plaintext =
        say(
            "Decrypt",
            () -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext().asUtf8String());
    out.println("Recovered: \"" + plaintext + "\"");
  }

  private String connectedKeyStore() {
    chapter("A key store on a CloudHSM cluster of three HSMs");
    String storeId =
        say(
            "CreateCustomKeyStore ExampleKeyStore on " + cluster.id(),
            () ->
                kms.createCustomKeyStore(
                        r ->
                            r.customKeyStoreName(SimulatedAws.KEY_STORE_NAME)
                                .cloudHsmClusterId(cluster.id())
                                .trustAnchorCertificate(cluster.facts().trustAnchor())
                                .keyStorePassword(ClusterBuilder.KMSUSER_PASSWORD))
                    .customKeyStoreId());
    connect(storeId);
    return storeId;
  }

  private String key(String storeId) {
    String keyId =
        say(
            "CreateKey in it",
            () ->
                kms.createKey(r -> r.customKeyStoreId(storeId).origin(OriginType.AWS_CLOUDHSM))
                    .keyMetadata()
                    .keyId());
    say(
        "CreateAlias alias/sauce",
        () -> {
          kms.createAlias(r -> r.aliasName("alias/sauce").targetKeyId(keyId));
          return "200";
        });
    return keyId;
  }

  private SdkBytes encrypt(String secret) {
    SdkBytes plaintext = SdkBytes.fromUtf8String(secret);
    SdkBytes ciphertext =
        kms.encrypt(r -> r.keyId("alias/sauce").plaintext(plaintext)).ciphertextBlob();
    say(
        "Encrypt with alias/sauce",
        () -> ciphertext.asByteArrayUnsafe().length + " bytes of ciphertext");
    return ciphertext;
  }

  private void unavailableKeys(String storeId, String keyId) {
    chapter("Incident 1, fix unavailable keys: somebody disconnected the key store");
    say(
        "DisconnectCustomKeyStore",
        () -> {
          kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(storeId));
          return connectionState(storeId);
        });
    say("DescribeKey", () -> "KeyState " + keyState(keyId));
    refused(
        "Encrypt", () -> kms.encrypt(r -> r.keyId(keyId).plaintext(SdkBytes.fromUtf8String("x"))));
    refused(
        "CreateKey in it",
        () -> kms.createKey(r -> r.customKeyStoreId(storeId).origin(OriginType.AWS_CLOUDHSM)));
    say(
        "DisableKey, then EnableKey (still manageable)",
        () -> {
          kms.disableKey(r -> r.keyId(keyId));
          kms.enableKey(r -> r.keyId(keyId));
          return "KeyState " + keyState(keyId);
        });
    connect(storeId);
    say("DescribeKey", () -> "KeyState " + keyState(keyId));
  }

  private void unreachableCluster(String keyId) {
    chapter("Incident 2, a cryptographic operation fails: the network to the cluster is down");
    cluster.cutNetwork();
    refused(
        "Encrypt", () -> kms.encrypt(r -> r.keyId(keyId).plaintext(SdkBytes.fromUtf8String("x"))));
    say("DescribeKey (nothing to see here)", () -> "KeyState " + keyState(keyId));
    cluster.restoreNetwork();
    say(
        "Encrypt again, the network is back",
        () -> {
          kms.encrypt(r -> r.keyId(keyId).plaintext(SdkBytes.fromUtf8String("x")));
          return "200";
        });
  }

  private void connect(String storeId) {
    say(
        "ConnectCustomKeyStore",
        () -> {
          kms.connectCustomKeyStore(r -> r.customKeyStoreId(storeId));
          return connectionState(storeId);
        });
  }

  private String connectionState(String storeId) {
    return "ConnectionState "
        + kms.describeCustomKeyStores(r -> r.customKeyStoreId(storeId))
            .customKeyStores()
            .get(0)
            .connectionStateAsString();
  }

  private String keyState(String keyId) {
    return kms.describeKey(r -> r.keyId(keyId)).keyMetadata().keyStateAsString();
  }

  private void chapter(String title) {
    out.println(System.lineSeparator() + title);
  }

  private String say(String call, Supplier<String> answer) {
    String said = answer.get();
    out.println("  " + call + " -> " + said);
    return said;
  }

  private void refused(String call, Runnable work) {
    try {
      work.run();
    } catch (KmsException refusal) {
      out.println(
          "  "
              + call
              + " -> "
              + refusal.awsErrorDetails().errorCode()
              + ": "
              + refusal.awsErrorDetails().errorMessage());
      return;
    }
    throw new IllegalStateException(call + " should have been refused");
  }
}
