package dev.cks.aws.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** When a key last worked, as far as KMS tracks it. */
record KeyUse(KeyView key, List<Evidence> evidence) {
  static KeyUse of(AwsCalls calls, KeyView key, Consumer<String> limitations) {
    Answer<Optional<Instant>> answer =
        calls.ask(
            Permissions.LAST_USAGE,
            "GetKeyLastUsage KeyId=" + key.arn(),
            used -> used.map(when -> "last used " + when).orElse("no use is known"),
            () ->
                Optional.ofNullable(
                        calls.kms.getKeyLastUsage(r -> r.keyId(key.arn())).keyLastUsage())
                    .map(usage -> usage.timestamp()));
    if (answer instanceof Answer.Unseen<?> unseen) {
      limitations.accept(unseen.sentence());
    }
    KeyView known =
        new KeyView(
            key.id(),
            key.arn(),
            key.state(),
            key.storeId(),
            key.created(),
            key.deletionDate(),
            answer.found().flatMap(used -> used).orElse(null));
    return new KeyUse(
        known, answer instanceof Answer.Got<?> got ? List.of(got.evidence()) : List.of());
  }
}
