package dev.cks.aws.wire;

import dev.cks.domain.key.AccountRegion;
import dev.cks.service.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, as far as the front that took it knows.
 *
 * @param principalArn the ARN of whoever signed it; null when nobody looked: the account itself
 * @param sourceAddress IP address
 * @param userAgent the client program
 * @param requestId the id that the answer will carry
 */
public record WireCaller(
    @Nullable String principalArn, String sourceAddress, String userAgent, String requestId) {

  /** The caller as services know one; the root user of the account if nobody looked. */
  public Caller in(AccountRegion scope) {
    return new Caller(
        principalArn == null ? scope.rootArn() : principalArn, sourceAddress, userAgent, requestId);
  }
}
