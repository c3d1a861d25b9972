package dev.cks.aws.doctor;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Describes one key after the other and gives those of the examined key stores to their surveys.
 */
final class KeyWalk implements Consumer<String> {
  private static final long STEP = 1000;

  private final Practice practice;
  private final Map<String, Survey> surveys;
  private final Set<String> limitations = new LinkedHashSet<>();
  private long described;
  private boolean denied;

  KeyWalk(Practice practice, Map<String, Survey> surveys) {
    this.practice = practice;
    this.surveys = surveys;
  }

  @Override
  public void accept(String keyId) {
    if (denied) {
      return;
    }
    Answer<KeyView> answer = Questions.key(practice.calls(), keyId);
    if (answer instanceof Answer.Unseen<KeyView> unseen) {
      limitations.add(unseen.sentence());
      denied = true;
    }
    answer.found().ifPresent(this::add);
    if (++described % STEP == 0) {
      practice.progress().went("keys described", described);
    }
  }

  private void add(KeyView key) {
    Survey survey = key.storeId() == null ? null : surveys.get(key.storeId());
    if (survey != null) {
      survey.add(key);
    }
  }

  Set<String> limitations() {
    return limitations;
  }
}
