/** Default ports that live in memory. Not exported. */
@NullMarked
package dev.cks.memory;

import org.jspecify.annotations.NullMarked;
