/**
 * KMS as the AWS SDK's own interface: start at {@link dev.cks.aws.service.CksKmsClient}. Every
 * front ends here, so what a request may look like is checked here, once, for all of them.
 */
@NullMarked
package dev.cks.aws.service;

import org.jspecify.annotations.NullMarked;
