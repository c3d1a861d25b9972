package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.MetadataStore;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A KMS in memory, the clusters in its account, and what was written down of it. */
final class TestAccount implements AutoCloseable {
  static final String CLUSTER = "cluster-1";
  static final String NO_KEY = "ffffffff-ffff-4fff-bfff-ffffffffffff";
  static final String NO_STORE = "cks-ffffffffffffffff0";
  static final String PREFIX = KmsConfig.EXAMPLE_SCOPE.arnPrefix();

  final CountedRandom random = new CountedRandom();
  final ManualTime time = new ManualTime();
  final Journal journal = new Journal();
  final Map<String, MemoryCluster> clusters = new LinkedHashMap<>();
  final MemoryCluster cluster = addCluster(CLUSTER, "family");
  final MemoryCluster standard = new MemoryCluster("standard", "standard");
  final MetadataStore metadata;
  final Kms kms;
  private final UnaryOperator<KmsConfig.Builder> plan;

  TestAccount() {
    this(plan -> plan);
  }

  TestAccount(UnaryOperator<KmsConfig.Builder> plan) {
    this(new ImpatientStore(), plan);
  }

  TestAccount(MetadataStore metadata, UnaryOperator<KmsConfig.Builder> plan) {
    this.metadata = metadata;
    this.plan = plan;
    this.kms = start();
  }

  private Kms start() {
    return Kms.create(
        plan.apply(
                KmsConfig.deterministic(time, random).toBuilder()
                    .metadata(metadata)
                    .clusters(
                        id -> Optional.ofNullable(clusters.get(id)).map(HsmCluster.class::cast))
                    .standardKeys(
                        standard, "admin", SecretBytes.ofText(MemoryCluster.FIRST_PASSWORD))
                    .audit(journal))
            .build());
  }

  /** The same records and clusters under another KMS, as after the end of a process. */
  Kms restarted() {
    standard.endLogins();
    clusters.values().forEach(MemoryCluster::endLogins);
    return start();
  }

  MemoryCluster addCluster(String id, String lineage) {
    MemoryCluster added = new MemoryCluster(id, lineage);
    clusters.put(id, added);
    return added;
  }

  Caller caller() {
    return kms.rootCaller();
  }

  static KeyStoreRequests.Create newStore(String name, MemoryCluster on) {
    return new KeyStoreRequests.Create(
        name,
        null,
        on.facts().id(),
        on.facts().trustAnchor(),
        SecretBytes.ofText(MemoryCluster.FIRST_PASSWORD));
  }

  /** A disconnected store on the first cluster. */
  String store() {
    return kms.keyStores().create(newStore("orders", cluster), caller());
  }

  /** A connected one. */
  String connectedStore() {
    String store = store();
    kms.keyStores().connect(store, caller());
    assertThat(show(store)).isEqualTo("CONNECTED");
    return store;
  }

  /** The state of a store and why it failed. */
  String show(String store) {
    KeyStoreRequests.Description shown =
        kms.withoutTrace()
            .keyStores()
            .describe(KeyStoreRequests.Describe.byId(store), caller())
            .items()
            .get(0);
    return shown.connectionErrorCode() == null
        ? shown.connectionState().name()
        : shown.connectionState() + " " + shown.connectionErrorCode();
  }

  String key(String store) {
    return kms.keys().create(KeyRequests.Create.in(store), caller()).key().id().toString();
  }

  String standardKey() {
    return kms.keys().create(KeyRequests.Create.standard(), caller()).key().id().toString();
  }

  String state(String key) {
    return kms.withoutTrace().keys().describe(key, caller()).state().wireName();
  }

  static String arn(String key) {
    return PREFIX + "key/" + key;
  }

  byte[] encrypt(String key, String text) {
    return kms.crypto()
        .encrypt(new CryptoRequests.Encrypt(key, bytes(text), EncryptionContext.EMPTY), caller())
        .ciphertext();
  }

  String decrypt(byte[] ciphertext) {
    byte[] plaintext =
        kms.crypto()
            .decrypt(new CryptoRequests.Decrypt(ciphertext, EncryptionContext.EMPTY), caller())
            .plaintext();
    return new String(plaintext, StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What the call is refused with, with names for drawn ids; {@code ok} if it is not. */
  String outcome(Runnable call) {
    try {
      call.run();
      return "ok";
    } catch (KmsException refusal) {
      return journal.named(refusal.toString());
    }
  }

  /** Forgets what was written down so far. */
  void begin() {
    journal.events();
    clusters.values().forEach(MemoryCluster::calls);
    standard.calls();
  }

  @Override
  public void close() {
    kms.close();
  }
}
