package dev.cks.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What goes with the failure of a test: seed, what happened, and the line that replays it. Printed
 * wherever the failure is, since it is suppressed by it; without a stack trace of its own.
 */
final class FailureReport extends Throwable {
  private static final long serialVersionUID = 1L;
  private static final int LINES = 200;

  FailureReport(TestWorld world, ExtensionContext context) {
    super(text(world, context), null, false, false);
  }

  private static String text(TestWorld world, ExtensionContext context) {
    return "seed "
        + world.seed()
        + "; what happened:\n"
        + world.timeline().text(LINES).indent(2)
        + "replay: mvn test -Dtest='"
        + Declarations.name(context)
        + "' -Dcks.seed="
        + world.seed();
  }

  /** The text alone: the name of this class tells nobody anything. */
  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
