/** The command-line tools of CloudHSM, as an operator types into them. */
@NullMarked
package dev.cks.sim.tool;

import org.jspecify.annotations.NullMarked;
