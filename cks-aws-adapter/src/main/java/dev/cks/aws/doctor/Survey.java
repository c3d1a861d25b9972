package dev.cks.aws.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of one key store, counted as they go by; only so many are kept that a diagnosis can show
 * them and a trial can use them.
 */
final class Survey {
  static final String ENABLED = "Enabled";

  private final int kept;
  private final Map<String, Long> byState = new HashMap<>();
  private final List<KeyView> enabled = new ArrayList<>();
  private final List<KeyView> others = new ArrayList<>();
  private long total;

  Survey(int kept) {
    this.kept = kept;
  }

  void add(KeyView key) {
    total++;
    byState.merge(key.state(), 1L, Long::sum);
    List<KeyView> place = key.state().equals(ENABLED) ? enabled : others;
    if (place.size() < kept) {
      place.add(key);
    }
  }

  long total() {
    return total;
  }

  long in(String state) {
    return byState.getOrDefault(state, 0L);
  }

  Map<String, Long> byState() {
    return byState;
  }

  /** Enabled keys, as many as were kept. */
  List<KeyView> enabled() {
    return enabled;
  }

  /** Keys in any other state, as many as were kept. */
  List<KeyView> others() {
    return others;
  }
}
