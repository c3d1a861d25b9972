/** What the packages of this module share. Not for users: it may change at any time. */
@NullMarked
package dev.cks.local.internal;

import org.jspecify.annotations.NullMarked;
