/** What the test kit costs a test run. */
@NullMarked
package dev.cks.bench.testkit;

import org.jspecify.annotations.NullMarked;
