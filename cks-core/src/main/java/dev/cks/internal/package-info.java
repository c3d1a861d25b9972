/** What cks's own modules share beside the domain. Exported to them only: no API. */
@NullMarked
package dev.cks.internal;

import org.jspecify.annotations.NullMarked;
