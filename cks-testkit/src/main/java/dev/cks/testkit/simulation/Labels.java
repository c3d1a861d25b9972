package dev.cks.testkit.simulation;

import dev.cks.Kms;
import dev.cks.service.Caller;
import dev.cks.service.GrantRequests;
import dev.cks.service.KeyRequests;
import dev.cks.tck.model.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes the steps about what is attached to a key: description, tags, grants. */
final class Labels {
  private static final String NO_GRANT = "f".repeat(64);

  private final Kms kms;
  private final Caller caller;

  /** The latest grant of each name, by key and name. */
  private final Map<String, String> grants = new HashMap<>();

  Labels(Kms kms, Caller caller) {
    this.kms = kms;
    this.caller = caller;
  }

  void take(Step step, String keyId) {
    String name = step.name();
    switch (step.kind()) {
      case UPDATE_DESCRIPTION -> kms.keys().updateDescription(keyId, name, caller);
      case TAG_KEY -> kms.keys().tag(keyId, List.of(new KeyRequests.Tag(name, name)), caller);
      case UNTAG_KEY -> kms.keys().untag(keyId, List.of(name), caller);
      case CREATE_GRANT -> grants.put(grant(step, keyId), createGrant(keyId, step.number()));
      default ->
          kms.keys()
              .grants()
              .revoke(keyId, grants.getOrDefault(grant(step, keyId), NO_GRANT), false, caller);
    }
  }

  private static String grant(Step step, String keyId) {
    return keyId + " " + step.number();
  }

  private String createGrant(String keyId, int number) {
    return kms.keys()
        .grants()
        .create(
            new GrantRequests.Create(
                keyId,
                kms.scope().rootArn(),
                null,
                List.of("Decrypt"),
                Map.of(),
                Map.of(),
                Integer.toString(number),
                List.of(),
                false),
            caller)
        .id()
        .value();
  }
}
