package dev.cks.sim.network;

import java.util.Set;

/**
 * A security group with the rules that matter to clusters.
 *
 * @param id {@code sg-…}
 * @param name for example {@code cloudhsm-cluster-<cluster id>-sg}
 * @param vpcId the VPC it is part of
 * @param rules in which directions it lets its members talk to each other on TCP 2223 to 2225
 */
public record SecurityGroup(String id, String name, String vpcId, Set<Direction> rules) {
  public SecurityGroup {
    rules = Set.copyOf(rules);
  }

  /** Which way a rule lets traffic pass. */
  public enum Direction {
    /** An inbound rule. */
    INBOUND,
    /** An outbound rule. */
    OUTBOUND
  }

  /** Whether both rules are there, without which nobody talks to an HSM. */
  public boolean letsClientsThrough() {
    return rules.size() == Direction.values().length;
  }
}
