package dev.cks.testkit.simulation;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.service.GrantRequests;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyStoreRequests;
import dev.cks.spi.AuditEvent;
import dev.cks.tck.invariant.Invariants;
import dev.cks.tck.model.ReferenceModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what the world shows with what the model says it must. */
final class Comparison {
  private final SimulatedWorld world;
  private final ReferenceModel model;

  Comparison(SimulatedWorld world, ReferenceModel model) {
    this.world = world;
    this.model = model;
  }

  private static void same(String what, Object shown, Object expected) {
    if (!shown.equals(expected)) {
      throw new AssertionError(what + ": shown " + shown + ", expected " + expected);
    }
  }

  /** One key store, if there is one. */
  void store(int number) {
    if (model.connection(number).isEmpty()) {
      return;
    }
    KeyStoreRequests.Describe request = KeyStoreRequests.Describe.byId(world.storeId(number));
    KeyStoreRequests.Description shown =
        world.kms.keyStores().describe(request, world.caller()).items().get(0);
    model.called(1);
    same("connection of store " + number, shown.connectionState().name(), model.connection(number));
    same(
        "error code of store " + number,
        word(shown.connectionErrorCode()),
        model.errorCode(number));
  }

  private static String word(@Nullable ConnectionErrorCode code) {
    return code == null ? "" : code.name();
  }

  /** One key, if there is one. */
  void key(int number) {
    if (model.keyState(number).isEmpty()) {
      return;
    }
    KeyRequests.Description shown = described(number);
    model.called(1);
    String state = shown == null ? "" : shown.state().wireName();
    same("state of key " + number, state, model.keyState(number));
    if (shown != null) {
      String description = Objects.requireNonNull(model.descriptions().get(number));
      same("description of key " + number, shown.key().description(), description);
      Set<String> tags = Objects.requireNonNull(model.tags().get(number));
      same("tags of key " + number, new TreeSet<>(shown.key().tags().keySet()), tags);
    }
  }

  /** Null if its deletion was due. */
  private KeyRequests.@Nullable Description described(int key) {
    try {
      return world.kms.keys().describe(world.keyId(key), world.caller());
    } catch (KmsException refusal) {
      if (refusal.code() == KmsErrorCode.NOT_FOUND) {
        return null;
      }
      throw new AssertionError("DescribeKey of key " + key + " is refused", refusal);
    }
  }

  private void grants(int key) {
    Set<Integer> shown = new TreeSet<>();
    GrantRequests.OfKey request = new GrantRequests.OfKey(world.keyId(key), null, null, null, null);
    for (GrantRequests.Listed listed :
        world.kms.withoutTrace().keys().grants().list(request, world.caller()).items()) {
      shown.add(Integer.valueOf(listed.grant().terms().name()));
    }
    same("grants of key " + key, shown, Objects.requireNonNull(model.grants().get(key)));
  }

  /** Everything there is. */
  void everything() {
    stores();
    keys();
    aliases();
    deletions();
    world.clusters.keySet().forEach(this::cluster);
    world.trail.takeAsked();
  }

  private void stores() {
    Map<Integer, String> connections = new TreeMap<>();
    Map<Integer, String> codes = new TreeMap<>();
    Map<Integer, Integer> clusters = new TreeMap<>();
    for (KeyStoreRequests.Description store :
        world.kms.keyStores().describe(KeyStoreRequests.Describe.all(), world.caller()).items()) {
      int number = world.storeNumber(store.id().value());
      connections.put(number, store.connectionState().name());
      codes.put(number, word(store.connectionErrorCode()));
      clusters.put(number, world.clusterNumber(store.clusterId()));
    }
    model.called(1);
    same("connections", connections, model.connections());
    same("error codes", codes, model.errorCodes());
    same("clusters of stores", clusters, model.clusters());
  }

  private void keys() {
    int listed = world.kms.keys().list(1000, null, world.caller()).items().size();
    model.called(1);
    same("number of keys", listed, model.keyStates().size());
    List.copyOf(model.keyStates().keySet()).forEach(this::key);
    model.keyStates().keySet().forEach(this::grants);
  }

  private void aliases() {
    Map<String, String> shown = new TreeMap<>();
    for (KeyRequests.ListedAlias listed :
        world.kms.keys().aliases().list(null, 100, null, world.caller()).items()) {
      shown.put(listed.alias().name().value(), listed.alias().target().toString());
    }
    model.called(1);
    Map<String, String> expected = new TreeMap<>();
    model.aliases().forEach((name, key) -> expected.put(name, world.keyId(key)));
    same("aliases", shown, expected);
  }

  /** Every deletion is told, with what became of the material. */
  private void deletions() {
    same("deleted keys", world.sight.deletions(), model.deletions());
  }

  private void cluster(int number) {
    if (!model.isInDoubt(number)) {
      same("HSMs of cluster " + number, world.sight.hsms(number), model.hsms(number));
    }
  }

  /** One event for a call, and none for anything else; only errors that AWS documents. */
  void event(@Nullable String operation, String outcome) {
    List<AuditEvent> events = world.trail.takeAsked();
    if (operation == null) {
      same("events of what is no call", events.size(), 0);
      return;
    }
    same("number of events of " + operation, events.size(), 1);
    AuditEvent event = events.get(0);
    same("name of the event", event.name(), operation);
    String told = Objects.requireNonNullElse(event.errorCode(), ReferenceModel.OK);
    same("error in the event of " + operation, told, outcome);
  }

  /** The named invariants; they look several times, so nothing of KMS may be due meanwhile. */
  void invariants() {
    Invariants.everyStateIsDerivable(world.kms);
    Invariants.deletionDatesBelongToPendingKeys(world.kms);
    Invariants.everyKeyHasItsStore(world.kms);
    Invariants.storesWithKeysCannotBeDeleted(world.kms);
    Invariants.aliasesPointToExistingKeys(world.kms);
    Invariants.deletedKeysStayGone(world.kms, world.replacedKeys());
  }
}
