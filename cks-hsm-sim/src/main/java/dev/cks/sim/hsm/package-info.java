/** The HSMs of a cluster: what each knows by itself, and the one gate before them. Not exported. */
@NullMarked
package dev.cks.sim.hsm;

import org.jspecify.annotations.NullMarked;
