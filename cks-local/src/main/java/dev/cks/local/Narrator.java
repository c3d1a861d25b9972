package dev.cks.local;

import dev.cks.sim.tool.HsmConsole;
import java.io.PrintStream;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Prints what is done and what comes of it. */
final class Narrator {
  private final PrintStream out;

  Narrator(PrintStream out) {
    this.out = out;
  }

  void chapter(String title) {
    out.println(System.lineSeparator() + title);
  }

  /** A call and its answer, which is also returned. */
  String say(String call, Supplier<String> answer) {
    String said = answer.get();
    line(call, said);
    return said;
  }

  /** A call that must be refused. */
  void refused(String call, Runnable work) {
    try {
      work.run();
    } catch (KmsException refusal) {
      AwsErrorDetails details = refusal.awsErrorDetails();
      line(call, details.errorCode() + ": " + details.errorMessage());
      return;
    }
    throw new IllegalStateException(call + " should have been refused");
  }

  /**
   * A command typed into a tool; what the tool prints is shown where it says something of the
   * outcome, and returned.
   *
   * @param shown the command as it is shown, without its passwords
   * @param outcome what a line of the output must contain for the command to have worked
   */
  String type(HsmConsole tool, String shown, String command, String outcome) {
    String printed = tool.run(command);
    String telling =
        printed
            .lines()
            .filter(line -> line.contains(outcome))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(shown + " printed " + printed));
    line("  " + shown, telling.strip());
    return printed;
  }

  private void line(String call, String said) {
    out.println("  " + call + " -> " + said);
  }
}
