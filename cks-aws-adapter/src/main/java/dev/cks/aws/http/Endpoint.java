package dev.cks.aws.http;

import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Services of one account and Region behind a port, for the aws CLI, boto3 and every other client
 * that speaks AWS JSON 1.1 over HTTP/1.1:
 *
 * <pre>{@code
 * try (Endpoint endpoint =
 *     Endpoint.builder(dispatcher, "us-east-1")
 *         .credentials(Credentials.example("arn:aws:iam::111122223333:user/Alice"))
 *         .start()) {
 *   // AWS_ENDPOINT_URL=endpoint.uri()
 * }
 * }</pre>
 *
 * <p>It listens on the loopback address unless told, and elsewhere only with TLS. Every request to
 * a service must be signed with credentials that it knows, within five minutes of the real time.
 * Requests that web pages make are refused. Whatever is sent, the answer is JSON as AWS would give
 * it, or the connection ends. Thread-safe; its threads are daemons and end with {@link #close()}.
 */
public final class Endpoint implements AutoCloseable {
  private final Listener listener;
  private final URI uri;

  private Endpoint(Listener listener, URI uri) {
    this.listener = listener;
    this.uri = uri;
  }

  /**
   * An endpoint for the services of a dispatcher.
   *
   * @param region the Region that requests must be signed for, for example {@code us-east-1}
   */
  public static Builder builder(WireDispatcher dispatcher, String region) {
    return new Builder(dispatcher, region);
  }

  /** Where it is, for {@code AWS_ENDPOINT_URL} or {@code endpointOverride}. */
  public URI uri() {
    return uri;
  }

  /** How many connections are open. */
  public int connections() {
    return listener.open();
  }

  /**
   * Accepts no more connections, lets requests under way end within the grace period, and cuts off
   * what is left. Afterwards its threads are gone.
   */
  @Override
  public void close() {
    listener.close();
  }

  @Override
  public String toString() {
    return uri.toString();
  }

  /** Plans an endpoint. Not thread-safe. */
  public static final class Builder {
    private final WireDispatcher dispatcher;
    private final String region;
    private final List<Credentials> credentials = new ArrayList<>();
    private final Map<String, Route> routes = new HashMap<>();
    private final Set<String> hosts = new HashSet<>(Guard.LOCAL_NAMES);

    private InetAddress address = InetAddress.getLoopbackAddress();
    private int port;
    private @Nullable SSLContext tls;
    private Limits limits = Limits.DEFAULT;
    private WireHandler handler;
    private InstantSource clock = RealTime::now;

    private Builder(WireDispatcher dispatcher, String region) {
      this.dispatcher = dispatcher;
      this.region = region;
      this.handler = dispatcher;
    }

    /** Somebody whose requests are answered. Without any, no request is. */
    public Builder credentials(Credentials known) {
      credentials.add(known);
      return this;
    }

    /**
     * A port of one's own choice.
     *
     * @param wanted 0, the default, for one that is free
     */
    public Builder port(int wanted) {
      port = wanted;
      return this;
    }

    /** An address other than loopback, which demands {@link #tls}, and mostly {@link #host}. */
    public Builder address(InetAddress wanted) {
      address = wanted;
      return this;
    }

    /** A further name by which clients call it, without a port; {@code localhost} always is one. */
    public Builder host(String name) {
      hosts.add(name.toLowerCase(Locale.ROOT));
      return this;
    }

    /** Speaks TLS 1.2 or 1.3 only, with the certificate of a context. */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /**
     * Puts something before the services, before what was put there earlier: for example {@code
     * faults::before} of {@link FrontFaults}. It sees requests whose signature was right.
     */
    public Builder front(UnaryOperator<WireHandler> decorator) {
      handler = decorator.apply(handler);
      return this;
    }

    /**
     * Enforces KMS's request quotas in real time, those of the account and those of each custom key
     * store: {@link RequestRates#asDocumented()}. Off unless asked for.
     */
    public Builder enforceRates() {
      return front(RequestRates.asDocumented().perKeyStore(dispatcher::keyStoresUsedBy)::before);
    }

    /**
     * Answers the paths under a prefix without asking for a signature, for callers on this machine.
     *
     * @param prefix begins and ends with a slash and is more than that, for example {@code /_cks/}
     * @throws IllegalArgumentException if it is not, or has a route already
     */
    public Builder route(String prefix, Route route) {
      if (prefix.length() < 3 || !prefix.startsWith("/") || !prefix.endsWith("/")) {
        throw new IllegalArgumentException("not a prefix like /_cks/: " + prefix);
      }
      if (routes.putIfAbsent(prefix, route) != null) {
        throw new IllegalArgumentException("two routes for " + prefix);
      }
      return this;
    }

    /**
     * How many connections may be open, each of which has a thread; 64 unless told. For one more
     * the longest idle one is closed, or one whose request has been arriving for more than a
     * second; if there is none the newcomer is answered 503.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder maxConnections(int most) {
      limits = limits.withConnections(most);
      return this;
    }

    /**
     * The longest body in bytes, 1 MiB unless told; a longer one is answered 413.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder maxBody(int bytes) {
      limits = limits.withBodyBytes(bytes);
      return this;
    }

    /**
     * When connections are cut off, enforced to about a tenth of a second.
     *
     * @param idle waiting for the next request; 30 s unless told
     * @param request from a request's first byte to its last; 10 s unless told
     * @param response until the client has taken the answer; 10 s unless told
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder timeouts(Duration idle, Duration request, Duration response) {
      limits = limits.withTimeouts(idle, request, response);
      return this;
    }

    /**
     * How long requests under way may take to end when the endpoint closes, 5 s unless told.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder grace(Duration time) {
      limits = limits.withGrace(time);
      return this;
    }

    /** For tests: what time signatures are compared with. Never an account's own time. */
    Builder clock(InstantSource wall) {
      clock = wall;
      return this;
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException if it would listen off loopback without TLS
     * @throws IllegalArgumentException if two credentials have one access key id
     * @throws IOException if the address or port cannot be had
     */
    public Endpoint start() throws IOException {
      if (!address.isLoopbackAddress() && tls == null) {
        throw new IllegalStateException("off the loopback address the endpoint demands TLS");
      }
      SigV4Verifier verifier = new SigV4Verifier(credentials, region, clock);
      Front front = new Front(dispatcher, handler, verifier, new Guard(hosts), routes);
      Listener listener = Listener.start(new InetSocketAddress(address, port), tls, limits, front);
      return new Endpoint(listener, uri(listener.port()));
    }

    private URI uri(int bound) {
      String numbers = address.getHostAddress();
      String name = numbers.contains(":") ? "[" + numbers + "]" : numbers;
      String reachable = address.isAnyLocalAddress() ? "127.0.0.1" : name;
      return URI.create((tls == null ? "http" : "https") + "://" + reachable + ":" + bound);
    }
  }
}
