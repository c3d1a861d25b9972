/**
 * The ports: what stands behind a key store, where metadata goes, who gives time and randomness.
 * Each port says first what it does not promise; the contract suites of {@code cks-spi-tck} are the
 * proof of an implementation.
 */
@NullMarked
package dev.cks.spi;

import org.jspecify.annotations.NullMarked;
