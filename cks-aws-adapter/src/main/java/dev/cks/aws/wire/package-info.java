/**
 * AWS JSON 1.1 without a transport: {@link dev.cks.aws.wire.WireDispatcher} takes a request as HTTP
 * carries it and gives the answer that HTTP would carry back. One codec reads and writes every
 * shape of every service that the AWS SDK generates; nothing here knows an operation by name,
 * except for the few whose answers have no body.
 */
@NullMarked
package dev.cks.aws.wire;

import org.jspecify.annotations.NullMarked;
