/** Audit events that are kept in memory and can be read back. */
@NullMarked
package dev.cks.audit;

import org.jspecify.annotations.NullMarked;
