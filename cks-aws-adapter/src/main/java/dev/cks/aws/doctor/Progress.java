package dev.cks.aws.doctor;

/** Hears how far a long examination is. Called on the examining thread; should return at once. */
@FunctionalInterface
public interface Progress {
  /**
   * Something went on.
   *
   * @param what for example {@code keys described}
   * @param done how many so far
   */
  void went(String what, long done);
}
