/** What happened on the HSM side, for people and for comparing two runs. */
@NullMarked
package dev.cks.sim.journal;

import org.jspecify.annotations.NullMarked;
