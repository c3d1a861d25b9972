/**
 * The control plane of CloudHSM v2: its 18 operations, what they take and give, and their errors.
 */
@NullMarked
package dev.cks.sim.api;

import org.jspecify.annotations.NullMarked;
