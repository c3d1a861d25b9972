package dev.cks.sim.network;

import dev.cks.sim.network.NetworkException.Problem;
import java.util.BitSet;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The addresses of one subnet. Guarded by its network. */
final class Lan {
  private final String id;
  private final String vpcId;
  private final String zone;
  private final Cidr block;
  private final BitSet used = new BitSet();

  /** Taken by somebody of whom nothing but the number is known. */
  private int others;

  Lan(String id, String vpcId, String zone, Cidr block) {
    this.id = id;
    this.vpcId = vpcId;
    this.zone = zone;
    this.block = block;
  }

  String vpcId() {
    return vpcId;
  }

  Cidr block() {
    return block;
  }

  Subnet view() {
    return new Subnet(id, vpcId, zone, block.toString(), free());
  }

  int free() {
    return block.end() - block.first() - used.cardinality() - others;
  }

  void take(int count) {
    if (count > free() || others + count < 0) {
      throw new IllegalArgumentException(
          "subnet " + id + " has " + free() + " free addresses and " + others + " taken ones");
    }
    others += count;
  }

  void requireFree() {
    if (free() < 1) {
      throw new NetworkException(Problem.NO_FREE_ADDRESS, "subnet " + id + " has no free address");
    }
  }

  /** The address asked for, or the lowest free one. */
  String allocate(@Nullable String wanted) {
    requireFree();
    int offset = wanted == null ? used.nextClearBit(block.first()) : wantedOffset(wanted);
    used.set(offset);
    return block.at(offset);
  }

  private int wantedOffset(String wanted) {
    OptionalInt address = Cidr.address(wanted);
    if (address.isPresent() && block.contains(address.getAsInt())) {
      int offset = block.offset(address.getAsInt());
      if (offset >= block.first() && offset < block.end() && !used.get(offset)) {
        return offset;
      }
    }
    throw new NetworkException(
        Problem.ADDRESS_NOT_AVAILABLE,
        "the address " + wanted + " is not a free one of subnet " + id);
  }

  void release(String ip) {
    Cidr.address(ip).ifPresent(address -> used.clear(block.offset(address)));
  }
}
