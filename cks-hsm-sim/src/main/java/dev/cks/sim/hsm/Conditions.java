package dev.cks.sim.hsm;

import dev.cks.sim.fault.Fault;
import dev.cks.sim.fault.Lasting;
import dev.cks.spi.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What faults did that lasts. Used under the fleet's monitor. */
final class Conditions {
  private final Fleet fleet;
  private final Timeline clock;
  private final JournalLog journal;
  private final List<Condition> lasting = new ArrayList<>();

  private static final class Condition {
    final Fault fault;
    final List<HsmNode> nodes;
    int callsLeft;

    Condition(Fault fault, List<HsmNode> nodes, int callsLeft) {
      this.fault = fault;
      this.nodes = nodes;
      this.callsLeft = callsLeft;
    }
  }

  Conditions(Fleet fleet, Timeline clock, JournalLog journal) {
    this.fleet = fleet;
    this.clock = clock;
    this.journal = journal;
  }

  void begin(Fault fault, Lasting length, List<HsmNode> nodes) {
    int calls = length instanceof Lasting.Calls some ? some.count() : Integer.MAX_VALUE;
    Condition condition = new Condition(fault, nodes, calls);
    lasting.add(condition);
    if (length instanceof Lasting.Time time) {
      clock.at(
          clock.now().plus(time.duration()),
          "end of fault: " + fault,
          () -> {
            synchronized (fleet) {
              end(condition);
            }
          });
    }
  }

  /** A client begins another call. */
  void callBegins() {
    if (!lasting.isEmpty()) {
      List<Condition> over = new ArrayList<>();
      for (Condition condition : lasting) {
        if (condition.callsLeft != Integer.MAX_VALUE && condition.callsLeft-- == 0) {
          over.add(condition);
        }
      }
      over.forEach(this::end);
    }
  }

  void endAll() {
    List.copyOf(lasting).forEach(this::end);
  }

  private void end(Condition condition) {
    if (!lasting.remove(condition)) {
      return;
    }
    Fault fault = condition.fault;
    condition.nodes.forEach(node -> journal.enter("fault", "end of " + fault, node.id(), "done"));
    Consumer<HsmNode> repair =
        switch (fault.kind()) {
          case NODE_DOWN -> fleet::startAgain;
          case ZONE_PARTITION -> fleet::reconnect;
          default -> node -> {};
        };
    condition.nodes.stream().filter(fleet.nodes()::contains).forEach(repair);
  }

  Duration latency(HsmNode node) {
    Duration latency = Duration.ZERO;
    for (Condition condition : lasting) {
      if (condition.fault instanceof Fault.Slow slow && condition.nodes.contains(node)) {
        latency = latency.plus(slow.latency());
      }
    }
    return latency;
  }

  boolean isFull(HsmNode node) {
    return lasting.stream()
        .anyMatch(
            condition ->
                condition.fault instanceof Fault.StorageFull && condition.nodes.contains(node));
  }

  boolean isOutageOf(HsmNode node) {
    return latency(node).compareTo(Call.PATIENCE) > 0;
  }

  /** Whether a fault makes an HSM so slow, for longer than one call, that it seems away. */
  static boolean isOutage(Fault fault) {
    return fault instanceof Fault.Slow slow
        && slow.lasting() != null
        && slow.latency().compareTo(Call.PATIENCE) > 0;
  }
}
