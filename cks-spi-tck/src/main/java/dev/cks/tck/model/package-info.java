/** What AWS documents, a second time and as small as possible, to compare the library with. */
@NullMarked
package dev.cks.tck.model;

import org.jspecify.annotations.NullMarked;
