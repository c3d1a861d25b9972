package dev.cks.local.operator;

import dev.cks.local.SimulatedAws;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The command-line tools that somebody has started and not left. Thread-safe. */
final class Consoles {
  private static final int MOST = 100;

  private final SimulatedAws aws;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  Consoles(SimulatedAws aws) {
    this.aws = aws;
  }

  /** A tool at work on a cluster. */
  private record Session(SimulatedCluster cluster, HsmConsole console) {}

  /** Starts a tool, and answers the id of its session. */
  String start(SimulatedCluster cluster, String tool) {
    Dialect dialect = dialect(tool);
    if (sessions.size() >= MOST) {
      throw new IllegalArgumentException(MOST + " tools are running: leave one");
    }
    String id = "console-" + numbers.incrementAndGet();
    sessions.put(id, new Session(cluster, cluster.console(dialect)));
    return id;
  }

  private static Dialect dialect(String tool) {
    List<String> names = new ArrayList<>();
    for (Dialect dialect : Dialect.values()) {
      String name = dialect.name().toLowerCase(Locale.ROOT);
      if (name.equals(tool.replace('-', '_'))) {
        return dialect;
      }
      names.add(name);
    }
    throw new IllegalArgumentException("tool is one of " + names);
  }

  /** Types a line into a tool that was started on this cluster. */
  String run(SimulatedCluster cluster, String id, String command) {
    Session session = sessions.get(id);
    if (session == null || session.cluster() != cluster) {
      throw new NotThereException("session " + id + " on " + cluster.id());
    }
    return session.console().run(command);
  }

  void leave(String id) {
    Session session = sessions.remove(id);
    if (session == null) {
      throw new NotThereException("session " + id);
    }
    session.console().close();
  }

  /** The clusters are gone, and what was logged in there. */
  void forget() {
    sessions.clear();
  }

  /** The cluster of a path. */
  SimulatedCluster cluster(String id) {
    return aws.cloudHsm().clusters().stream()
        .filter(cluster -> cluster.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotThereException("cluster " + id));
  }
}
