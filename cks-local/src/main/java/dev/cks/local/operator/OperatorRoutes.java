package dev.cks.local.operator;

import dev.cks.aws.http.Endpoint;
import dev.cks.aws.http.FrontFaults;
import dev.cks.aws.http.Route;
import dev.cks.local.SimulatedAws;
import dev.cks.local.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Routes under {@code /_cks/} of an endpoint, for causing what goes wrong and for looking at it:
 * the operator's command-line tools, fault plans, the clock, the clusters node by node, the
 * journal, new clusters, and reset. They are there only if they are put there:
 *
 * <pre>{@code
 * aws.endpoint(
 *     builder ->
 *         new OperatorRoutes(aws)
 *             .onto(builder.credentials(Credentials.example("arn:aws:iam::111122223333:root"))));
 * }</pre>
 *
 * <p>Requests and answers are JSON. They are not signed, and answered to callers on this machine
 * only. What makes no sense is answered status 400, what is not there 404, both with an {@code
 * error}. A GET changes nothing. Thread-safe.
 */
public final class OperatorRoutes implements Route {
  /** Where they are. */
  public static final String PREFIX = "/_cks/";

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final FrontFaults frontFaults;
  private final List<Action> actions = new ArrayList<>();

  /**
   * The routes to one account and Region.
   *
   * @param aws stays the caller's to close
   */
  public OperatorRoutes(SimulatedAws aws) {
    this.frontFaults = new FrontFaults(1);
    Consoles consoles = new Consoles(aws);
    new ClusterActions(aws, consoles).addTo(actions);
    new FrontFaultActions(frontFaults).addTo(actions);
    new WorldActions(aws, consoles, frontFaults).addTo(actions);
  }

  /**
   * Puts the routes on an endpoint, and the faults that they plan in front of its services.
   *
   * @return the same builder
   */
  public Endpoint.Builder onto(Endpoint.Builder endpoint) {
    return endpoint.route(PREFIX, this).front(frontFaults::before);
  }

  @Override
  public Answer answer(Call call) {
    List<String> path = List.of(call.path().substring(PREFIX.length()).split("/", -1));
    for (Action action : actions) {
      if (action.isFor(call.method(), path)) {
        return perform(action, path, call);
      }
    }
    return error(NOT_FOUND, "there is no " + call.method() + " " + call.path());
  }

  private static Answer perform(Action action, List<String> path, Call call) {
    try {
      Map<String, Object> body = Json.readObject(call.body());
      return Answer.json(Json.write(action.perform(path, new Arguments(body, call.query()))));
    } catch (NotThereException e) {
      return error(NOT_FOUND, e.getMessage());
    } catch (IllegalArgumentException e) {
      return error(BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static Answer error(int status, String message) {
    byte[] body = Json.write(Map.of("error", message)).getBytes(StandardCharsets.UTF_8);
    return new Answer(status, "application/json", body);
  }
}
