package dev.cks.aws.doctor;

import java.util.List;

/**
 * A line to type. Passwords are never in it: the tools ask for them.
 *
 * @param line without the prompt
 * @param asks what the tool asks for afterwards, in this order
 * @param expects what must be among the things that it prints; empty if nothing in particular
 */
public record Command(Tool tool, String line, List<Question> asks, String expects) {
  /** Keeps copies. */
  public Command {
    asks = List.copyOf(asks);
  }

  /** What a tool may ask for. */
  public enum Question {
    /** The password of the cluster's admin. */
    ADMIN_PASSWORD,
    /** The password that {@code kmsuser} has, or is to have, in the cluster. */
    KMSUSER_PASSWORD,
    /** Whether to go on. */
    CONFIRMATION
  }
}
