/** Passwords and plaintext that must not leak. */
@NullMarked
package dev.cks.domain.secret;

import org.jspecify.annotations.NullMarked;
