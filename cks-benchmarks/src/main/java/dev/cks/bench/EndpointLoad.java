package dev.cks.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Many connections to a server, each with one request under way at any time. The requests are
 * signed beforehand and read with the least effort: the client shares the machine with the server.
 */
final class EndpointLoad {
  private static final int BUFFER = 16 * 1024;

  private final int port;
  private final byte[] request;

  private EndpointLoad(int port, byte[] request) {
    this.port = port;
    this.request = request;
  }

  /** Elapsed nanoseconds of each request, in ascending order. */
  @SuppressWarnings("ArrayRecordComponent") // passed on and never compared
  record Seen(long[] nanos) {
    long p99() {
      return nanos[(int) (nanos.length * 0.99)];
    }
  }

  /** Encrypt, with a signature that is good for five minutes. */
  static EndpointLoad encrypt(int port, String keyArn) {
    byte[] body = FrontsWorld.encryptBody(keyArn);
    SdkHttpRequest unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create("http://127.0.0.1:" + port + "/"))
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "TrentService.Encrypt")
            .build();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(
                            AwsCredentialsIdentity.create(
                                "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
                        .request(unsigned)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
            .request();
    StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
    signed
        .headers()
        .forEach(
            (name, values) ->
                values.forEach(
                    value -> head.append(name).append(": ").append(value).append("\r\n")));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return new EndpointLoad(port, all);
  }

  /** The body of the answer to one request. */
  String once() throws IOException {
    try (Socket socket = connect()) {
      String answer = exchange(socket, new byte[BUFFER]);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  /** Runs for some time. */
  Seen run(int connections, Duration time) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool(Executors.defaultThreadFactory());
    try {
      List<Future<long[]>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(threads.submit(() -> converse(time)));
      }
      long[] all = new long[0];
      for (Future<long[]> one : running) {
        long[] nanos = one.get();
        int length = all.length;
        all = Arrays.copyOf(all, length + nanos.length);
        System.arraycopy(nanos, 0, all, length, nanos.length);
      }
      Arrays.sort(all);
      return new Seen(all);
    } catch (ExecutionException e) {
      throw new IOException("a connection failed", e);
    } finally {
      threads.shutdown();
    }
  }

  @SuppressForbidden("what is measured here is real time")
  private long[] converse(Duration time) throws IOException {
    long[] nanos = new long[1024];
    int count = 0;
    byte[] buffer = new byte[BUFFER];
    try (Socket socket = connect()) {
      long start = System.nanoTime();
      for (long now = start; now - start < time.toNanos(); ) {
        var unused = exchange(socket, buffer);
        long then = now;
        now = System.nanoTime();
        nanos = count < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * count);
        nanos[count++] = now - then;
      }
    }
    return Arrays.copyOf(nanos, count);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private String exchange(Socket socket, byte[] buffer) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(request);
    out.flush();
    InputStream in = socket.getInputStream();
    int read = 0;
    int wanted = Integer.MAX_VALUE;
    while (read < wanted) {
      int more = in.read(buffer, read, buffer.length - read);
      if (more < 0) {
        throw new EOFException("the server hung up");
      }
      read += more;
      wanted = lengthOf(buffer, read);
    }
    String answer = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
    if (!answer.startsWith("HTTP/1.1 200 ")) {
      throw new IOException(answer);
    }
    return answer;
  }

  /** Of head and body; unknown, so very long, before the head has arrived. */
  private static int lengthOf(byte[] buffer, int read) {
    String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return Integer.MAX_VALUE;
    }
    String marker = "ontent-length: ";
    int at = text.indexOf(marker);
    at = at < 0 ? text.indexOf("ontent-Length: ") : at;
    int lineEnd = text.indexOf("\r\n", at);
    return end + 4 + Integer.parseInt(text.substring(at + marker.length(), lineEnd));
  }
}
