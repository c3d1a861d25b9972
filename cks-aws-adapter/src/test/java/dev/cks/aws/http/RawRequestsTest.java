package dev.cks.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no client of AWS sends, on a socket. */
class RawRequestsTest {
  private static final String HOST = "Host: 127.0.0.1\r\n";
  private static final String POST = "POST / HTTP/1.1\r\n" + HOST;
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LATER = Duration.ofSeconds(20);

  private static Loopback loopback;

  @BeforeAll
  static void start() throws IOException {
    loopback = Loopback.start();
  }

  @AfterAll
  static void stop() {
    loopback.close();
  }

  private static void assertAnswer(String answer, int status, String code) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("Content-Type: application/x-amz-json-1.1\r\n");
    assertThat(answer).contains("x-amzn-RequestId: ").contains("\"__type\":\"" + code + "\"");
    assertThat(answer).doesNotContainIgnoringCase("<h").doesNotContain("dev.cks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\\r\\n\\r\\n",
        "\\r\\n\\r\\n",
        "POST / HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n",
        "POST / HTTP/9.9\\r\\nHost: localhost\\r\\n\\r\\n",
        "POST  / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "POST http://localhost/ HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "OPTIONS * HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "CONNECT localhost:80 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\n\\r\\n",
        "POST / HTTP/1.1\\nHost: localhost\\n\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\nContent-Length: 0\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nHost: localhost\\r\\nContent-Length: 0\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nA: b\\r\\n c\\r\\nContent-Length: 0\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length : 0\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nnocolon\\r\\nContent-Length: 0\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nA: \\0\\r\\nContent-Length: 0\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: -1\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: +1\\r\\n\\r\\na",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1, 1\\r\\n\\r\\na",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1\\r\\nContent-Length: 1\\r\\n\\r\\na",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: localhost\\r\\nExpect: a miracle\\r\\nContent-Length: 0\\r\\n\\r\\n"
      })
  void whatIsNotHttpByTheLetterIsMalformed(String request) throws IOException {
    String answer = loopback.converse(request.translateEscapes());
    assertAnswer(answer, 400, "MalformedHttpRequestException");
    assertThat(answer).contains("Connection: close\r\n");
  }

  @Test
  void theLengthIsRequired() throws IOException {
    assertAnswer(loopback.converse(POST + "\r\n{}"), 411, "MalformedHttpRequestException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1048577", "99999999999999999999999999"})
  void aBodyThatIsTooLongIsNotRead(String length) throws IOException {
    assertAnswer(
        loopback.converse(POST + "Content-Length: " + length + "\r\n\r\n{"),
        413,
        "RequestEntityTooLargeException");
  }

  @Test
  void absurdHeadersAreRefused() throws IOException {
    String many =
        IntStream.range(0, 200).mapToObj(i -> "A" + i + ": b\r\n").collect(Collectors.joining());
    assertAnswer(
        loopback.converse(POST + many + "Content-Length: 0\r\n\r\n"),
        400,
        "MalformedHttpRequestException");
    assertAnswer(
        loopback.converse(POST + "A: " + "b".repeat(20_000) + "\r\n\r\n"),
        400,
        "MalformedHttpRequestException");
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, ''",
    "localhost.evil.example, ''",
    "127.0.0.1.evil.example:80, ''",
    "'', ''",
    "127.0.0.1, Origin: http://localhost",
    "127.0.0.1, Origin: null",
    "127.0.0.1, Sec-Fetch-Site: cross-site"
  })
  void webPagesAreKeptOut(String host, String header) throws IOException {
    String request =
        "POST / HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + (header.isEmpty() ? "" : header + "\r\n")
            + "X-Amz-Target: TrentService.ListKeys\r\nContent-Length: 2\r\n\r\n{}";
    assertAnswer(loopback.converse(request), 403, "AccessDeniedException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]", "[::1]:9"})
  void theLocalNamesAreItsOwn(String host) throws IOException {
    String answer = loopback.converse("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    assertAnswer(answer, 400, "UnknownOperationException");
  }

  @Test
  void anUnsignedRequestIsToldSo() throws IOException {
    assertAnswer(
        loopback.converse(
            POST + "X-Amz-Target: TrentService.ListKeys\r\nContent-Length: 2\r\n\r\n{}"),
        400,
        "MissingAuthenticationTokenException");
  }

  @Test
  void severalRequestsShareAConnection() throws IOException {
    byte[] one = Loopback.signed("ListKeys", "{}");
    byte[] two = new byte[2 * one.length];
    System.arraycopy(one, 0, two, 0, one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    assertThat(loopback.converse(two).split("HTTP/1.1 200 OK", -1)).hasSize(3);
  }

  @Test
  void aClientThatWantsToBeAskedIsAsked() throws IOException {
    String answer = loopback.converse(POST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}");
    assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 ");
  }

  @Test
  void headHasNoBody() throws IOException {
    assertThat(loopback.converse("HEAD / HTTP/1.1\r\n" + HOST + "\r\n")).endsWith("\r\n\r\n");
  }

  @Test
  void whoSaysNothingIsCutOff() throws IOException {
    try (Loopback hasty = Loopback.start(b -> b.timeouts(SOON, LATER, LATER));
        Socket socket = hasty.connect()) {
      assertThat(Loopback.readAll(socket)).isEmpty();
    }
  }

  @Test
  void whoSpeaksTooSlowlyIsCutOff() throws IOException {
    try (Loopback hasty = Loopback.start(b -> b.timeouts(LATER, SOON, LATER));
        Socket head = hasty.connect();
        Socket body = hasty.connect()) {
      head.getOutputStream().write("POST / HT".getBytes(StandardCharsets.US_ASCII));
      body.getOutputStream()
          .write((POST + "Content-Length: 9\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
      assertThat(Loopback.readAll(head)).isEmpty();
      assertThat(Loopback.readAll(body)).isEmpty();
    }
  }

  @Test
  void dribblingDoesNotEarnMoreTime() throws IOException {
    try (Loopback hasty = Loopback.start(b -> b.timeouts(LATER, SOON, LATER));
        Socket socket = hasty.connect()) {
      // each byte comes in time, the request never does
      IOException cut = null;
      for (int i = 0; i < 1_000_000 && cut == null; i++) {
        try {
          socket.getOutputStream().write(i == 0 ? 'P' : 'O');
          socket.setSoTimeout(5);
          if (socket.getInputStream().read() < 0) {
            cut = new IOException("end");
          }
        } catch (java.net.SocketTimeoutException e) {
          // not yet
        } catch (IOException e) {
          cut = e;
        }
      }
      assertThat(cut).isNotNull();
    }
  }

  @Test
  void theLongestIdleConnectionMakesRoom() throws IOException {
    try (Loopback small = Loopback.start(b -> b.maxConnections(2))) {
      try (Socket first = small.connect();
          Socket second = small.connect()) {
        String answer = small.converse("GET / HTTP/1.1\r\n" + HOST + "\r\n");
        assertAnswer(answer, 400, "UnknownOperationException");
        assertThat(Loopback.readAll(first)).isEmpty();
        assertThat(second.isClosed()).isFalse();
      }
    }
  }

  @Test
  @Timeout(60)
  void whoeverDawdlesMakesRoomToo() throws IOException {
    Duration hour = Duration.ofHours(1);
    try (Loopback small = Loopback.start(b -> b.maxConnections(1).timeouts(hour, hour, hour));
        Socket slow = small.connect()) {
      slow.getOutputStream()
          .write((POST + "Content-Length: 9\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
      String answer = "HTTP/1.1 503";
      // a second's worth of them, then room is made
      while (answer.isEmpty() || answer.startsWith("HTTP/1.1 503")) {
        answer = small.converse("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      }
      assertAnswer(answer, 400, "UnknownOperationException");
      assertThat(Loopback.readAll(slow)).isEmpty();
    }
  }

  /** A campaign sets {@code cks.mutations} to more. */
  @Test
  void mutatedRequestsAreAnsweredOrCutOffAndNeverAccepted() throws IOException {
    byte[] good = Loopback.signed("CreateKey", "{\"Description\":\"orders\"}");
    Random random = new Random(3);
    long keys = countKeys();
    for (int i = Integer.getInteger("cks.mutations", 2_000); i > 0; i--) {
      byte[] changed = mutated(good, random);
      if (meaning(changed).equals(meaning(good))) {
        continue;
      }
      String answer = loopback.converse(changed);
      assertThat(answer).matches("(?s)|HTTP/1.1 (4\\d\\d|200) .*|HTTP/1.1 100 .*");
      assertThat(answer).doesNotContainIgnoringCase("<h").doesNotContain("dev.cks");
    }
    assertThat(countKeys()).as("keys made by a request that nobody signed").isEqualTo(keys);
  }

  private static long countKeys() {
    return loopback.world.client.listKeysPaginator().keys().stream().count();
  }

  /** Upper case in a header's name, space around its value and a leading zero mean nothing. */
  private static String meaning(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1)
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("[ \\t]", "")
        .replaceFirst("content-length:0+", "content-length:");
  }

  private static byte[] mutated(byte[] good, Random random) {
    List<Byte> bytes = new ArrayList<>();
    for (byte b : good) {
      bytes.add(b);
    }
    int at = random.nextInt(bytes.size());
    switch (random.nextInt(4)) {
      case 0 -> bytes.set(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
      case 1 -> bytes.add(at, (byte) random.nextInt(256));
      case 2 -> bytes.remove(at);
      default -> bytes = bytes.subList(0, at);
    }
    byte[] changed = new byte[bytes.size()];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = bytes.get(i);
    }
    return changed;
  }
}
