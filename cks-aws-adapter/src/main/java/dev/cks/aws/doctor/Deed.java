package dev.cks.aws.doctor;

/** How a step is carried out. Deeds have no state: a run's state is in its {@link Scene}. */
interface Deed {
  /** Whether there is nothing to do, for the effect is there already. */
  default boolean isDone(Scene scene) throws Surprise {
    return false;
  }

  /** Throws unless the precondition holds. */
  default void require(Scene scene) throws Surprise {}

  /** Does it, and waits for what it set going. */
  void perform(Scene scene) throws Surprise;

  /**
   * Checks the effect.
   *
   * @return what was seen
   */
  String check(Scene scene) throws Surprise;
}
