/** What holds after every step of every history. */
@NullMarked
package dev.cks.tck.invariant;

import org.jspecify.annotations.NullMarked;
