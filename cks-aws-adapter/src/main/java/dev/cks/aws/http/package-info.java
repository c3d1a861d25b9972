/**
 * The simulated account behind a port: for the aws CLI, boto3 and every process that speaks to AWS
 * over HTTP. Start at {@link dev.cks.aws.http.Endpoint}. Signatures are verified; what goes wrong
 * between a client and AWS can be caused with {@link dev.cks.aws.http.FrontFaults}.
 */
@NullMarked
package dev.cks.aws.http;

import org.jspecify.annotations.NullMarked;
