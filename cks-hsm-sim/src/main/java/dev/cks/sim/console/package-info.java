/** What is behind the tools: parsing, asking each HSM, printing. Decides nothing. Not exported. */
@NullMarked
package dev.cks.sim.console;

import org.jspecify.annotations.NullMarked;
