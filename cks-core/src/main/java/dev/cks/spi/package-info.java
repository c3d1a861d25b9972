/**
 * The ports: what stands behind a key store, where metadata goes, who gives time and randomness.
 * Each port says first what it does not promise; the contract suites of {@code cks-spi-tck} are the
 * proof of an implementation.
 *
 * <p>Until version 1.0 a minor version may change a port, and the changelog says under a heading of
 * its own what an implementation has to do about it; a patch never does.
 */
@NullMarked
package dev.cks.spi;

import org.jspecify.annotations.NullMarked;
