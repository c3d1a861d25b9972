package dev.cks.service;

import dev.cks.domain.key.AccountRegion;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * Who makes a call. Authorisation is not evaluated: a caller is recorded, not judged. Immutable.
 * Two are equal if they are alike in all four.
 */
public final class Caller {
  private final String principalArn;
  private final String sourceAddress;
  private final String userAgent;

  // most request ids are never looked at, so a number stands for one
  private final LongFunction<String> requestIds;
  private final long requestNumber;

  private Caller(
      String principalArn,
      String sourceAddress,
      String userAgent,
      LongFunction<String> requestIds,
      long requestNumber) {
    this.principalArn = principalArn;
    this.sourceAddress = sourceAddress;
    this.userAgent = userAgent;
    this.requestIds = requestIds;
    this.requestNumber = requestNumber;
  }

  /**
   * A caller.
   *
   * @param principalArn the caller's ARN
   * @param sourceAddress IP address, or a service's name
   * @param userAgent the client program
   * @param requestId unique for each call, a UUID
   */
  public Caller(String principalArn, String sourceAddress, String userAgent, String requestId) {
    this(principalArn, sourceAddress, userAgent, number -> requestId, 0);
  }

  /** The account's root user, calling in process. */
  public static Caller root(AccountRegion scope, String requestId) {
    return new Caller(scope.rootArn(), "127.0.0.1", "cks", requestId);
  }

  /** The same caller, making another call. */
  public Caller withRequestId(String otherRequestId) {
    return new Caller(principalArn, sourceAddress, userAgent, otherRequestId);
  }

  /**
   * The same caller, making another call, whose id is written out when somebody looks.
   *
   * @param ids gives the same id for the same number each time
   */
  public Caller withRequestId(LongFunction<String> ids, long number) {
    return new Caller(principalArn, sourceAddress, userAgent, ids, number);
  }

  /** The caller's ARN. */
  public String principalArn() {
    return principalArn;
  }

  /** IP address, or a service's name. */
  public String sourceAddress() {
    return sourceAddress;
  }

  /** The client program. */
  public String userAgent() {
    return userAgent;
  }

  /** Unique for each call, a UUID. */
  public String requestId() {
    return requestIds.apply(requestNumber);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Caller that
        && principalArn.equals(that.principalArn)
        && sourceAddress.equals(that.sourceAddress)
        && userAgent.equals(that.userAgent)
        && requestId().equals(that.requestId());
  }

  @Override
  public int hashCode() {
    return Objects.hash(principalArn, sourceAddress, userAgent, requestId());
  }

  @Override
  public String toString() {
    return "Caller["
        + principalArn
        + ", "
        + sourceAddress
        + ", "
        + userAgent
        + ", "
        + requestId()
        + "]";
  }
}
