package dev.cks.sim.network;

import java.util.List;

/**
 * An elastic network interface: it holds one address of its subnet.
 *
 * @param id {@code eni-…}
 * @param subnetId where it is
 * @param ip its private address
 * @param description what it is for
 * @param groups ids of its security groups
 */
public record NetworkInterface(
    String id, String subnetId, String ip, String description, List<String> groups) {
  public NetworkInterface {
    groups = List.copyOf(groups);
  }
}
