package dev.cks.tck.model;

/**
 * What is attached to a key and goes with it: its description, tags and grants (spec D.13, D.14).
 */
final class ModelLabels {
  private final ModelWorld world;
  private final ModelKeys keys;

  ModelLabels(ModelWorld world, ModelKeys keys) {
    this.world = world;
    this.keys = keys;
  }

  String describe(int number, String description) {
    return changed(number, "UpdateKeyDescription", key -> key.description = description);
  }

  String tag(int number, String tag) {
    return changed(number, "TagResource", key -> key.tags.add(tag));
  }

  String untag(int number, String tag) {
    return changed(number, "UntagResource", key -> key.tags.remove(tag));
  }

  String createGrant(int number, int grant) {
    return changed(number, "CreateGrant", key -> key.grants.add(grant));
  }

  String revokeGrant(int number, int grant) {
    String outcome = keys.manage(number, "RevokeGrant", null);
    ModelKey key = world.keys.get(number);
    return key == null || !outcome.equals(ReferenceModel.OK) || key.grants.remove(grant)
        ? outcome
        : ModelKeys.NOT_FOUND;
  }

  private interface Change {
    void of(ModelKey key);
  }

  private String changed(int number, String operation, Change change) {
    String outcome = keys.manage(number, operation, null);
    ModelKey key = world.keys.get(number);
    if (key != null && outcome.equals(ReferenceModel.OK)) {
      change.of(key);
    }
    return outcome;
  }
}
