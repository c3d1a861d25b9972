/** Time and randomness that a test holds in its hands. */
@NullMarked
package dev.cks.sim.time;

import org.jspecify.annotations.NullMarked;
