package dev.cks.aws.http;

import java.util.Locale;
import java.util.Set;

/**
 * Keeps web pages away: they can make a browser on this machine send requests here, to a name of
 * their own that resolves to this machine, or across origins. What an AWS client sends passes.
 */
final class Guard {
  static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts;

  /**
   * A guard.
   *
   * @param hosts the names under which the endpoint may be called, in lower case; IPv6 addresses in
   *     brackets
   */
  Guard(Set<String> hosts) {
    this.hosts = Set.copyOf(hosts);
  }

  void check(Request request) {
    if (!hosts.contains(nameOf(request.header("host").orElse("")))) {
      throw HttpFault.denied("The Host is not one that this endpoint answers to");
    }
    // only browsers send these
    boolean elsewhere = request.header("sec-fetch-site").filter(s -> !s.equals("none")).isPresent();
    if (elsewhere || request.header("origin").isPresent()) {
      throw HttpFault.denied("Requests from web pages are refused");
    }
  }

  /** Without the port. */
  private static String nameOf(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon >= 0 && host.indexOf(']', colon) < 0;
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }
}
