package dev.cks.aws.http;

import dev.cks.aws.wire.WireRequest;

/** What a request asks for. */
final class Target {
  private Target() {}

  /** The operation's name; empty if the request names none. */
  static String operationOf(WireRequest request) {
    String target = request.target();
    return target.substring(target.lastIndexOf('.') + 1);
  }

  /** Whether a request is for a service. */
  static boolean isFor(WireRequest request, String targetPrefix) {
    return request.target().startsWith(targetPrefix + ".");
  }
}
