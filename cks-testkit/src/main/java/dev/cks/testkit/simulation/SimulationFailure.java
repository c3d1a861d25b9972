package dev.cks.testkit.simulation;

import dev.cks.tck.model.History;
import java.nio.file.Path;

/**
 * A history on which the library and its model disagree, or an invariant does not hold.
 *
 * @param seed the seed that it came from
 * @param message what is wrong, and after which step
 * @param steps how many steps it had
 * @param history the same in as few steps as could be found
 * @param scenario the file in which {@code history} is kept
 */
public record SimulationFailure(
    long seed, String message, int steps, History history, Path scenario) {

  /** The command that shows it again. */
  public String replay() {
    return "mvn -q -Psimulate package -Dscenario=" + scenario;
  }

  /** Everything about it, for people. */
  @Override
  public String toString() {
    return "seed "
        + seed
        + " fails: "
        + message
        + "\n"
        + steps
        + " steps, shrunk to "
        + history.steps().size()
        + "; see them again with\n"
        + replay()
        + "\n"
        + history.script();
  }
}
