package dev.cks.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.http.Endpoint;
import dev.cks.local.HostileRequests.Operation;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The same requests over sockets, signed by the AWS SDK's own signer, so that what is broken about
 * them reaches the services; one in five is broken once more after that. Each is answered as AWS
 * would or its connection ends; nothing hangs and nothing is left behind. {@code
 * -Dcks.hostile.signed=100000} sends more.
 */
class HostileSignedTest {
  private static final int REQUESTS = Integer.getInteger("cks.hostile.signed", 4_000);
  private static final int REQUESTS_A_WORLD = 5_000;
  private static final int REQUESTS_A_CONNECTION = 200;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final long SEED = 20261126;

  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
  private static final AwsCredentialsIdentity IDENTITY =
      AwsCredentialsIdentity.create(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  private final Map<String, Integer> tally = new TreeMap<>();

  @Test
  void areAnswered_andLeaveNothingBehind() throws IOException, InterruptedException {
    attack(SEED - 1, 500);
    tally.clear();
    long before = LiveHeap.bytes();
    for (int sent = 0; sent < REQUESTS; sent += REQUESTS_A_WORLD) {
      attack(SEED + sent, Math.min(REQUESTS_A_WORLD, REQUESTS - sent));
    }
    assertThat(LiveHeap.bytes() - before).as("bytes of heap").isLessThan(LiveHeap.FLAT);
    System.out.println(REQUESTS + " signed requests at the socket: " + tally);
    assertThat(tally.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(REQUESTS);
    assertThat(tally)
        .containsKeys(
            "200",
            "SerializationException",
            "ValidationException",
            "CloudHsmInvalidRequestException",
            "InvalidLookupAttributesException",
            "InvalidSignatureException",
            "MalformedHttpRequestException");
  }

  private void attack(long seed, int requests) throws IOException, InterruptedException {
    try (SimulatedAws aws = SimulatedAws.builder().seed(seed).build();
        Endpoint endpoint = aws.endpoint()) {
      HostileRequests hostile = new HostileRequests(seed, aws);
      Random random = new Random(seed);
      try (Line line = new Line(endpoint.uri().getPort())) {
        for (int i = 0; i < requests; i++) {
          Operation operation = hostile.operation();
          byte[] request = signed(operation, hostile.body(operation), endpoint.uri());
          String answer =
              random.nextInt(5) == 0
                  ? line.lastWords(hostile.broken(request))
                  : line.ask(request, i % REQUESTS_A_CONNECTION == 0);
          tally.merge(kindOf(answer, request), 1, Integer::sum);
          if (i % 100 == 0) {
            aws.clock().advance(Duration.ofMinutes(10));
          }
        }
      }
    }
    awaitEndOf("cks-endpoint-");
  }

  private static byte[] signed(Operation operation, byte[] body, URI endpoint) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", operation.target())
            .build();
    return bytes(
        SIGNER
            .sign(
                r ->
                    r.identity(IDENTITY)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, operation.signingName())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
            .request(),
        body);
  }

  private static byte[] bytes(SdkHttpRequest request, byte[] body) {
    StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
    request.forEachHeader((name, values) -> append(head, name, values));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static void append(StringBuilder head, String name, List<String> values) {
    for (String value : values) {
      head.append(name).append(": ").append(value).append("\r\n");
    }
  }

  private static String kindOf(String answer, byte[] request) {
    if (answer.isEmpty()) {
      return "end";
    }
    String asked = new String(request, ISO_8859_1);
    assertThat(answer).as(asked).matches("(?s)HTTP/1\\.1 (100|200|4\\d\\d) .*");
    assertThat(answer).as(asked).doesNotContain("HTTP/1.1 5", "<h", "dev.cks", "java.");
    if (answer.startsWith("HTTP/1.1 200")) {
      return "200";
    }
    int type = answer.indexOf("\"__type\":\"");
    assertThat(type).as(asked + answer).isPositive();
    return answer.substring(type + 10, answer.indexOf('"', type + 10));
  }

  /** Waits for whoever belongs to an endpoint that is closed; who hangs is named. */
  private static void awaitEndOf(String name) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(name)) {
        thread.join(PATIENCE_MILLIS);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  /** A connection that stays open as long as the other side likes. */
  private static final class Line implements AutoCloseable {
    private final int port;
    private Socket socket;
    private InputStream in;

    Line(int port) throws IOException {
      this.port = port;
      this.socket = connect();
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    private Socket connect() throws IOException {
      Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port);
      fresh.setSoTimeout(PATIENCE_MILLIS);
      fresh.setTcpNoDelay(true);
      return fresh;
    }

    /** One well-formed request and its answer. */
    String ask(byte[] request, boolean anew) throws IOException {
      if (anew) {
        reconnect();
      }
      socket.getOutputStream().write(request);
      String head = readHead();
      String answer = head + new String(in.readNBytes(lengthIn(head)), ISO_8859_1);
      if (head.contains("\r\nConnection: close")) {
        reconnect();
      }
      return answer;
    }

    private void reconnect() throws IOException {
      socket.close();
      socket = connect();
      in = new BufferedInputStream(socket.getInputStream());
    }

    private String readHead() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n", Math.max(head.length() - 4, 0)) < 0) {
        int c = in.read();
        assertThat(c).as("an answer to a request that is well-formed HTTP").isNotNegative();
        head.append((char) c);
      }
      return head.toString();
    }

    private static int lengthIn(String head) {
      String name = "\r\ncontent-length: ";
      int at = head.toLowerCase(Locale.ROOT).indexOf(name) + name.length();
      return Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
    }

    /** Whatever comes back to whatever is sent, on a connection of its own. */
    String lastWords(byte[] request) throws IOException {
      try (Socket own = connect()) {
        own.getOutputStream().write(request);
        own.shutdownOutput();
        return new String(own.getInputStream().readAllBytes(), ISO_8859_1);
      } catch (SocketTimeoutException e) {
        throw new AssertionError("no answer and no end: " + new String(request, ISO_8859_1), e);
      } catch (IOException e) {
        return ""; // reset: as good as an end
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
