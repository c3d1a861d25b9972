package dev.cks.sim.network;

import dev.cks.sim.network.NetworkException.Problem;
import dev.cks.sim.network.SecurityGroup.Direction;
import dev.cks.sim.time.SeededStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The VPCs of one account and Region, as far as clusters need them. Addresses run out for real:
 * each HSM holds one, and each connected key store one in every subnet of its cluster. Unlike EC2
 * it lets a subnet be deleted under its interfaces, since that is how clusters come to name subnets
 * that are gone. An unknown id is an {@link IllegalArgumentException}. Thread-safe.
 */
public final class Network {
  private final SeededStream random;
  private final Map<String, Cidr> vpcs = new LinkedHashMap<>();
  private final Map<String, Lan> subnets = new LinkedHashMap<>();
  private final Map<String, SecurityGroup> groups = new LinkedHashMap<>();
  private final Map<String, Runnable> listeners = new LinkedHashMap<>();
  private final Map<String, NetworkInterface> interfaces = new LinkedHashMap<>();

  /** A Region without VPCs; ids come from the stream. */
  public Network(SeededStream random) {
    this.random = random;
  }

  // what the owner of the account does

  /**
   * Makes a VPC.
   *
   * @param cidr a block of 16 to 65536 addresses, for example {@code 10.0.0.0/16}
   * @return its id
   */
  public synchronized String createVpc(String cidr) {
    Cidr block = Cidr.parse(cidr);
    String id = newId("vpc");
    vpcs.put(id, block);
    return id;
  }

  /**
   * Makes a private subnet.
   *
   * @param cidr a part of the VPC's block that no other subnet has
   * @return its id
   */
  public synchronized String createSubnet(String vpcId, String zone, String cidr) {
    Cidr vpc = known(vpcs, vpcId, "VPC");
    Cidr block = Cidr.parse(cidr);
    if (!vpc.contains(block) || isTaken(vpcId, block)) {
      throw new IllegalArgumentException(cidr + " is not a free part of " + vpc);
    }
    String id = newId("subnet");
    subnets.put(id, new Lan(id, vpcId, zone, block));
    return id;
  }

  private boolean isTaken(String vpcId, Cidr block) {
    for (Lan other : subnets.values()) {
      boolean overlaps = other.block().contains(block) || block.contains(other.block());
      if (overlaps && other.vpcId().equals(vpcId)) {
        return true;
      }
    }
    return false;
  }

  /** Deletes a subnet; clusters that were made with it still name it. */
  public synchronized void deleteSubnet(String subnetId) {
    known(subnets, subnetId, "subnet");
    subnets.remove(subnetId);
  }

  /** Somebody else takes free addresses of a subnet; a negative count gives them back. */
  public synchronized void takeAddresses(String subnetId, int count) {
    known(subnets, subnetId, "subnet").take(count);
  }

  /** The rule of this direction is removed from a security group; traffic stops at once. */
  public void revoke(String groupId, Direction direction) {
    changeRules(groupId, direction, false);
  }

  /** The rule of this direction is put back. */
  public void authorize(String groupId, Direction direction) {
    changeRules(groupId, direction, true);
  }

  private void changeRules(String groupId, Direction direction, boolean present) {
    Runnable listener;
    synchronized (this) {
      SecurityGroup group = securityGroup(groupId);
      Set<Direction> rules = new TreeSet<>(group.rules());
      boolean changed = present ? rules.add(direction) : rules.remove(direction);
      groups.put(groupId, new SecurityGroup(groupId, group.name(), group.vpcId(), rules));
      listener = changed ? listeners.get(groupId) : null;
    }
    if (listener != null) {
      listener.run(); // outside the monitor: it asks back
    }
  }

  // what there is

  /** The subnet, unless it was deleted or never was. */
  public synchronized Optional<Subnet> subnet(String subnetId) {
    return Optional.ofNullable(subnets.get(subnetId)).map(Lan::view);
  }

  /** The security group with this id. */
  public synchronized SecurityGroup securityGroup(String groupId) {
    return known(groups, groupId, "security group");
  }

  /** The security groups, by name. */
  public synchronized List<SecurityGroup> securityGroups() {
    return groups.values().stream().sorted(Comparator.comparing(SecurityGroup::name)).toList();
  }

  /** The interfaces, the oldest first. */
  public synchronized List<NetworkInterface> interfaces() {
    return List.copyOf(interfaces.values());
  }

  // what services do in the account

  /** Makes a security group with both rules, and tells {@code listener} when one comes or goes. */
  public synchronized String createSecurityGroup(String vpcId, String name, Runnable listener) {
    known(vpcs, vpcId, "VPC");
    String id = newId("sg");
    groups.put(id, new SecurityGroup(id, name, vpcId, Set.of(Direction.values())));
    listeners.put(id, listener);
    return id;
  }

  /** Deletes a security group; one that is gone already stays gone. */
  public synchronized void deleteSecurityGroup(String groupId) {
    groups.remove(groupId);
    listeners.remove(groupId);
  }

  /**
   * Makes one interface.
   *
   * @param wantedIp its address; null for any
   * @throws NetworkException if the subnet cannot give that; nothing is held then
   */
  public synchronized NetworkInterface createInterface(
      String subnetId, @Nullable String wantedIp, String description, List<String> groupIds) {
    String ip = existing(subnetId).allocate(wantedIp);
    NetworkInterface created =
        new NetworkInterface(newId("eni"), subnetId, ip, description, groupIds);
    interfaces.put(created.id(), created);
    return created;
  }

  /**
   * Makes one interface in each of these subnets, or none.
   *
   * @throws NetworkException first of all for a subnet that does not exist, then for one that is
   *     full
   */
  public synchronized List<NetworkInterface> createInterfaces(
      List<String> subnetIds, String description, List<String> groupIds) {
    List<Lan> all = new ArrayList<>();
    for (String subnetId : subnetIds) {
      all.add(existing(subnetId));
    }
    for (Lan lan : all) {
      lan.requireFree();
    }
    List<NetworkInterface> created = new ArrayList<>();
    for (String subnetId : subnetIds) {
      created.add(createInterface(subnetId, null, description, groupIds));
    }
    return created;
  }

  /** Gives the address back; an interface that is gone already stays gone. */
  public synchronized void deleteInterface(String interfaceId) {
    NetworkInterface gone = interfaces.remove(interfaceId);
    if (gone != null) {
      Lan subnet = subnets.get(gone.subnetId());
      if (subnet != null) {
        subnet.release(gone.ip());
      }
    }
  }

  private Lan existing(String subnetId) {
    Lan subnet = subnets.get(subnetId);
    if (subnet == null) {
      throw new NetworkException(
          Problem.SUBNET_NOT_FOUND, "subnet " + subnetId + " does not exist");
    }
    return subnet;
  }

  private static <T> T known(Map<String, T> things, String id, String what) {
    T thing = things.get(id);
    if (thing == null) {
      throw new IllegalArgumentException("no " + what + " " + id);
    }
    return thing;
  }

  private String newId(String kind) {
    byte[] drawn = new byte[9];
    random.fill(drawn);
    return kind + "-" + HexFormat.of().formatHex(drawn).substring(1);
  }
}
