package dev.cks.aws.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an examination found. Complete in itself: a report needs nothing else. Never holds a secret.
 *
 * @param examinedAt when the examination began
 * @param findings what to do first comes first; losses before everything
 * @param stores the key stores that were examined, with their clusters
 * @param timeline how it came to this, the oldest first; empty if CloudTrail could not be asked
 * @param limitations one sentence for each thing that could not be seen, and why
 */
public record Diagnosis(
    Subject subject,
    Instant examinedAt,
    List<Finding> findings,
    List<StoreView> stores,
    KeyCensus keys,
    List<TimelineEntry> timeline,
    List<String> limitations) {
  /** Keeps copies. */
  public Diagnosis {
    findings = List.copyOf(findings);
    stores = List.copyOf(stores);
    timeline = List.copyOf(timeline);
    limitations = List.copyOf(limitations);
  }

  /** What to look at first. */
  public Optional<Finding> first() {
    return findings.stream().findFirst();
  }

  /**
   * Whether everything works, as far as could be seen; there may be risks and notes. Never if
   * nothing could be seen.
   */
  public boolean isHealthy() {
    boolean seen = limitations.isEmpty() || !stores.isEmpty() || keys.total() > 0;
    return seen && findings.stream().noneMatch(finding -> finding.urgency() == Urgency.NOW);
  }
}
