/** The cipher inside the simulated HSMs; not exported. */
@NullMarked
package dev.cks.sim.crypto;

import org.jspecify.annotations.NullMarked;
