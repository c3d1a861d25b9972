/**
 * Worlds that take steps. {@link dev.cks.testkit.simulation.KeyStoreWorld} is one for tests of
 * applications; {@link dev.cks.testkit.simulation.Simulation} runs histories of the library itself
 * against its reference model.
 */
@NullMarked
package dev.cks.testkit.simulation;

import org.jspecify.annotations.NullMarked;
