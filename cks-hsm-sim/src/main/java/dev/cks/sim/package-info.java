/**
 * The simulated CloudHSM service: clusters of nodes that each know only their own users and keys.
 */
@NullMarked
package dev.cks.sim;

import org.jspecify.annotations.NullMarked;
