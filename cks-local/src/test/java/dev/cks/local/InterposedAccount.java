package dev.cks.local;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.audit.AuditTrail;
import dev.cks.aws.service.CksKmsClient;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.HsmCluster;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.OriginType;

/** An account whose cluster can be stopped between any two steps. */
final class InterposedAccount implements AutoCloseable {
  final SimulatedCloudHsm hsm = SimulatedCloudHsm.withSeed(1);
  final SimulatedCluster cluster = hsm.cluster().create();
  final InterposedCluster interposed = new InterposedCluster(cluster);
  final AuditTrail trail = AuditTrail.ofCapacity(1000);
  final Kms core;
  final KmsClient kms;
  final String store;

  /** With a key store that was never connected. */
  InterposedAccount() {
    this(config -> config);
  }

  InterposedAccount(UnaryOperator<KmsConfig.Builder> plan) {
    core =
        Kms.create(
            plan.apply(
                    KmsConfig.deterministic(hsm.clock(), hsm.seed()).toBuilder()
                        .clusters(this::find)
                        .audit(trail))
                .build());
    kms = new CksKmsClient(core);
    store = Account.create(kms, "Store", cluster, Account.PASSWORD);
  }

  private Optional<HsmCluster> find(String id) {
    return id.equals(cluster.id()) ? Optional.of(interposed) : hsm.find(id);
  }

  static InterposedAccount connected() {
    InterposedAccount account = new InterposedAccount();
    account.connect();
    return account;
  }

  void connect() {
    kms.connectCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  void disconnect() {
    kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  ConnectionStateType connection() {
    return kms.describeCustomKeyStores(r -> r.customKeyStoreId(store))
        .customKeyStores()
        .get(0)
        .connectionState();
  }

  String customKey() {
    return kms.createKey(r -> r.customKeyStoreId(store).origin(OriginType.AWS_CLOUDHSM))
        .keyMetadata()
        .arn();
  }

  List<String> keys() {
    return kms.listKeysPaginator().keys().stream().map(KeyListEntry::keyArn).toList();
  }

  /** Labels of the key objects on one HSM. */
  List<String> labels(String zone) {
    return cluster.keysOn(zone).stream().map(facts -> facts.label()).toList();
  }

  SdkBytes encrypt(String key) {
    return kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String("x"))).ciphertextBlob();
  }

  @Override
  public void close() {
    kms.close();
    core.close();
    hsm.close();
  }
}
