/** As much of EC2 as a cluster needs: VPCs, subnets, security groups and network interfaces. */
@NullMarked
package dev.cks.sim.network;

import org.jspecify.annotations.NullMarked;
