package dev.cks.service;

import dev.cks.domain.key.AccountRegion;

/**
 * Who makes a call. Authorisation is not evaluated: a caller is recorded, not judged.
 *
 * @param principalArn the caller's ARN
 * @param sourceAddress IP address, or a service's name
 * @param userAgent the client program
 * @param requestId unique for each call, a UUID
 */
public record Caller(
    String principalArn, String sourceAddress, String userAgent, String requestId) {

  /** The account's root user, calling in process. */
  public static Caller root(AccountRegion scope, String requestId) {
    return new Caller(scope.rootArn(), "127.0.0.1", "cks", requestId);
  }

  /** The same caller, making another call. */
  public Caller withRequestId(String otherRequestId) {
    return new Caller(principalArn, sourceAddress, userAgent, otherRequestId);
  }
}
