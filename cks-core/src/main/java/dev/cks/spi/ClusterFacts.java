package dev.cks.spi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the CloudHSM service says of a cluster, at one moment.
 *
 * @param id the cluster id
 * @param state as CloudHSM reports it
 * @param lineage names the backup history; clusters restored from each other's backups share it
 * @param trustAnchor the text of {@code customerCA.crt} (PEM); empty before initialisation
 * @param hsms the HSMs of the cluster, in any state
 * @param subnets the private subnets of the cluster's configuration
 * @param portsOpen whether the cluster's security group lets its members talk to each other on TCP
 *     2223 to 2225, both ways; true for a cluster without a security group
 */
public record ClusterFacts(
    String id,
    ClusterState state,
    String lineage,
    String trustAnchor,
    List<Hsm> hsms,
    List<Subnet> subnets,
    boolean portsOpen) {

  /** A cluster whose security group is in order. */
  public ClusterFacts(
      String id,
      ClusterState state,
      String lineage,
      String trustAnchor,
      List<Hsm> hsms,
      List<Subnet> subnets) {
    this(id, state, lineage, trustAnchor, hsms, subnets, true);
  }

  /** One HSM. */
  public record Hsm(String id, String zone, HsmState state) {}

  /** One subnet and the Availability Zone it lies in. */
  public record Subnet(String id, String zone) {}

  /** CloudHSM's cluster states. */
  public enum ClusterState {
    CREATE_IN_PROGRESS,
    UNINITIALIZED,
    INITIALIZE_IN_PROGRESS,
    INITIALIZED,
    ACTIVE,
    UPDATE_IN_PROGRESS,
    MODIFY_IN_PROGRESS,
    ROLLBACK_IN_PROGRESS,
    DELETE_IN_PROGRESS,
    DELETED,
    DEGRADED
  }

  /** CloudHSM's HSM states. */
  public enum HsmState {
    CREATE_IN_PROGRESS,
    ACTIVE,
    DEGRADED,
    DELETE_IN_PROGRESS,
    DELETED
  }

  /** The HSMs that are active. */
  public List<Hsm> activeHsms() {
    List<Hsm> active = new ArrayList<>();
    for (Hsm hsm : hsms) {
      if (hsm.state() == HsmState.ACTIVE) {
        active.add(hsm);
      }
    }
    return List.copyOf(active);
  }

  /** In how many Availability Zones there is an active HSM. */
  public long activeZones() {
    Set<String> zones = new HashSet<>();
    for (Hsm hsm : activeHsms()) {
      zones.add(hsm.zone());
    }
    return zones.size();
  }

  /** In how many Availability Zones there is a subnet. */
  public long subnetZones() {
    Set<String> zones = new HashSet<>();
    for (Subnet subnet : subnets) {
      zones.add(subnet.zone());
    }
    return zones.size();
  }
}
