package dev.cks.sim.hsm;

import dev.cks.sim.fault.Fault;
import java.util.List;
import java.util.Set;

/**
 * What a cluster promises to survive: two HSMs in two zones remain in reach, and two such of each
 * acknowledged key.
 */
final class Budget {
  private final Fleet fleet;
  private final Conditions conditions;

  Budget(Fleet fleet, Conditions conditions) {
    this.fleet = fleet;
    this.conditions = conditions;
  }

  boolean allows(Fault fault, HsmNode struck) {
    return switch (fault.kind()) {
      case NODE_DOWN, KEY_SYNC_LOST -> survives(Set.of(struck));
      case ZONE_PARTITION -> survives(Set.copyOf(fleet.inZone(struck.zone())));
      case SLOW -> !Conditions.isOutage(fault) || survives(Set.of(struck));
      default -> true;
    };
  }

  private boolean survives(Set<HsmNode> lost) {
    List<HsmNode> left =
        fleet.nodes().stream()
            .filter(node -> fleet.answers(node) && !lost.contains(node))
            .filter(node -> !conditions.isOutageOf(node))
            .toList();
    return zones(left) >= 2 && everyAcknowledgedKeyIsIn(left);
  }

  private boolean everyAcknowledgedKeyIsIn(List<HsmNode> left) {
    for (HsmNode node : fleet.nodes()) {
      for (KeyObject key : node.keys()) {
        if (key.isAcknowledged()
            && key.isPersistent()
            && zones(left.stream().filter(other -> other.key(key.id()) == key).toList()) < 2) {
          return false;
        }
      }
    }
    return true;
  }

  private static long zones(List<HsmNode> nodes) {
    return nodes.stream().map(HsmNode::zone).distinct().count();
  }
}
