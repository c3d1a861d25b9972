package dev.cks.tck.model;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.Caller;
import dev.cks.service.CryptoRequests;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyStoreRequests;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataRecord;
import dev.cks.spi.MetadataStore;
import dev.cks.tck.invariant.Invariants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A real {@link Kms} that takes the model's steps and answers in the model's words. */
final class World implements AutoCloseable {
  private static final String CANARY = "canary-7f3a";

  private final ManualTimeline timeline = new ManualTimeline();
  private final Map<Integer, FakeCluster> clusters = new HashMap<>();
  private final Map<Integer, String> storeIds = new HashMap<>();
  private final Map<Integer, String> keyIds = new HashMap<>();
  private final Set<String> deletedKeys = new LinkedHashSet<>();
  private final List<CustomKeyStore> committed = new ArrayList<>();
  private final Kms kms;

  World(Map<Integer, String> lineages, Duration connectLatency) {
    lineages.forEach(
        (number, lineage) -> clusters.put(number, new FakeCluster(clusterId(number), lineage)));
    Random random = new Random(1);
    kms =
        Kms.create(
            KmsConfig.deterministic(timeline, (stream, into) -> random.nextBytes(into)).toBuilder()
                .clusters(this::cluster)
                .metadata(new RecordingStore())
                .audit(new Listener())
                .auditCrypto(true)
                .connectLatency(connectLatency)
                .build());
  }

  private static String clusterId(int number) {
    return "cluster-" + number;
  }

  private Optional<dev.cks.spi.HsmCluster> cluster(String id) {
    return clusters.values().stream()
        .filter(cluster -> cluster.facts().id().equals(id))
        .findAny()
        .map(cluster -> cluster);
  }

  private final class RecordingStore implements MetadataStore {
    private final MetadataStore delegate = KmsConfig.inMemoryStore();

    @Override
    public void load(Consumer<? super Stored> consumer) {
      delegate.load(consumer);
    }

    @Override
    public void commit(Changes changes) {
      delegate.commit(changes);
      for (Changes.Put put : changes.puts()) {
        if (put.record() instanceof MetadataRecord.OfStore record) {
          committed.add(record.store());
        }
      }
    }

    @Override
    public void close() {
      delegate.close();
    }
  }

  private static final class Listener implements AuditSink {
    @Override
    public boolean wants(String operation, boolean success) {
      return true;
    }

    @Override
    public void record(AuditEvent event) {
      Invariants.doesNotTell(CANARY, event);
    }
  }

  /** Takes a step; answers as the model does. */
  String apply(Step step) {
    try {
      take(step, kms.rootCaller());
      return ReferenceModel.OK;
    } catch (KmsException refusal) {
      Invariants.doesNotTell(CANARY, refusal);
      return refusal.code().wireName();
    }
  }

  /** Takes steps in the middle of the next attempt to connect a key store. */
  void duringNextRotation(int store, Step... steps) {
    clusters.get(store).duringNextRotation(() -> List.of(steps).forEach(this::apply));
  }

  private void take(Step step, Caller caller) {
    switch (step.kind()) {
      case CREATE_STORE ->
          storeIds.put(step.store(), kms.keyStores().create(newStore(step), caller));
      case CONNECT -> kms.keyStores().connect(store(step), caller);
      case DISCONNECT -> kms.keyStores().disconnect(store(step), caller);
      case RENAME_STORE ->
          kms.keyStores()
              .update(new KeyStoreRequests.Update(store(step), step.name(), null, null), caller);
      case CHANGE_PASSWORD ->
          kms.keyStores()
              .update(
                  new KeyStoreRequests.Update(store(step), null, password(step.name()), null),
                  caller);
      case DELETE_STORE -> kms.keyStores().delete(store(step), caller);
      case BREAK_CLUSTER -> clusters.get(step.store()).setBroken(true);
      case REPAIR_CLUSTER -> clusters.get(step.store()).setBroken(false);
      case ADVANCE -> timeline.advance(step.time());
      default -> takeWithKey(step, caller);
    }
  }

  private void takeWithKey(Step step, Caller caller) {
    switch (step.kind()) {
      case CREATE_KEY -> createKey(step, caller);
      case DESCRIBE_KEY -> kms.keys().describe(key(step), caller);
      case ENABLE_KEY -> kms.keys().enable(key(step), caller);
      case DISABLE_KEY -> kms.keys().disable(key(step), caller);
      case SCHEDULE_DELETION ->
          kms.keys().scheduleDeletion(key(step), (int) step.time().toDays(), caller);
      case CANCEL_DELETION -> kms.keys().cancelDeletion(key(step), caller);
      case ENCRYPT -> kms.crypto().encrypt(encryption(step), caller);
      case CREATE_ALIAS -> kms.keys().aliases().create(step.name(), key(step), caller);
      case UPDATE_ALIAS -> kms.keys().aliases().update(step.name(), key(step), caller);
      case DELETE_ALIAS -> kms.keys().aliases().delete(step.name(), caller);
      default -> throw new IllegalStateException("unknown step " + step);
    }
  }

  private void createKey(Step step, Caller caller) {
    KeyRequests.Create request = KeyRequests.Create.in(store(step));
    String id = kms.keys().create(request, caller).key().id().toString();
    String before = keyIds.put(step.key(), id);
    if (before != null) {
      deletedKeys.add(before); // a number is given again only after its key is gone
    }
  }

  private static KeyStoreRequests.Create newStore(Step step) {
    return new KeyStoreRequests.Create(
        step.name(), null, clusterId(step.store()), "PEM", password(ClusterPlan.FIRST_PASSWORD));
  }

  private static SecretBytes password(String name) {
    return SecretBytes.ofText(CANARY + name);
  }

  private CryptoRequests.Encrypt encryption(Step step) {
    byte[] plaintext = CANARY.getBytes(StandardCharsets.UTF_8);
    return new CryptoRequests.Encrypt(key(step), plaintext, EncryptionContext.EMPTY);
  }

  private String store(Step step) {
    return storeIds.getOrDefault(step.store(), "cks-ffffffffffffffff0");
  }

  private String key(Step step) {
    return keyIds.getOrDefault(step.key(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  }

  /** As {@link ReferenceModel#connections()}. */
  Map<Integer, String> connections() {
    Map<Integer, String> shown = new TreeMap<>();
    for (KeyStoreRequests.Description store :
        kms.keyStores().describe(KeyStoreRequests.Describe.all(), kms.rootCaller()).items()) {
      int number = Integer.parseInt(store.clusterId().substring(clusterIdPrefix()));
      shown.put(number, store.connectionState().name());
    }
    return shown;
  }

  private static int clusterIdPrefix() {
    return clusterId(0).length() - 1;
  }

  /** As {@link ReferenceModel#keyStates()}. */
  Map<Integer, String> keyStates() {
    Map<Integer, String> shown = new TreeMap<>();
    for (KeyRequests.Listed listed : kms.keys().list(1000, null, kms.rootCaller()).items()) {
      String id = listed.id().toString();
      String state = kms.keys().describe(id, kms.rootCaller()).state().wireName();
      shown.put(number(id), state);
    }
    return shown;
  }

  private int number(String keyId) {
    return keyIds.entrySet().stream()
        .filter(entry -> entry.getValue().equals(keyId))
        .findAny()
        .orElseThrow(() -> new AssertionError("nobody created " + keyId))
        .getKey();
  }

  /** As {@link ReferenceModel#aliases()}. */
  Map<String, Integer> aliases() {
    Map<String, Integer> shown = new TreeMap<>();
    kms.keys().aliases().list(null, 100, null, kms.rootCaller()).items().stream()
        .map(KeyRequests.ListedAlias::alias)
        .forEach(alias -> shown.put(alias.name().value(), number(alias.target().toString())));
    return shown;
  }

  void checkInvariants() {
    Invariants.everyStateIsDerivable(kms);
    Invariants.deletionDatesBelongToPendingKeys(kms);
    Invariants.everyKeyHasItsStore(kms);
    Invariants.storesWithKeysCannotBeDeleted(kms);
    Invariants.aliasesPointToExistingKeys(kms);
    Invariants.deletedKeysStayGone(kms, deletedKeys);
    Invariants.attemptsNeverFall(committed);
  }

  @Override
  public void close() {
    kms.close();
  }
}
