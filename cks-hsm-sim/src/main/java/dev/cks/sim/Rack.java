package dev.cks.sim;

import dev.cks.sim.api.Hsm;
import dev.cks.sim.hsm.Fleet;
import dev.cks.sim.hsm.HsmNode;
import dev.cks.sim.network.Network;
import dev.cks.sim.network.NetworkInterface;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.ClusterFacts.HsmState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HSMs of a cluster as the service sees them: those in the fleet, and those that come or go.
 * Each holds an address. Changed under the service's lock, read without.
 */
final class Rack {
  private final Site site;
  private final Fleet fleet;
  private final Network network;
  private volatile List<Slot> slots = List.of();

  /** One HSM; only while its phase is {@code ACTIVE} there is a node, which knows better. */
  record Slot(String id, String zone, NetworkInterface address, HsmState phase) {}

  Rack(Site site, Fleet fleet, Network network) {
    this.site = site;
    this.fleet = fleet;
    this.network = network;
  }

  int size() {
    return slots.size();
  }

  boolean isGrowing() {
    return has(HsmState.CREATE_IN_PROGRESS);
  }

  boolean has(HsmState phase) {
    for (Slot slot : slots) {
      if (slot.phase() == phase) {
        return true;
      }
    }
    return false;
  }

  List<Slot> slots() {
    return slots;
  }

  Optional<Slot> find(String id) {
    return slots.stream().filter(slot -> slot.id().equals(id)).findFirst();
  }

  /** Takes an address for an HSM to come. */
  Slot reserve(String id, String zone, @Nullable String ip, String securityGroup) {
    String subnet = site.subnets().get(zone);
    if (subnet == null) {
      throw new IllegalArgumentException("the cluster has no subnet in " + zone);
    }
    NetworkInterface address =
        network.createInterface(
            subnet, ip, "CloudHSM managed ENI for cluster " + site.id(), List.of(securityGroup));
    Slot slot = new Slot(id, zone, address, HsmState.CREATE_IN_PROGRESS);
    List<Slot> more = new ArrayList<>(slots);
    more.add(slot);
    slots = List.copyOf(more);
    return slot;
  }

  /** The HSM is there: from now on the fleet has it. */
  void arrived(Slot slot) {
    enter(slot, HsmState.ACTIVE);
    fleet.add(new HsmNode(slot.id(), slot.zone(), slot.address().ip()));
  }

  /** The HSM is on its way out: the fleet has it no longer. */
  void leaving(Slot slot) {
    enter(slot, HsmState.DELETE_IN_PROGRESS);
    fleet.remove(fleet.node(slot.id()));
  }

  /** The HSM is gone, its address free. */
  void left(Slot slot) {
    replace(slot, null);
    network.deleteInterface(slot.address().id());
  }

  void clear() {
    for (Slot slot : slots) {
      left(slot);
    }
    fleet.eraseAll();
  }

  private void enter(Slot slot, HsmState phase) {
    replace(slot, new Slot(slot.id(), slot.zone(), slot.address(), phase));
  }

  private void replace(Slot slot, @Nullable Slot by) {
    List<Slot> others = new ArrayList<>();
    for (Slot other : slots) {
      Slot now = other.id().equals(slot.id()) ? by : other;
      if (now != null) {
        others.add(now);
      }
    }
    slots = List.copyOf(others);
  }

  List<ClusterFacts.Hsm> facts() {
    List<ClusterFacts.Hsm> facts = new ArrayList<>();
    for (Slot slot : slots) {
      facts.add(new ClusterFacts.Hsm(slot.id(), slot.zone(), state(slot)));
    }
    return facts;
  }

  List<Hsm> describe(String hsmType) {
    List<Hsm> described = new ArrayList<>();
    for (Slot slot : slots) {
      described.add(describe(slot, hsmType));
    }
    return described;
  }

  Hsm describe(Slot slot, String hsmType) {
    NetworkInterface address = slot.address();
    return new Hsm(
        slot.id(),
        site.id(),
        slot.zone(),
        address.subnetId(),
        address.id(),
        address.ip(),
        hsmType,
        state(slot),
        null);
  }

  private HsmState state(Slot slot) {
    if (slot.phase() != HsmState.ACTIVE) {
      return slot.phase();
    }
    for (HsmNode node : fleet.nodes()) {
      if (node.id().equals(slot.id())) {
        return node.state();
      }
    }
    return HsmState.CREATE_IN_PROGRESS;
  }
}
