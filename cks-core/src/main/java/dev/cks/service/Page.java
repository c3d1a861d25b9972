package dev.cks.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what the page holds
 * @param nextMarker where the next page begins; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextMarker) {
  public Page {
    items = List.copyOf(items);
  }

  /** Whether there is more. */
  public boolean truncated() {
    return nextMarker != null;
  }
}
