/** A simulated AWS account in one line: start at {@link dev.cks.local.SimulatedAws#create()}. */
@NullMarked
package dev.cks.local;

import org.jspecify.annotations.NullMarked;
