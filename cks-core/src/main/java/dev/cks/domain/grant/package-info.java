/** Grants: who may do what with one key, as AWS KMS keeps it. */
@NullMarked
package dev.cks.domain.grant;

import org.jspecify.annotations.NullMarked;
