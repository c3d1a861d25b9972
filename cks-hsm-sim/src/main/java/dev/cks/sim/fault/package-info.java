/**
 * Faults that strike on the HSM side: where ({@link dev.cks.sim.fault.FaultPoint}), when ({@link
 * dev.cks.sim.fault.Moment}), what ({@link dev.cks.sim.fault.Fault}), and the plans that say so.
 */
@NullMarked
package dev.cks.sim.fault;

import org.jspecify.annotations.NullMarked;
