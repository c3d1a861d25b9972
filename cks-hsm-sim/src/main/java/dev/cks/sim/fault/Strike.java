package dev.cks.sim.fault;

import java.time.Instant;

/**
 * A fault that struck.
 *
 * @param when in virtual time
 * @param where the HSM's id; the cluster's where no HSM takes part
 * @param rule by which rule
 */
public record Strike(Instant when, String where, FaultRule rule) {}
