package dev.cks.aws.http;

import dev.cks.aws.service.World;
import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** An endpoint in front of a world, and raw connections to it. */
final class Loopback implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final int PATIENCE_MILLIS = 20_000;

  final World world = World.ofSeed(1);
  final WireDispatcher dispatcher =
      new WireDispatcher(
          List.of(WireService.kms(world.kms)), () -> world.kms.rootCaller().requestId());
  final Endpoint endpoint;

  private Loopback(UnaryOperator<Endpoint.Builder> plan) throws IOException {
    endpoint =
        plan.apply(
                Endpoint.builder(dispatcher, Signing.REGION)
                    .credentials(Signing.ALICE)
                    .clock(() -> NOW))
            .start();
  }

  static Loopback start() throws IOException {
    return new Loopback(builder -> builder);
  }

  static Loopback start(UnaryOperator<Endpoint.Builder> plan) throws IOException {
    return new Loopback(plan);
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.uri().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** All that comes back until the connection ends. */
  String converse(String request) throws IOException {
    return converse(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  String converse(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return readAll(socket);
    }
  }

  /** Up to the end, however it comes. */
  static String readAll(Socket socket) {
    StringBuilder text = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int c = in.read(); c >= 0; c = in.read()) {
        text.append((char) c);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection stays open after: " + text, e);
    } catch (IOException e) {
      // reset: as good as an end
    }
    return text.toString();
  }

  static byte[] signed(String operation, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Signing.bytes(Signing.kms(NOW).sign(Signing.post(operation).build(), bytes), bytes);
  }

  @Override
  public void close() {
    endpoint.close();
    world.close();
  }
}
