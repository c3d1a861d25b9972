package dev.cks.sim.history;

import dev.cks.sim.fault.FaultCell;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import dev.cks.tck.model.Step.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What histories visited: each kind of step with the state that it found and its outcome. */
final class Coverage {
  private record Visit(String state, String outcome) {}

  private final Map<Kind, Map<Visit, Integer>> visits = new EnumMap<>(Kind.class);
  private final Map<FaultCell, Long> struck = new HashMap<>();
  private final Set<String> errorCodes = new TreeSet<>();
  private final List<Long> speeds = new ArrayList<>();
  private long steps;

  /** The state that a step finds; asked before it is taken. */
  static String stateBefore(Step step, ReferenceModel model) {
    if (step.kind() == Kind.CREATE_KEY || (step.concernsStore() && !step.concernsKey())) {
      return model.connection(step.store());
    }
    return step.concernsKey() ? model.keyState(step.key()) : "";
  }

  void visited(Step step, String state, String outcome) {
    boolean call = Operations.of(step.kind()) != null;
    visits
        .computeIfAbsent(step.kind(), kind -> new HashMap<>())
        .merge(new Visit(state, call ? outcome : ""), 1, Integer::sum);
    steps++;
  }

  void errorCode(String code) {
    if (!code.isEmpty()) {
      errorCodes.add(code);
    }
  }

  void struck(Map<FaultCell, Long> cells) {
    cells.forEach((cell, times) -> struck.merge(cell, times, Long::sum));
  }

  /** How often a fault struck, by whatever the cells are told apart. */
  <T> Map<T, Long> strikes(Function<FaultCell, T> part) {
    Map<T, Long> counts = new TreeMap<>();
    struck.forEach((cell, times) -> counts.merge(part.apply(cell), times, Long::sum));
    return counts;
  }

  /** For people: how fast the steps since then were; nothing depends on it. */
  void took(long stepsBefore, Duration cpu) {
    speeds.add((steps - stepsBefore) * 1000 / Math.max(1, cpu.toMillis()));
  }

  long steps() {
    return steps;
  }

  Set<String> errorCodes() {
    return errorCodes;
  }

  Set<Kind> kinds() {
    return visits.keySet();
  }

  /** In which states a kind of step was taken. */
  Set<String> states(Kind kind) {
    return visits.getOrDefault(kind, Map.of()).keySet().stream()
        .map(Visit::state)
        .collect(Collectors.toSet());
  }

  Set<String> outcomes(Kind kind) {
    return visits.getOrDefault(kind, Map.of()).keySet().stream()
        .map(Visit::outcome)
        .collect(Collectors.toSet());
  }

  /** How many different kinds of steps × states × outcomes there were. */
  int cells() {
    return visits.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(steps).append(" steps, ").append(cells()).append(" cells\n");
    text.append("steps a second of the process's CPU time ").append(speeds).append('\n');
    text.append("strikes by point ").append(strikes(FaultCell::point)).append('\n');
    text.append("strikes by kind ").append(strikes(FaultCell::kind)).append('\n');
    visits.forEach((kind, found) -> text.append(kind).append(' ').append(found).append('\n'));
    return text.append(errorCodes).append('\n').toString();
  }
}
