package dev.cks.aws.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection and the requests on it, on a thread of its own. Other threads look at its deadline
 * and close the socket, which is what ends any wait here.
 */
final class Connection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MOST_DRAINED = 1 << 16;

  /** How long a request may arrive before its connection may be given up for another. */
  private static final long DAWDLING_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What a connection is at; one whose request is with a service is never given up. */
  private enum Phase {
    IDLE,
    ARRIVING,
    BUSY,
    OVER
  }

  private final Socket socket;
  private final Listener listener;
  private final Limits limits;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

  private volatile long started;
  private volatile long patience;

  Connection(Socket socket, Listener listener, Limits limits) {
    this.socket = socket;
    this.listener = listener;
    this.limits = limits;
    allow(limits.idle());
  }

  @Override
  public void run() {
    try (Socket plain = socket;
        Socket secured = listener.secure(plain)) {
      // without it an answer waits for the acknowledgement of the one before
      plain.setTcpNoDelay(true);
      converse(new RequestReader(secured.getInputStream()), secured);
    } catch (IOException e) {
      // the other side left, or was cut off: nobody is there to be told
      LOG.debug("a connection broke: {}", e.toString());
    } finally {
      phase.set(Phase.OVER);
      listener.ended(this);
    }
  }

  private void converse(RequestReader reader, Socket secured) throws IOException {
    OutputStream out = secured.getOutputStream();
    boolean more = true;
    while (more && !listener.isClosing()) {
      more =
          reader.awaitRequest()
              && phase.compareAndSet(Phase.IDLE, Phase.ARRIVING)
              && serve(reader, out)
              && phase.compareAndSet(Phase.BUSY, Phase.IDLE);
    }
  }

  /** One request and its answer; false if the connection is to end. */
  private boolean serve(RequestReader reader, OutputStream out) throws IOException {
    try {
      allow(limits.request());
      Head head = reader.readHead();
      Request request = readRequest(head, reader, out);
      if (!phase.compareAndSet(Phase.ARRIVING, Phase.BUSY)) {
        return false;
      }
      forbearing();
      Reply reply = listener.front().answer(request);
      boolean more = head.keepAlive() && !listener.isClosing();
      write(out, reply.bytes(RealTime.now(), !more, !head.method().equals("HEAD")));
      allow(limits.idle());
      return more;
    } catch (HttpFault e) {
      refuse(e, reader, out);
      return false;
    } catch (UncheckedIOException e) {
      // asked for: see FrontFaults
      return false;
    }
  }

  private Request readRequest(Head head, RequestReader reader, OutputStream out)
      throws IOException {
    int length = head.contentLength(limits.bodyBytes());
    if (head.expectsContinue()) {
      out.write(CONTINUE);
      out.flush();
    }
    InetAddress peer = socket.getInetAddress();
    return head.with(reader.readBody(length), peer.getHostAddress(), peer.isLoopbackAddress());
  }

  private void refuse(HttpFault fault, RequestReader reader, OutputStream out) throws IOException {
    write(out, listener.front().refusal(fault).bytes(RealTime.now(), true, true));
    if (!listener.isSecure()) {
      socket.shutdownOutput();
    }
    reader.drain(MOST_DRAINED);
  }

  private void write(OutputStream out, byte[] bytes) throws IOException {
    allow(limits.response());
    out.write(bytes);
    out.flush();
  }

  private void allow(Duration time) {
    started = RealTime.nanos();
    patience = time.toNanos();
  }

  /** While a service works nobody is slow but ourselves. */
  private void forbearing() {
    patience = Long.MAX_VALUE;
  }

  boolean isOverdue(long now) {
    return now - started > patience;
  }

  /** When the present wait began. */
  long started() {
    return started;
  }

  boolean isIdle() {
    return phase.get() == Phase.IDLE;
  }

  /** Whether its request takes longer to arrive than an honest one does. */
  boolean isDawdling(long now) {
    return phase.get() == Phase.ARRIVING && now - started > DAWDLING_NANOS;
  }

  /** Ends it if it is idle; whether it did. */
  boolean giveUp() {
    return giveUp(Phase.IDLE);
  }

  /** Ends it if its request is still arriving; whether it did. */
  boolean giveUpArriving() {
    return giveUp(Phase.ARRIVING);
  }

  private boolean giveUp(Phase expected) {
    boolean given = phase.compareAndSet(expected, Phase.OVER);
    if (given) {
      cut();
    }
    return given;
  }

  /** Ends it whatever it is doing. */
  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection could not be closed: {}", e.toString());
    }
  }
}
