/** For unit tests of applications that keep their keys in a custom key store. */
@NullMarked
package dev.cks.testkit;

import org.jspecify.annotations.NullMarked;
