package dev.cks.local;

import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ConnectionErrorCodeType;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.OriginType;

/** A simulated account with one key store, and what the tests here do to it all the time. */
final class Account implements AutoCloseable {
  static final String PASSWORD = ClusterBuilder.KMSUSER_PASSWORD;

  final SimulatedAws aws;
  final KmsClient kms;
  final SimulatedCluster cluster;
  final String store;

  private Account(SimulatedAws aws, String store) {
    this.aws = aws;
    this.kms = aws.kms();
    this.cluster = aws.cluster();
    this.store = store;
  }

  /** With the connected key store that {@link SimulatedAws#create()} has. */
  static Account connected() {
    return connected(plan -> plan);
  }

  static Account connected(UnaryOperator<SimulatedAws.Builder> plan) {
    SimulatedAws aws = plan.apply(SimulatedAws.builder()).build();
    return new Account(aws, aws.keyStoreId());
  }

  /** With a key store that was never connected. */
  static Account disconnected() {
    return disconnected(plan -> plan);
  }

  static Account disconnected(UnaryOperator<SimulatedAws.Builder> plan) {
    SimulatedAws aws = plan.apply(SimulatedAws.builder()).withoutKeyStore().build();
    return new Account(
        aws, create(aws.kms(), SimulatedAws.KEY_STORE_NAME, aws.cluster(), PASSWORD));
  }

  static String create(KmsClient kms, String name, SimulatedCluster cluster, String password) {
    return kms.createCustomKeyStore(
            r ->
                r.customKeyStoreName(name)
                    .cloudHsmClusterId(cluster.id())
                    .trustAnchorCertificate(cluster.facts().trustAnchor())
                    .keyStorePassword(password))
        .customKeyStoreId();
  }

  /** Another cluster with its own family, and a disconnected key store on it. */
  String anotherStore(String name) {
    return create(kms, name, aws.cloudHsm().cluster().create(), PASSWORD);
  }

  void connect() {
    kms.connectCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  void disconnect() {
    kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  void tell(String password) {
    kms.updateCustomKeyStore(r -> r.customKeyStoreId(store).keyStorePassword(password));
  }

  CustomKeyStoresListEntry describe() {
    return describe(store);
  }

  CustomKeyStoresListEntry describe(String id) {
    return kms.describeCustomKeyStores(r -> r.customKeyStoreId(id)).customKeyStores().get(0);
  }

  ConnectionStateType connection() {
    return describe().connectionState();
  }

  ConnectionErrorCodeType errorCode() {
    return describe().connectionErrorCode();
  }

  /** A new key in the key store; its ARN. */
  String customKey() {
    return kms.createKey(r -> r.customKeyStoreId(store).origin(OriginType.AWS_CLOUDHSM))
        .keyMetadata()
        .arn();
  }

  /** A new standard key; its ARN. */
  String standardKey() {
    return kms.createKey().keyMetadata().arn();
  }

  KeyMetadata key(String keyId) {
    return kms.describeKey(r -> r.keyId(keyId)).keyMetadata();
  }

  KeyState keyState(String keyId) {
    return key(keyId).keyState();
  }

  SdkBytes encrypt(String keyId, String text) {
    return kms.encrypt(r -> r.keyId(keyId).plaintext(SdkBytes.fromUtf8String(text)))
        .ciphertextBlob();
  }

  String decrypt(SdkBytes blob) {
    return kms.decrypt(r -> r.ciphertextBlob(blob)).plaintext().asUtf8String();
  }

  /** The HSMs of the cluster, in any state. */
  List<String> hsms() {
    return cluster.facts().hsms().stream().map(hsm -> hsm.id()).toList();
  }

  /** The labels of the keys on each HSM, one list for each. */
  List<List<String>> labelsOnEachHsm() {
    List<List<String>> labels = new ArrayList<>();
    hsms()
        .forEach(
            hsm -> labels.add(cluster.keysOn(hsm).stream().map(facts -> facts.label()).toList()));
    return labels;
  }

  @Override
  public void close() {
    aws.close();
  }
}
