package dev.cks.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.Heap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Bytes that began as requests, on sockets: each is answered as AWS would, or its connection ends.
 * Nothing hangs and nothing is left behind. {@code -Dcks.hostile.sockets=100000} opens more.
 */
class HostileSocketTest {
  private static final int SOCKETS = Integer.getInteger("cks.hostile.sockets", 4_000);
  private static final int SOCKETS_A_WORLD = 10_000;
  private static final long SEED = 20261125;

  private final Map<String, Integer> tally = new TreeMap<>();

  @Test
  void areAnsweredOrCutOff_andLeaveNothingBehind() throws IOException, InterruptedException {
    attack(SEED, 500);
    Heap before = Heap.now();
    for (int sent = 0; sent < SOCKETS; sent += SOCKETS_A_WORLD) {
      attack(SEED + 1 + sent, Math.min(SOCKETS_A_WORLD, SOCKETS - sent));
    }
    assertThat(Heap.now().grownSince(before)).as("bytes of heap").isLessThan(Heap.FLAT);
    assertThat(tally).containsKeys("200", "400", "403", "411", "413");
  }

  private void attack(long seed, int sockets) throws IOException, InterruptedException {
    Loopback loopback =
        Loopback.start(
            b ->
                b.maxBody(4096)
                    .timeouts(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(5))
                    .route("/_cks/", call -> Route.Answer.json("{}")));
    try (loopback) {
      Mutator mutator = new Mutator(seed, loopback.world.client.createKey().keyMetadata().keyId());
      for (int i = 0; i < sockets; i++) {
        byte[] request = mutator.next();
        tally.merge(kindOf(send(loopback, request), request), 1, Integer::sum);
      }
    }
    assertThat(loopback.endpoint.connections()).isZero();
    awaitEndOf("cks-endpoint-");
  }

  /** Waits for whoever belongs to an endpoint that is closed; who hangs is named. */
  private static void awaitEndOf(String name) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(name)) {
        thread.join(20_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static String send(Loopback loopback, byte[] request) throws IOException {
    try (Socket socket = loopback.connect()) {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("no answer and no end: " + shown(request), e);
    } catch (IOException e) {
      return ""; // reset: as good as an end
    }
  }

  private static String kindOf(String answer, byte[] request) {
    if (answer.isEmpty()) {
      return "end";
    }
    assertThat(answer).as(shown(request)).matches("(?s)HTTP/1\\.1 (100|200|4\\d\\d) .*");
    assertThat(answer).as(shown(request)).doesNotContain("HTTP/1.1 5", "<h", "dev.cks", "java.");
    return answer.substring(9, 12);
  }

  private static String shown(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1);
  }

  /** Good requests and bad ones, broken further; some with a good signature over a bad body. */
  private static final class Mutator {
    private static final List<String> CORPUS =
        List.of(
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /_cks/x?y=%2 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /_cks/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
            "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n{}",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n{}",
            "POST / HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0",
            "POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n",
            "OPTIONS / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://a\r\n\r\n");

    private static final List<String> PIECES =
        List.of(
            "\r\n",
            "\n",
            "\r",
            "\0",
            " ",
            ":",
            "/",
            "%",
            "%00",
            "..",
            "?",
            "Host: a\r\n",
            "\t",
            "Content-Length: 7\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "\r\n\r\n",
            "GET / HTTP/1.1\r\n",
            "\u00ff\u00fe",
            "{",
            "\"",
            "Authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e\r\n",
            "X-Amz-Date: now\r\n");

    private static final List<String> BODIES =
        List.of(
            "{}",
            "",
            "[",
            "{\"KeyId\":\"KEY\",\"Plaintext\":\"QUJD\"}",
            "{\"KeyId\":[[[[[[",
            "\u00ff");

    private static final List<String> OPERATIONS =
        List.of("Encrypt", "Decrypt", "ListKeys", "DescribeKey", "TagResource", "None", "");

    private final Random random;
    private final String keyId;

    Mutator(long seed, String keyId) {
      this.random = new Random(seed);
      this.keyId = keyId;
    }

    byte[] next() {
      byte[] request = random.nextInt(3) == 0 ? raw() : signed();
      for (int i = random.nextInt(4); i > 0; i--) {
        request = mutated(request);
      }
      return request;
    }

    private byte[] raw() {
      return pick(CORPUS).getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] signed() {
      return Loopback.signed(pick(OPERATIONS), pick(BODIES).replace("KEY", keyId));
    }

    private byte[] mutated(byte[] request) {
      int at = random.nextInt(request.length + 1);
      int until = at + random.nextInt(request.length - at + 1);
      return switch (random.nextInt(5)) {
        case 0 -> replaced(request, at, at, new byte[] {(byte) random.nextInt(256)});
        case 1 -> replaced(request, at, at, pick(PIECES).getBytes(StandardCharsets.ISO_8859_1));
        case 2 -> replaced(request, at, Math.min(until, at + 4), new byte[0]);
        case 3 -> replaced(request, at, at, Arrays.copyOfRange(request, at, until));
        default ->
            replaced(
                request,
                at,
                Math.min(at + 1, request.length),
                pick(PIECES).getBytes(StandardCharsets.ISO_8859_1));
      };
    }

    private static byte[] replaced(byte[] request, int from, int to, byte[] by) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(request, 0, from);
      all.writeBytes(by);
      all.write(request, to, request.length - to);
      return all.toByteArray();
    }

    private <T> T pick(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
  }
}
