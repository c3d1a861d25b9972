/** Values of the data plane: encryption context and ciphertext blob. */
@NullMarked
package dev.cks.domain.crypto;

import org.jspecify.annotations.NullMarked;
