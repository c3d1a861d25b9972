package dev.cks.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a signed Encrypt costs the endpoint's process, all threads of it, and how late the slowest
 * hundredth of the answers is; both beside the JDK's server that answers the same bytes without
 * looking. The two take turns.
 */
final class EndpointRatio implements AutoCloseable {
  static final int CONNECTIONS = 16;

  private final OtherJvm cks;
  private final int cksPort;
  private final String keyArn;
  private final OtherJvm canned;
  private final int cannedPort;

  private EndpointRatio() throws IOException {
    cks = OtherJvm.start(EndpointServer.class);
    cksPort = (int) cks.saidNumber();
    keyArn = cks.said();
    canned =
        OtherJvm.start(EndpointServer.class, EndpointLoad.encrypt(cksPort, keyArn).once().strip());
    cannedPort = (int) canned.saidNumber();
  }

  /** Both servers, cold. */
  static EndpointRatio start() throws IOException {
    return new EndpointRatio();
  }

  /** CPU nanoseconds of the server for each request, and the 99th percentile of elapsed ones. */
  record Cost(double cpu, double p99) {}

  /** The medians of several rounds. */
  record Costs(Cost cks, Cost canned) {}

  Costs measure(int rounds, Duration time) throws IOException, InterruptedException {
    Cost[] ours = new Cost[rounds];
    Cost[] theirs = new Cost[rounds];
    for (int i = 0; i < rounds; i++) {
      ours[i] = round(cks, cksPort, time);
      theirs[i] = round(canned, cannedPort, time);
    }
    return new Costs(median(ours), median(theirs));
  }

  private Cost round(OtherJvm server, int port, Duration time)
      throws IOException, InterruptedException {
    EndpointLoad load = EndpointLoad.encrypt(port, keyArn);
    long before = server.ask("cpu");
    EndpointLoad.Seen seen = load.run(CONNECTIONS, time);
    double cpu = (double) (server.ask("cpu") - before) / seen.nanos().length;
    return new Cost(cpu, seen.p99());
  }

  private static Cost median(Cost[] costs) {
    return new Cost(
        median(Arrays.stream(costs).mapToDouble(Cost::cpu).toArray()),
        median(Arrays.stream(costs).mapToDouble(Cost::p99).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** What an endpoint keeps on its heap when nobody talks to it. */
  long idleHeap() throws IOException {
    return cks.ask("heap");
  }

  @Override
  public void close() {
    cks.close();
    canned.close();
  }
}
