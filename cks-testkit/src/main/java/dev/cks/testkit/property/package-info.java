/**
 * Properties of code that uses a custom key store, with jqwik. Start at {@link
 * dev.cks.testkit.property.KeyStoreProperties}. The package needs {@code net.jqwik:jqwik:1.9.3},
 * which whoever writes properties adds.
 */
@NullMarked
package dev.cks.testkit.property;

import org.jspecify.annotations.NullMarked;
