package dev.cks.testkit.simulation;

import dev.cks.sim.fault.FaultCell;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import dev.cks.tck.model.Step.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
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

  /** Where faults of drawn plans struck. */
  Set<FaultCell> struck() {
    return struck.keySet();
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

  Set<String> outcomes(Set<Kind> kinds) {
    Set<String> outcomes = new TreeSet<>();
    for (Kind kind : kinds) {
      visits.getOrDefault(kind, Map.of()).keySet().forEach(visit -> outcomes.add(visit.outcome()));
    }
    return outcomes;
  }

  /** All AWS errors that some call answered. */
  Set<String> refusals() {
    Set<String> refusals = outcomes(EnumSet.allOf(Kind.class));
    refusals.removeAll(Set.of("", ReferenceModel.OK));
    return refusals;
  }

  /** Adds what other histories visited. */
  void add(Coverage other) {
    other.visits.forEach(
        (kind, found) ->
            found.forEach(
                (visit, times) ->
                    visits
                        .computeIfAbsent(kind, some -> new HashMap<>())
                        .merge(visit, times, Integer::sum)));
    struck(other.struck);
    errorCodes.addAll(other.errorCodes);
    steps += other.steps;
  }

  /** How many different kinds of steps × states × outcomes there were. */
  int cells() {
    return visits.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(steps).append(" steps, ").append(cells()).append(" cells\n");
    text.append("strikes by point ").append(strikes(FaultCell::point)).append('\n');
    text.append("strikes by kind ").append(strikes(FaultCell::kind)).append('\n');
    visits.forEach((kind, found) -> text.append(kind).append(' ').append(found).append('\n'));
    return text.append(errorCodes).append('\n').toString();
  }
}
