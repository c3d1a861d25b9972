/** X.509 for InitializeCluster. Not exported, and loaded only when a certificate is looked at. */
@NullMarked
package dev.cks.sim.pki;

import org.jspecify.annotations.NullMarked;
