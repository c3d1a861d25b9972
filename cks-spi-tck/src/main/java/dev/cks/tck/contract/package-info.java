/** Contracts: subclass one, supply an implementation, and its obligations run as tests. */
@NullMarked
package dev.cks.tck.contract;

import org.jspecify.annotations.NullMarked;
