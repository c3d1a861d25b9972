package dev.cks.aws.http;

import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireRequest;
import dev.cks.aws.wire.WireService;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a request between the connection and the services: guarded, then either routed,
 * or its signature verified and the request dispatched in its signer's name.
 */
final class Front {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);
  private static final WireRequest UNREAD = new WireRequest("POST", "/", Map.of(), new byte[0]);
  private static final int INTERNAL_FAILURE = 500;
  private static final int UNAVAILABLE = 503;

  private final WireDispatcher dispatcher;
  private final WireHandler handler;
  private final SigV4Verifier verifier;
  private final Guard guard;
  private final Map<String, Route> routes;

  Front(
      WireDispatcher dispatcher,
      WireHandler handler,
      SigV4Verifier verifier,
      Guard guard,
      Map<String, Route> routes) {
    this.dispatcher = dispatcher;
    this.handler = handler;
    this.verifier = verifier;
    this.guard = guard;
    this.routes = Map.copyOf(routes);
  }

  /**
   * The answer to a request, whatever is wrong with it.
   *
   * @throws UncheckedIOException if the connection is to break instead
   */
  Reply answer(Request request) {
    try {
      guard.check(request);
      Optional<Route> route = routeOf(request);
      return route.isPresent() ? routed(route.get(), request) : dispatched(request);
    } catch (HttpFault e) {
      return refusal(e);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("a request failed for a reason that is a bug", e);
      return Reply.of(dispatcher.refuse(UNREAD, INTERNAL_FAILURE, "InternalFailure", null));
    }
  }

  /** The route with the longest prefix, for callers on this machine. */
  private Optional<Route> routeOf(Request request) {
    if (!request.peerIsLoopback()) {
      return Optional.empty();
    }
    return routes.entrySet().stream()
        .filter(route -> request.path().startsWith(route.getKey()))
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }

  private static Reply routed(Route route, Request request) {
    return route
        .answer(new Route.Call(request.method(), request.path(), request.query(), request.body()))
        .reply();
  }

  private Reply dispatched(Request request) {
    WireRequest wire =
        new WireRequest(request.method(), request.path(), request.headers(), request.body());
    Optional<WireService> service = dispatcher.serviceFor(wire);
    if (service.isEmpty()) {
      // says that there is no such service; a signature could not be for it
      return Reply.of(dispatcher.dispatch(wire));
    }
    try {
      Credentials signer = verifier.verify(request, service.get().protocol().signingName());
      return Reply.of(handler.dispatch(wire.from(signer.principalArn(), request.peer())));
    } catch (SignatureFault e) {
      return Reply.of(dispatcher.refuse(wire, e.status(), e.code(), e.text()));
    }
  }

  Reply refusal(HttpFault fault) {
    return Reply.of(dispatcher.refuse(UNREAD, fault.status(), fault.code(), fault.text()));
  }

  Reply overloaded() {
    return Reply.of(
        dispatcher.refuse(
            UNREAD, UNAVAILABLE, "ServiceUnavailable", "Too many connections are open"));
  }
}
