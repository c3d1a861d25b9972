/** What an implementation of a port has to keep to, as tests to inherit. */
@NullMarked
package dev.cks.tck.contract;

import org.jspecify.annotations.NullMarked;
