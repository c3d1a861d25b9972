package dev.cks.aws.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is well-formed HTTP/1.1.
 *
 * @param path as sent, without the query
 * @param query as sent, without the question mark; empty if there is none
 * @param headers by name in lower case; values without the space around them
 * @param peer the IP address it came from
 */
// passed on and never compared
@SuppressWarnings("ArrayRecordComponent")
record Request(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    byte[] body,
    String peer,
    boolean peerIsLoopback) {

  /** The first value of a header, by its name in lower case. */
  Optional<String> header(String name) {
    List<String> values = headers.get(name);
    return values == null ? Optional.empty() : Optional.of(values.get(0));
  }

  /** Without query, headers and body, which may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " (" + body.length + " bytes)";
  }
}
