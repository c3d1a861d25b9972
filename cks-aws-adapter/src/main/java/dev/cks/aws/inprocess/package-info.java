/**
 * The AWS SDK's generated clients, answered in the same process: no port, no TLS, but signing,
 * retries, interceptors and metrics as against AWS. Start at {@link
 * dev.cks.aws.inprocess.InProcessAws}.
 */
@NullMarked
package dev.cks.aws.inprocess;

import org.jspecify.annotations.NullMarked;
