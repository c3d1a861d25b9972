/** The users of an HSM, as people see them. */
@NullMarked
package dev.cks.sim.user;

import org.jspecify.annotations.NullMarked;
