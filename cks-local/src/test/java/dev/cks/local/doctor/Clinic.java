package dev.cks.local.doctor;

import dev.cks.aws.doctor.Doctor;
import dev.cks.aws.doctor.Pacing;
import dev.cks.local.SimulatedAws;
import dev.cks.local.SimulatedOperator;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * A world with one key store, a key that was used, and a backup of the day after; and a doctor who
 * sees it through the SDK's generated clients and the wire, and knows nothing else of it.
 */
final class Clinic implements AutoCloseable {
  static final String SECRET = "an old secret";

  final SimulatedAws aws;
  final KmsClient kms;
  final CloudHsmV2Client cloudHsm;
  final CloudTrailClient cloudTrail;
  final String store;
  final String key;
  final SdkBytes old;
  final SimulatedOperator hands;

  Clinic() {
    this(SimulatedAws.create(), true);
  }

  private Clinic(SimulatedAws aws, boolean used) {
    this.aws = aws;
    kms = once(aws.configure(KmsClient.builder()));
    cloudHsm = once(aws.configure(CloudHsmV2Client.builder()));
    cloudTrail = once(aws.configure(CloudTrailClient.builder()));
    hands = SimulatedOperator.of(aws);
    store = used ? aws.keyStoreId() : createStore();
    key = used ? newKey() : "";
    old = used ? encrypt(key) : SdkBytes.fromByteArray(new byte[0]);
    aws.clock().advance(Duration.ofDays(1)); // CloudHSM makes its daily backup
  }

  /** With a key store that was never connected. */
  static Clinic withoutKeys() {
    return new Clinic(SimulatedAws.builder().withoutKeyStore().build(), false);
  }

  private String createStore() {
    return kms.createCustomKeyStore(
            r ->
                r.customKeyStoreName(SimulatedAws.KEY_STORE_NAME)
                    .cloudHsmClusterId(aws.cluster().id())
                    .trustAnchorCertificate(aws.cluster().facts().trustAnchor())
                    .keyStorePassword(ClusterBuilder.KMSUSER_PASSWORD))
        .customKeyStoreId();
  }

  static <B extends AwsClientBuilder<B, C>, C> C once(B builder) {
    return builder
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  Pacing pacing() {
    return hands.pacing();
  }

  Doctor doctor() {
    return builder().build();
  }

  Doctor.Builder builder() {
    return Doctor.builder(kms, cloudHsm, cloudTrail).pacing(pacing()).hands(hands).passwords(hands);
  }

  /** The cluster that the key store has now. */
  SimulatedCluster cluster() {
    return aws.cloudHsm().cluster(entry().cloudHsmClusterId());
  }

  CustomKeyStoresListEntry entry() {
    return aws.kms()
        .describeCustomKeyStores(r -> r.customKeyStoreId(store))
        .customKeyStores()
        .get(0);
  }

  String connection() {
    return entry().connectionStateAsString();
  }

  void connect() {
    aws.kms().connectCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  void disconnect() {
    aws.kms().disconnectCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  /**
   * Disconnects unless it is, does something, and connects: what people do when they try. KMS may
   * refuse to try.
   */
  void whileDisconnected(Runnable mischief) {
    if (!connection().equals("DISCONNECTED")) {
      disconnect();
    }
    mischief.run();
    try {
      connect();
    } catch (KmsException refused) {
      // the key store stays DISCONNECTED
    }
  }

  void tell(String password) {
    aws.kms().updateCustomKeyStore(r -> r.customKeyStoreId(store).keyStorePassword(password));
  }

  String newKey() {
    return aws.kms()
        .createKey(r -> r.customKeyStoreId(store).origin(OriginType.AWS_CLOUDHSM))
        .keyMetadata()
        .arn();
  }

  SdkBytes encrypt(String arn) {
    return aws.kms()
        .encrypt(r -> r.keyId(arn).plaintext(SdkBytes.fromUtf8String(SECRET)))
        .ciphertextBlob();
  }

  /** What the old ciphertext says. */
  String decryptOld() {
    return aws.kms().decrypt(r -> r.ciphertextBlob(old)).plaintext().asUtf8String();
  }

  List<String> hsms() {
    return cluster().facts().hsms().stream().map(hsm -> hsm.id()).toList();
  }

  /** Every password of this world. */
  static List<String> secrets() {
    return List.of(
        ClusterBuilder.ADMIN_PASSWORD,
        ClusterBuilder.KMSUSER_PASSWORD,
        SimulatedOperator.KMSUSER_PASSWORD,
        SECRET);
  }

  @Override
  public void close() {
    kms.close();
    cloudHsm.close();
    cloudTrail.close();
    aws.close();
  }
}
