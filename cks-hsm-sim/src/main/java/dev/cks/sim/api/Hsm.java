package dev.cks.sim.api;

import dev.cks.spi.ClusterFacts.HsmState;
import org.jspecify.annotations.Nullable;

/**
 * An HSM, as the service describes it.
 *
 * @param hsmId {@code hsm-…}
 * @param clusterId the cluster it is part of
 * @param availabilityZone where it is
 * @param subnetId the subnet it has its address in
 * @param eniId its network interface
 * @param eniIp its address
 * @param hsmType for example {@code hsm1.medium}
 * @param state its state
 * @param stateMessage more about the state
 */
public record Hsm(
    String hsmId,
    String clusterId,
    String availabilityZone,
    String subnetId,
    String eniId,
    String eniIp,
    String hsmType,
    HsmState state,
    @Nullable String stateMessage) {}
