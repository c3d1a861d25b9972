package dev.cks.local.operator;

import dev.cks.local.SimulatedAws;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.fault.FaultPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be done with clusters. */
final class ClusterActions {
  private final SimulatedAws aws;
  private final Consoles consoles;

  ClusterActions(SimulatedAws aws, Consoles consoles) {
    this.aws = aws;
    this.consoles = consoles;
  }

  void addTo(List<Action> actions) {
    actions.add(Action.of("GET", "clusters", this::all));
    actions.add(Action.of("POST", "clusters", this::make));
    actions.add(Action.of("GET", "clusters/*", (names, a) -> ClusterView.of(named(names))));
    actions.add(Action.of("POST", "clusters/*/console", this::run));
    actions.add(Action.of("DELETE", "consoles/*", this::leave));
    actions.add(Action.of("GET", "clusters/*/faults", (names, a) -> faults(named(names))));
    actions.add(Action.of("POST", "clusters/*/faults", this::install));
    actions.add(Action.of("DELETE", "clusters/*/faults", this::clear));
    actions.add(Action.of("POST", "clusters/*/network", this::network));
  }

  private SimulatedCluster named(List<String> names) {
    return consoles.cluster(names.get(0));
  }

  private Object all(List<String> names, Arguments arguments) {
    return Map.of("clusters", aws.cloudHsm().clusters().stream().map(ClusterView::brief).toList());
  }

  private Object make(List<String> names, Arguments arguments) {
    ClusterBuilder builder = aws.cloudHsm().cluster();
    List<String> zones = arguments.texts("zones");
    if (!zones.isEmpty()) {
      builder.zones(zones.toArray(String[]::new));
    }
    arguments.number("nodes").ifPresent(builder::nodes);
    return ClusterView.of(builder.create());
  }

  private Object run(List<String> names, Arguments arguments) {
    SimulatedCluster cluster = named(names);
    String command = arguments.requiredText("command");
    String session =
        arguments
            .text("session")
            .orElseGet(() -> consoles.start(cluster, arguments.requiredText("tool")));
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("session", session);
    answer.put("output", consoles.run(cluster, session, command));
    return answer;
  }

  private Object leave(List<String> names, Arguments arguments) {
    consoles.leave(names.get(0));
    return Map.of();
  }

  private Object install(List<String> names, Arguments arguments) {
    SimulatedCluster cluster = named(names);
    cluster.faults().install(FaultPlan.script(arguments.requiredText("plan")));
    return faults(cluster);
  }

  private Object clear(List<String> names, Arguments arguments) {
    SimulatedCluster cluster = named(names);
    cluster.faults().clear();
    return faults(cluster);
  }

  private static Object faults(SimulatedCluster cluster) {
    List<Map<String, String>> strikes =
        cluster.faults().strikes().stream()
            .map(
                strike ->
                    Map.of(
                        "when", strike.when().toString(),
                        "where", strike.where(),
                        "rule", strike.rule().toString()))
            .toList();
    return Map.of("strikes", strikes, "withheld", cluster.faults().withheld());
  }

  private Object network(List<String> names, Arguments arguments) {
    SimulatedCluster cluster = named(names);
    boolean cut =
        arguments
            .flag("cut")
            .orElseThrow(() -> new IllegalArgumentException("cut is missing: true or false"));
    if (cut) {
      cluster.cutNetwork();
    } else {
      cluster.restoreNetwork();
    }
    return Map.of("cut", cut);
  }
}
