/** Backups of clusters and what becomes of them with time. Not exported. */
@NullMarked
package dev.cks.sim.backup;

import org.jspecify.annotations.NullMarked;
