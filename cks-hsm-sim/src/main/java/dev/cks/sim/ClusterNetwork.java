package dev.cks.sim;

import dev.cks.sim.hsm.Fleet;
import dev.cks.sim.network.Network;
import dev.cks.sim.network.SecurityGroup.Direction;
import dev.cks.spi.Attachment;

/** A cluster's security group and subnets, and whether its clients reach it. Thread-safe. */
final class ClusterNetwork {
  private final Site site;
  private final Fleet fleet;
  private final Network network;
  private final String securityGroup;
  private boolean cut;
  private volatile boolean portsOpen = true;

  ClusterNetwork(Site site, Fleet fleet, Network network) {
    this.site = site;
    this.fleet = fleet;
    this.network = network;
    this.securityGroup =
        network.createSecurityGroup(site.vpcId(), site.securityGroupName(), this::rulesChanged);
  }

  String securityGroup() {
    return securityGroup;
  }

  /** Whether the rules for TCP 2223 to 2225 are there. */
  boolean portsOpen() {
    return portsOpen;
  }

  Attachment attach(String keyStoreId) {
    return KeyStoreNetwork.attach(network, site, securityGroup, keyStoreId);
  }

  synchronized void cut(boolean off) {
    cut = off;
    apply();
  }

  void revoke(Direction direction) {
    network.revoke(securityGroup, direction);
  }

  void authorize(Direction direction) {
    network.authorize(securityGroup, direction);
  }

  private synchronized void rulesChanged() {
    portsOpen = network.securityGroup(securityGroup).letsClientsThrough();
    apply();
  }

  /** Traffic passes if nobody cut the network and the security group has its rules. */
  private void apply() {
    if (cut || !portsOpen) {
      fleet.cutNetwork();
    } else {
      fleet.restoreNetwork();
    }
  }

  void deleteSubnet(String subnet) {
    network.deleteSubnet(subnetId(subnet));
  }

  void takeAddresses(String subnet, int count) {
    network.takeAddresses(subnetId(subnet), count);
  }

  int freeAddresses(String subnet) {
    return network
        .subnet(subnetId(subnet))
        .orElseThrow(() -> new IllegalArgumentException("subnet " + subnet + " is deleted"))
        .freeAddresses();
  }

  private String subnetId(String idOrZone) {
    String id = site.subnets().getOrDefault(idOrZone, idOrZone);
    if (!site.subnets().containsValue(id)) {
      throw new IllegalArgumentException("no subnet " + idOrZone);
    }
    return id;
  }

  void delete() {
    network.deleteSecurityGroup(securityGroup);
  }
}
