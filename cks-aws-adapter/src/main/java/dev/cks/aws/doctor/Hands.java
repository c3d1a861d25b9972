package dev.cks.aws.doctor;

import java.util.Map;
import java.util.Objects;

/**
 * The person who does what no API can do. Called when a plan comes to a manual step; the plan waits
 * until it returns, and then checks what was done as far as that can be seen.
 */
@FunctionalInterface
public interface Hands {
  /** Does what the task says, or declines. */
  Reply perform(ManualTask task);

  /** What came of it. */
  sealed interface Reply {
    /**
     * Everything was done.
     *
     * @param printed what the tools printed, to be held against what each command expects; never
     *     kept or shown. Empty if it is not at hand
     * @param chosen what the task left open, by name: see {@link ManualTask#choices}
     */
    record Done(String printed, Map<String, String> chosen) implements Reply {
      /** Keeps copies. */
      public Done {
        chosen = Map.copyOf(chosen);
      }

      @Override
      public String toString() {
        return "Done";
      }
    }

    /** It was not done; the plan stops here and can be resumed. */
    record Declined(String why) implements Reply {}
  }

  /** Everything was done. */
  static Reply done() {
    return new Reply.Done("", Map.of());
  }

  /** Everything was done, and this is what the tools printed. */
  static Reply done(String printed) {
    return new Reply.Done(printed, Map.of());
  }

  /** It was not done. */
  static Reply declined(String why) {
    return new Reply.Declined(Objects.requireNonNull(why));
  }
}
