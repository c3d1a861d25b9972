package dev.cks.aws.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request as HTTP carries it. Arrays and maps are not copied: leave them alone afterwards. */
public final class WireRequest {
  private static final String HERE = "127.0.0.1";

  /** CloudTrail keeps no more, and a trail of 10 000 events has to fit into the heap. */
  private static final int LONGEST_USER_AGENT = 1024;

  private final String method;
  private final String path;
  private final Function<String, Optional<String>> headers;
  private final String target;
  private final byte[] body;
  private final @Nullable String principalArn;
  private final String sourceAddress;

  /**
   * A request from this machine, of nobody in particular.
   *
   * @param method the HTTP method, {@code POST} in a request that can succeed
   * @param path the path without query, {@code /} in a request that can succeed
   * @param headers by name, in whatever case
   * @param body the bytes as received; more than {@link WireDispatcher#BODY_LIMIT} are refused
   */
  public WireRequest(String method, String path, Map<String, List<String>> headers, byte[] body) {
    this(method, path, name -> first(headers, name), body);
  }

  /**
   * The same, of something that finds headers quicker than going over them.
   *
   * @param headers the first value of a header, whatever the case of its name
   */
  public WireRequest(
      String method, String path, Function<String, Optional<String>> headers, byte[] body) {
    this(method, path, headers, body, null, HERE);
  }

  private WireRequest(
      String method,
      String path,
      Function<String, Optional<String>> headers,
      byte[] body,
      @Nullable String principalArn,
      String sourceAddress) {
    this.method = Objects.requireNonNull(method, "method");
    this.path = Objects.requireNonNull(path, "path");
    this.headers = Objects.requireNonNull(headers, "headers");
    this.target = headers.apply("X-Amz-Target").orElse("");
    this.body = Objects.requireNonNull(body, "body");
    this.principalArn = principalArn;
    this.sourceAddress = sourceAddress;
  }

  /**
   * The same request, sent by someone.
   *
   * @param arn the principal's ARN
   * @param address the IP address it came from
   */
  public WireRequest from(String arn, String address) {
    return new WireRequest(method, path, headers, body, arn, address);
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return headers.apply(name);
  }

  /** The header {@code X-Amz-Target}: service and operation; empty if there is none. */
  public String target() {
    return target;
  }

  private static Optional<String> first(Map<String, List<String>> headers, String name) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      // the JDK's HTTP classes put the status line under a null name
      if (name.equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()) {
        return Optional.of(header.getValue().get(0));
      }
    }
    return Optional.empty();
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  byte[] body() {
    return body;
  }

  WireCaller caller(String requestId) {
    return new WireCaller(principalArn, sourceAddress, userAgent(), requestId);
  }

  private String userAgent() {
    String whole = header("User-Agent").orElse("-");
    return whole.length() > LONGEST_USER_AGENT ? whole.substring(0, LONGEST_USER_AGENT) : whole;
  }

  /** Without headers and body, which may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " (" + body.length + " bytes)";
  }
}
