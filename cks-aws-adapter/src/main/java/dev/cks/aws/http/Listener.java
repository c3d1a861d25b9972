package dev.cks.aws.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections, a bounded number at once, and cuts off those that take too long. One thread
 * accepts and watches; each connection has one more, all of them daemons that end with it.
 */
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int TICK_MILLIS = 50;
  private static final int BACKLOG = 128;
  private static final long THREAD_LINGER_SECONDS = 10;

  private final ServerSocket server;
  private final @Nullable SSLContext tls;
  private final Limits limits;
  private final Front front;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final String name = "cks-endpoint-" + NUMBERS.incrementAndGet();
  private final ThreadPoolExecutor workers;
  private final Thread acceptor;

  private Listener(ServerSocket server, @Nullable SSLContext tls, Limits limits, Front front) {
    this.server = server;
    this.tls = tls;
    this.limits = limits;
    this.front = front;
    // twice as many: the thread of a connection that was given up takes a moment to end
    this.workers =
        new ThreadPoolExecutor(
            0,
            2 * limits.connections(),
            THREAD_LINGER_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, name));
    this.acceptor = daemon(this::accept, name + "-accept");
  }

  /**
   * Binds and starts.
   *
   * @throws IOException if the address cannot be had
   */
  static Listener start(
      InetSocketAddress address, @Nullable SSLContext tls, Limits limits, Front front)
      throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.bind(address, BACKLOG);
      server.setSoTimeout(TICK_MILLIS);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    Listener listener = new Listener(server, tls, limits, front);
    listener.acceptor.start();
    return listener;
  }

  @SuppressForbidden("connections are served on threads of the endpoint's own")
  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (!isClosing()) {
      try {
        admit(server.accept());
      } catch (SocketTimeoutException e) {
        // time to look around
      } catch (IOException e) {
        afterFailure(e);
      }
      cutOffSlow();
    }
  }

  /** Such as too many open files: it may pass, and must not be asked for without end. */
  private void afterFailure(IOException e) {
    if (!isClosing()) {
      LOG.warn("no connection could be accepted: {}", e.toString());
      awaitClosing();
    }
  }

  private void awaitClosing() {
    try {
      var unused = closing.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void admit(Socket socket) throws IOException {
    if (connections.size() >= limits.connections() && !makeRoom()) {
      turnAway(socket);
      return;
    }
    Connection connection = new Connection(socket, this, limits);
    connections.add(connection);
    try {
      workers.execute(connection);
    } catch (RejectedExecutionException e) {
      connections.remove(connection);
      turnAway(socket);
    }
  }

  /** Gives up the connection that has been idle longest, else the one that dawdles longest. */
  private boolean makeRoom() {
    long now = RealTime.nanos();
    return giveUp(Connection::isIdle, Connection::giveUp)
        || giveUp(connection -> connection.isDawdling(now), Connection::giveUpArriving);
  }

  private boolean giveUp(Predicate<Connection> candidates, Predicate<Connection> giveUp) {
    return connections.stream()
        .filter(candidates)
        .min(Comparator.comparingLong(Connection::started))
        .filter(giveUp)
        .map(connections::remove)
        .isPresent();
  }

  private void turnAway(Socket socket) throws IOException {
    try (socket) {
      if (!isSecure()) {
        // fits into the socket's buffer, so this does not wait
        socket.getOutputStream().write(front.overloaded().bytes(RealTime.now(), true, true));
        socket.shutdownOutput();
      }
    }
  }

  private void cutOffSlow() {
    long now = RealTime.nanos();
    connections.stream().filter(c -> c.isOverdue(now)).forEach(Connection::cut);
  }

  /** The socket to talk through: the same one, or TLS over it. The handshake comes with reading. */
  Socket secure(Socket socket) throws IOException {
    if (tls == null) {
      return socket;
    }
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return secured;
  }

  boolean isSecure() {
    return tls != null;
  }

  boolean isClosing() {
    return closing.getCount() == 0;
  }

  Front front() {
    return front;
  }

  void ended(Connection connection) {
    connections.remove(connection);
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many connections are open. */
  int open() {
    return connections.size();
  }

  /** Accepts no more, lets requests under way end within the grace period, then cuts them off. */
  @Override
  public void close() {
    closing.countDown();
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("the server socket could not be closed: {}", e.toString());
    }
    end();
  }

  private void end() {
    try {
      // first: it may be admitting one more connection
      acceptor.join(limits.grace().toMillis() + 1);
      workers.shutdown();
      connections.forEach(Connection::giveUp);
      if (!workers.awaitTermination(limits.grace().toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
        connections.forEach(Connection::cut);
        var unused = workers.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      connections.forEach(Connection::cut);
      Thread.currentThread().interrupt();
    }
  }
}
