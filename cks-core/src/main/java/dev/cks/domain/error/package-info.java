/** Errors as AWS KMS names them. */
@NullMarked
package dev.cks.domain.error;

import org.jspecify.annotations.NullMarked;
