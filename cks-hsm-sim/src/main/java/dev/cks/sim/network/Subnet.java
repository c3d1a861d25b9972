package dev.cks.sim.network;

/**
 * A subnet, at one moment.
 *
 * @param id {@code subnet-…}
 * @param vpcId the VPC it is part of
 * @param zone its Availability Zone
 * @param cidr its addresses, for example {@code 10.0.1.0/24}
 * @param freeAddresses how many of them are free
 */
public record Subnet(String id, String vpcId, String zone, String cidr, int freeAddresses) {}
