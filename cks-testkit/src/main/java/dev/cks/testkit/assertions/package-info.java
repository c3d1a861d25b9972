/** Assertions for key stores, keys, clusters and the trail of events. */
@NullMarked
package dev.cks.testkit.assertions;

import org.jspecify.annotations.NullMarked;
