package dev.cks.aws.doctor;

import java.util.Optional;

/** What came of asking AWS something. */
sealed interface Answer<T> {
  /** It answered. */
  record Got<T>(T value, Evidence evidence) implements Answer<T> {}

  /** It answered with an error that says something about what was asked for. */
  record Refused<T>(String code, String message, Evidence evidence) implements Answer<T> {}

  /** It could not be asked: no permission, no network. The sentence says what is not seen. */
  record Unseen<T>(String sentence) implements Answer<T> {}

  /** The value, if there is one. */
  default Optional<T> found() {
    return this instanceof Got<T> got ? Optional.of(got.value()) : Optional.empty();
  }
}
