/** Custom key stores: connection states, what moves between them, and the rules for their parts. */
@NullMarked
package dev.cks.domain.keystore;

import org.jspecify.annotations.NullMarked;
