package dev.cks.testkit.simulation;

import dev.cks.tck.model.History;
import dev.cks.tck.model.Shrinker;
import dev.cks.tck.model.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a history that fails as short as it can, and keeps it in a file. */
final class ShortenedFailure {
  private static final Pattern STATE =
      Pattern.compile("^after step [^:]*: ([A-Za-z ]*).*$", Pattern.DOTALL);
  private static final Pattern OUTCOME =
      Pattern.compile("^step \\d+, (\\w+)[^:]*: ([A-Za-z ]*).*$", Pattern.DOTALL);

  /** More steps than this may only be there for the time they take. */
  private static final int SHORT = 12;

  private final Path directory;
  private final int tries;

  ShortenedFailure(Path directory, int tries) {
    this.directory = directory;
    this.tries = tries;
  }

  SimulationFailure of(long seed, History history, Campaign.Asked asked, Throwable failed) {
    Promise promise = asked.promise;
    List<Step> steps = history.steps();
    // what asks for the promise is no part of what led to its breach
    int from = promise == null ? steps.size() : steps.size() - asked.steps;
    List<Step> asking = steps.subList(from, steps.size());
    History shortest = history;
    Throwable cause = failed;
    boolean seenAgain = false;
    for (int everything : List.of(HistoryRun.ALWAYS, HistoryRun.SELDOM)) {
      Throwable again = HistoryRun.failure(history, promise, everything);
      if (again != null && !seenAgain) {
        seenAgain = true;
        String kind = kindOf(again);
        Predicate<List<Step>> fails =
            part -> kind.equals(kindOf(with(history, part, asking), promise, everything));
        List<Step> left = shrink(history, steps.subList(0, from), everything, fails);
        shortest = with(history, left, asking);
        cause =
            Objects.requireNonNullElse(HistoryRun.failure(shortest, promise, everything), failed);
      }
    }
    Path file = write(seed, shortest, promise, cause);
    return new SimulationFailure(
        seed, String.valueOf(cause.getMessage()), steps.size(), shortest, file);
  }

  private List<Step> shrink(
      History history, List<Step> steps, int everything, Predicate<List<Step>> fails) {
    Shrinker shrinker = new Shrinker(tries);
    List<Step> left = shrinker.shrink(steps, fails);
    if (left.size() > SHORT) {
      left = new TimeKeeping(history, everything, tries).shrink(left, fails);
      left = shrinker.shrink(left, fails);
    }
    return left;
  }

  private static History with(History history, List<Step> first, List<Step> then) {
    List<Step> all = new ArrayList<>(first);
    all.addAll(then);
    return history.with(all);
  }

  private static String kindOf(History history, @Nullable Promise promise, int everything) {
    Throwable failure = HistoryRun.failure(history, promise, everything);
    return failure == null ? "" : kindOf(failure);
  }

  /** What is wrong, so that a history does not shrink into another failure. */
  private static String kindOf(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return failure.getClass().getName()
        + OUTCOME.matcher(STATE.matcher(message).replaceFirst("$1")).replaceFirst("$1 $2");
  }

  private Path write(long seed, History history, @Nullable Promise promise, Throwable cause) {
    Path file = directory.resolve("seed-" + seed + ".txt").toAbsolutePath();
    String comment = ("# " + cause.getMessage()).replace("\n", "\n# ") + "\n";
    String atTheEnd = promise == null ? "" : promise.line();
    try {
      Files.createDirectories(directory);
      Files.writeString(file, comment + history.script() + atTheEnd);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
