package dev.cks.tck.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Using keys, and every ciphertext that is kept (spec B.8, C.6, E.3). */
final class ModelCrypto {
  private static final String INVALID_CIPHERTEXT = "InvalidCiphertextException";

  private record Ciphertext(ModelKey key, String context) {}

  private final ModelWorld world;
  private final Map<Integer, Ciphertext> kept = new HashMap<>();

  ModelCrypto(ModelWorld world) {
    this.world = world;
  }

  String seal(String operation, Step step) {
    ModelKey key = world.keys.get(step.key());
    if (key == null) {
      return ModelKeys.NOT_FOUND;
    }
    String outcome = world.tables.onKey(operation, key.state());
    if (outcome.equals(ReferenceModel.OK)) {
      outcome = useMaterial(key);
    }
    if (outcome.equals(ReferenceModel.OK)) {
      kept.put(step.number(), new Ciphertext(key, step.name()));
    }
    return outcome;
  }

  String decrypt(Step step) {
    Ciphertext sealed = kept.get(step.number());
    if (sealed == null) {
      return INVALID_CIPHERTEXT;
    }
    String outcome = admit("Decrypt", sealed.key());
    return outcome.equals(ReferenceModel.OK) ? open(sealed, step.name()) : outcome;
  }

  String decryptUnder(Step step) {
    Ciphertext sealed = kept.get(step.number());
    ModelKey named = world.keys.get(step.key());
    if (sealed != null && named == null) {
      return ModelKeys.NOT_FOUND;
    }
    return sealed != null && named != sealed.key() ? "IncorrectKeyException" : decrypt(step);
  }

  String reEncrypt(Step step) {
    Ciphertext sealed = kept.get(step.number());
    if (sealed == null) {
      return INVALID_CIPHERTEXT;
    }
    String outcome = admit("ReEncrypt", sealed.key());
    ModelKey destination = world.keys.get(step.key());
    if (outcome.equals(ReferenceModel.OK)) {
      outcome = destination == null ? ModelKeys.NOT_FOUND : admit("ReEncrypt", destination);
    }
    if (outcome.equals(ReferenceModel.OK)) {
      outcome = open(sealed, step.name());
    }
    if (destination != null && outcome.equals(ReferenceModel.OK)) {
      outcome = useMaterial(destination);
    }
    if (destination != null && outcome.equals(ReferenceModel.OK)) {
      kept.put(step.number(), new Ciphertext(destination, Step.CONTEXT_AFTER));
    }
    return outcome;
  }

  private String admit(String operation, ModelKey key) {
    return world.keys.containsValue(key)
        ? world.tables.onKey(operation, key.state())
        : ModelKeys.NOT_FOUND;
  }

  private String open(Ciphertext sealed, String context) {
    String outcome = useMaterial(sealed.key());
    return outcome.equals(ReferenceModel.OK) && !sealed.context().equals(context)
        ? INVALID_CIPHERTEXT
        : outcome;
  }

  /** A key whose material every HSM misses is unavailable for the rest of this connection. */
  private String useMaterial(ModelKey key) {
    ModelCluster cluster = key.home.cluster;
    ModelSession session = key.home.session;
    if (cluster.doubt != null) {
      return useInDoubt(cluster);
    }
    String found = session == null ? ModelCluster.UNREACHABLE : cluster.find(session, key.material);
    List<String> refusals = new ArrayList<>();
    if (!found.equals(ReferenceModel.OK)) {
      refusals.add("KMSInvalidStateException");
    }
    if (cluster.occupied) {
      refusals.add("KMSInternalException");
    }
    String outcome = world.anyOf(refusals);
    if (found.equals(ModelCluster.KEY_NOT_FOUND) && outcome.equals("KMSInvalidStateException")) {
      key.missingIn = key.home.attempt;
    }
    return outcome;
  }

  private String useInDoubt(ModelCluster cluster) {
    String without = cluster.occupied ? "KMSInternalException" : ReferenceModel.OK;
    return world.open(without, "KMSInvalidStateException", "KMSInternalException");
  }

  String random(int number) {
    ModelStore store = world.stores.get(number);
    String outcome = world.move(store, "GenerateRandom");
    if (store == null || !outcome.equals(ReferenceModel.OK)) {
      return outcome;
    }
    if (store.cluster.doubt != null) {
      return world.open(useInDoubt(store.cluster), "DependencyTimeoutException");
    }
    ModelSession session = store.session;
    List<String> refusals = new ArrayList<>();
    if (session == null || store.cluster.serving(session).isEmpty()) {
      refusals.add("KMSInvalidStateException"); // its page has only the other one
      refusals.add("DependencyTimeoutException");
    }
    if (store.cluster.occupied) {
      refusals.add("KMSInternalException");
    }
    return world.anyOf(refusals);
  }
}
