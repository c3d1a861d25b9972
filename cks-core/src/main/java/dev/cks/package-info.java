/**
 * Start at {@link dev.cks.Kms}, configure with {@link dev.cks.KmsConfig}; everything else is
 * reached from there.
 */
@NullMarked
package dev.cks;

import org.jspecify.annotations.NullMarked;
