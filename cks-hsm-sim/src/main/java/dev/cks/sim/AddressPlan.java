package dev.cks.sim;

/** Blocks of addresses for a VPC of equal subnets that each have room for so many hosts. */
record AddressPlan(int prefix) {
  /** Small enough for a VPC of 16 bits, whole in the third byte. */
  private static final int SMALLEST = 24;

  private static final int LARGEST = 20;

  /** What EC2 keeps for itself in each subnet. */
  private static final int KEPT = 5;

  static AddressPlan forHosts(int hosts) {
    int prefix = SMALLEST;
    while (1 << (32 - prefix) < hosts + KEPT) {
      prefix--;
    }
    if (prefix < LARGEST) {
      throw new IllegalArgumentException("a subnet has room for 4091 hosts, not " + hosts);
    }
    return new AddressPlan(prefix);
  }

  String vpc() {
    return "10.0.0.0/16";
  }

  String subnet(int number) {
    return "10.0." + number * (1 << (SMALLEST - prefix)) + ".0/" + prefix;
  }
}
