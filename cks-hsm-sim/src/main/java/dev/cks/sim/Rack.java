package dev.cks.sim;

import dev.cks.sim.api.Hsm;
import dev.cks.sim.hsm.Fleet;
import dev.cks.sim.hsm.HsmNode;
import dev.cks.sim.network.Network;
import dev.cks.sim.network.NetworkInterface;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.ClusterFacts.HsmState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    return slots.stream().anyMatch(slot -> slot.phase() == phase);
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
    slots = Stream.concat(slots.stream(), Stream.of(slot)).toList();
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
    slots = slots.stream().filter(other -> !other.id().equals(slot.id())).toList();
    network.deleteInterface(slot.address().id());
  }

  void clear() {
    slots.forEach(this::left);
    fleet.eraseAll();
  }

  private void enter(Slot slot, HsmState phase) {
    slots =
        slots.stream()
            .map(
                other ->
                    other.id().equals(slot.id())
                        ? new Slot(slot.id(), slot.zone(), slot.address(), phase)
                        : other)
            .toList();
  }

  List<ClusterFacts.Hsm> facts() {
    return slots.stream()
        .map(slot -> new ClusterFacts.Hsm(slot.id(), slot.zone(), state(slot)))
        .toList();
  }

  List<Hsm> describe(String hsmType) {
    return slots.stream().map(slot -> describe(slot, hsmType)).toList();
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
    return fleet.nodes().stream()
        .filter(node -> node.id().equals(slot.id()))
        .findFirst()
        .map(HsmNode::state)
        .orElse(HsmState.CREATE_IN_PROGRESS);
  }
}
