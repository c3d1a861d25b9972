package dev.cks.sim.network;

import java.util.OptionalInt;

/** A block of IPv4 addresses. EC2 keeps the first four and the last one of a subnet. */
record Cidr(int base, int prefix) {
  private static final int KEPT_AT_START = 4;

  static Cidr parse(String text) {
    String[] parts = text.split("/", -1);
    OptionalInt base = address(parts[0]);
    if (parts.length != 2 || base.isEmpty() || !parts[1].matches("1[6-9]|2[0-8]")) {
      throw new IllegalArgumentException("not a block of 16 to 65536 addresses: " + text);
    }
    Cidr block = new Cidr(base.getAsInt(), Integer.parseInt(parts[1]));
    if ((block.base & (block.size() - 1)) != 0) {
      throw new IllegalArgumentException("a block begins at a multiple of its size: " + text);
    }
    return block;
  }

  /** The 32 bits of an address, if it is one. */
  static OptionalInt address(String text) {
    String[] parts = text.split("\\.", -1);
    int bits = 0;
    for (String part : parts) {
      if (parts.length != 4 || !part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
        return OptionalInt.empty();
      }
      bits = bits << 8 | Integer.parseInt(part);
    }
    return OptionalInt.of(bits);
  }

  int size() {
    return 1 << (32 - prefix);
  }

  int first() {
    return KEPT_AT_START;
  }

  /** One beyond the last offset that can be used. */
  int end() {
    return size() - 1;
  }

  boolean contains(Cidr other) {
    return other.prefix >= prefix && contains(other.base);
  }

  boolean contains(int address) {
    return (address & -size()) == base;
  }

  int offset(int address) {
    return address - base;
  }

  String at(int offset) {
    int address = base + offset;
    return (address >>> 24)
        + "."
        + ((address >>> 16) & 255)
        + "."
        + ((address >>> 8) & 255)
        + "."
        + (address & 255);
  }

  @Override
  public String toString() {
    return at(0) + "/" + prefix;
  }
}
