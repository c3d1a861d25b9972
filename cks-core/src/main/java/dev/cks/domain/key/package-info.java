/** KMS keys: how they are named, what state they are in, and which operation that state permits. */
@NullMarked
package dev.cks.domain.key;

import org.jspecify.annotations.NullMarked;
