package dev.cks.aws.doctor;

import java.util.List;
import java.util.Map;

/**
 * The keys of the examined key stores. However many there are, only those are kept one by one that
 * a finding or a drawing can need.
 *
 * @param total how many there are
 * @param byState how many in each state, by AWS's words
 * @param shown some of them, those first that do not work; at most {@link Doctor#KEYS_SHOWN}
 */
public record KeyCensus(long total, Map<String, Long> byState, List<KeyView> shown) {
  /** Keeps copies. */
  public KeyCensus {
    byState = Map.copyOf(byState);
    shown = List.copyOf(shown);
  }
}
