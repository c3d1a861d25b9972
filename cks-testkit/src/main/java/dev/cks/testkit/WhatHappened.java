package dev.cks.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What goes with the failure of a test: seed, what happened, and the line that replays it. Printed
 * wherever the failure is, since it is suppressed by it; without a stack trace of its own.
 */
final class WhatHappened extends Throwable {
  private static final long serialVersionUID = 1L;
  private static final int LINES = 200;

  WhatHappened(TestWorld world, ExtensionContext context) {
    super(text(world, context), null, false, false);
  }

  private static String text(TestWorld world, ExtensionContext context) {
    return "with seed "
        + world.seed()
        + "\n"
        + world.timeline().text(LINES).indent(2)
        + "replay: mvn test -Dtest='"
        + Declarations.name(context)
        + "' -Dcks.seed="
        + world.seed();
  }
}
