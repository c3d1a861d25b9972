package dev.cks.testkit.simulation;

import dev.cks.Kms;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.Caller;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyStoreRequests;
import dev.cks.tck.invariant.Invariants;
import dev.cks.tck.model.ClusterPlan;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the calls of KMS that steps stand for, and knows which ids their numbers stand for. */
final class KmsCalls {
  private static final String NO_STORE = "cks-ffffffffffffffff0";
  private static final String NO_KEY = "ffffffff-ffff-4fff-bfff-ffffffffffff";

  private final Kms kms;
  private final Caller caller;
  private final Map<Integer, String> clusterIds;
  private final String trustAnchor;
  private final Map<Integer, String> storeIds = new HashMap<>();
  private final Map<Integer, KeyRequests.Description> keys = new HashMap<>();
  private final Map<String, Integer> materials = new HashMap<>();
  private final Set<String> replacedKeys = new LinkedHashSet<>();
  private final Ciphertexts ciphertexts;
  private final Labels labels;

  /**
   * Calls of an account.
   *
   * @param clusterIds the clusters on which key stores can be created, by number
   */
  KmsCalls(Kms kms, Map<Integer, String> clusterIds, String trustAnchor) {
    this.kms = kms;
    this.caller = kms.rootCaller();
    this.clusterIds = clusterIds;
    this.trustAnchor = trustAnchor;
    this.ciphertexts = new Ciphertexts(kms, caller);
    this.labels = new Labels(kms, caller);
  }

  /** A key store that somebody else created. */
  void store(int number, String id) {
    storeIds.put(number, id);
  }

  /** Makes a call; answers as the model does. */
  String take(Step step) {
    try {
      call(step);
      return ReferenceModel.OK;
    } catch (KmsException refusal) {
      Invariants.doesNotTell(Trail.CANARY, refusal);
      return refusal.code().wireName();
    }
  }

  private void call(Step step) {
    switch (step.kind()) {
      case CREATE_STORE -> createStore(step);
      case CONNECT -> kms.keyStores().connect(storeId(step.store()), caller);
      case DISCONNECT -> kms.keyStores().disconnect(storeId(step.store()), caller);
      case RENAME_STORE -> update(step, step.name(), null, null);
      case CHANGE_PASSWORD -> update(step, null, secret(step.name()), null);
      case MOVE_STORE -> update(step, null, null, clusterId(step.number()));
      case DELETE_STORE -> kms.keyStores().delete(storeId(step.store()), caller);
      case GENERATE_RANDOM -> kms.crypto().generateRandom(16, storeId(step.store()), caller);
      case CREATE_KEY -> createKey(step);
      case DESCRIBE_KEY -> kms.keys().describe(keyId(step.key()), caller);
      case ENABLE_KEY -> kms.keys().enable(keyId(step.key()), caller);
      case DISABLE_KEY -> kms.keys().disable(keyId(step.key()), caller);
      case SCHEDULE_DELETION ->
          kms.keys().scheduleDeletion(keyId(step.key()), (int) step.time().toDays(), caller);
      case CANCEL_DELETION -> kms.keys().cancelDeletion(keyId(step.key()), caller);
      case UPDATE_DESCRIPTION, TAG_KEY, UNTAG_KEY, CREATE_GRANT, REVOKE_GRANT ->
          labels.take(step, keyId(step.key()));
      case CREATE_ALIAS -> kms.keys().aliases().create(step.name(), keyId(step.key()), caller);
      case UPDATE_ALIAS -> kms.keys().aliases().update(step.name(), keyId(step.key()), caller);
      case DELETE_ALIAS -> kms.keys().aliases().delete(step.name(), caller);
      default -> ciphertexts.take(step, keyId(step.key()));
    }
  }

  /** The same request again answers the id of a store that may have come from another cluster. */
  private void createStore(Step step) {
    String id = kms.keyStores().create(newStore(step), caller);
    if (!storeIds.containsValue(id)) {
      storeIds.put(step.store(), id);
    }
  }

  private void update(
      Step step, @Nullable String name, @Nullable SecretBytes password, @Nullable String cluster) {
    kms.keyStores()
        .update(
            new KeyStoreRequests.Update(storeId(step.store()), name, password, cluster), caller);
  }

  private KeyStoreRequests.Create newStore(Step step) {
    return new KeyStoreRequests.Create(
        step.name(),
        null,
        clusterId(step.store()),
        trustAnchor,
        secret(ClusterPlan.FIRST_PASSWORD));
  }

  private static SecretBytes secret(String name) {
    return SecretBytes.ofText(People.password(name));
  }

  private void createKey(Step step) {
    KeyRequests.Description created =
        kms.keys().create(KeyRequests.Create.in(storeId(step.store())), caller);
    materials.put(created.key().arn(), materials.size());
    KeyRequests.Description before = keys.put(step.key(), created);
    if (before != null) {
      replacedKeys.add(before.key().arn()); // a number is given again only after its key is gone
    }
  }

  private String clusterId(int number) {
    return clusterIds.getOrDefault(number, "cluster-abcdefghijk");
  }

  String storeId(int number) {
    return storeIds.getOrDefault(number, NO_STORE);
  }

  String keyId(int number) {
    KeyRequests.Description known = keys.get(number);
    return known == null ? NO_KEY : known.key().id().toString();
  }

  /** The label of the latest material of a key; null if there never was one. */
  @Nullable String label(int key) {
    KeyRequests.Description known = keys.get(key);
    return known == null ? null : known.key().arn();
  }

  Map<Integer, String> storeIds() {
    return storeIds;
  }

  /** The number of each material that was acknowledged, by its label. */
  Map<String, Integer> materials() {
    return materials;
  }

  /** ARNs of keys whose number was given again. */
  Set<String> replacedKeys() {
    return replacedKeys;
  }
}
