/**
 * What the people who run a cluster do, over HTTP: for programs and shells that cannot call {@link
 * dev.cks.local.SimulatedAws}. Start at {@link dev.cks.local.operator.OperatorRoutes}.
 */
@NullMarked
package dev.cks.local.operator;

import org.jspecify.annotations.NullMarked;
