/** What every package of this module may use and nobody else; not exported. */
@NullMarked
package dev.cks.sim.internal;

import org.jspecify.annotations.NullMarked;
