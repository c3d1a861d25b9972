package dev.cks.aws.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.Heap;
import dev.cks.aws.service.World;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Whatever the bytes, the answer is a well-formed success or a client fault. {@code
 * -Dcks.hostile.requests=1000000} sends a million.
 */
class HostileRequestsTest {
  private static final int REQUESTS = Integer.getInteger("cks.hostile.requests", 40_000);
  private static final int REQUESTS_A_WORLD = 20_000;
  private static final long SEED = 20261123;

  private final Map<String, Integer> tally = new TreeMap<>();

  @Test
  void areAnswered_andLeaveNothingBehind() {
    attack(SEED - 1, 1_000);
    tally.clear();
    Heap before = Heap.now();
    for (int sent = 0; sent < REQUESTS; sent += REQUESTS_A_WORLD) {
      attack(SEED + sent, Math.min(REQUESTS_A_WORLD, REQUESTS - sent));
    }
    assertThat(Heap.now().grownSince(before)).as("bytes of heap").isLessThan(Heap.FLAT);
    assertThat(tally.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(REQUESTS);
    assertThat(tally)
        .containsKeys(
            "200",
            "SerializationException",
            "UnknownOperationException",
            "ValidationException",
            "NotFoundException",
            "UnsupportedOperationException");
    assertThat(tally.get("200")).isGreaterThan(REQUESTS / 100);
  }

  private void attack(long seed, int requests) {
    try (World world = World.ofSeed(seed)) {
      String keyId = world.createKeyIn(world.createConnectedStore()).keyId();
      Mutator mutator = new Mutator(seed, keyId);
      WireDispatcher dispatcher = Wire.to(world);
      for (int i = 0; i < requests; i++) {
        WireRequest request = mutator.next();
        tally.merge(kindOf(dispatcher.dispatch(request), mutator), 1, Integer::sum);
      }
    }
  }

  private static String kindOf(WireResponse response, Mutator mutator) {
    if (response.status() == 200) {
      if (response.body().length > 0) {
        assertThat(JsonNode.parser().parse(response.body()).isObject()).isTrue();
      }
      return "200";
    }
    JsonNode error = JsonNode.parser().parse(response.body());
    assertThat(response.status()).as("%s: %s", mutator.last(), error).isEqualTo(400);
    return error.asObject().get("__type").asString();
  }

  /** Requests that began as good ones. */
  private static final class Mutator {
    private static final List<String> TOKENS =
        List.of(
            "null",
            "true",
            "-0",
            "1e999999999",
            "99999999999999999999",
            "0.5",
            "[]",
            "{}",
            "[[[[",
            "{\"\":",
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"alias/\"",
            "\"arn:aws:kms:::\"",
            ",",
            ":",
            "\"",
            "\\",
            "}",
            "]",
            "//",
            "\uFEFF",
            "\"QUJD\"",
            "1",
            "4096",
            "NaN");

    private final Random random;
    private final RandomShapes shapes;
    private final String keyId;
    private final List<SdkService.Call> calls = SdkService.KMS.calls().toList();
    private byte[] body = {};
    private String target = "";

    Mutator(long seed, String keyId) {
      this.random = new Random(seed);
      this.shapes = new RandomShapes(seed);
      this.keyId = keyId;
    }

    String last() {
      return target + " " + new String(body, UTF_8);
    }

    WireRequest next() {
      SdkService.Call call = calls.get(random.nextInt(calls.size()));
      target = Wire.KMS + call.name();
      body = goodBody(call);
      for (int i = random.nextInt(4); i > 0; i--) {
        mutate();
      }
      String contentType =
          random.nextInt(50) == 0 ? "application/json" : WireDispatcher.CONTENT_TYPE;
      return new WireRequest("POST", "/", Wire.headers(target, contentType), body);
    }

    private byte[] goodBody(SdkService.Call call) {
      String plain =
          "{\"KeyId\":\""
              + keyId
              + "\",\"Plaintext\":\"QUJD\",\"NumberOfBytes\":9"
              + ",\"CiphertextBlob\":\"QUJD\",\"EncryptionContext\":{\"a\":\"b\"},\"Limit\":2}";
      return random.nextBoolean()
          ? plain.getBytes(UTF_8)
          : PojoWriter.write(shapes.build(call.requestBuilder()));
    }

    private void mutate() {
      switch (random.nextInt(7)) {
        case 0 -> flip();
        case 1 -> body = Arrays.copyOf(body, random.nextInt(body.length + 1));
        case 2 -> splice(TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8));
        case 3, 4 -> replaceValue(TOKENS.get(random.nextInt(TOKENS.size())));
        case 5 -> splice(body.clone());
        default -> target = mangled(target);
      }
    }

    private void flip() {
      if (body.length > 0) {
        body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
      }
    }

    /** Puts a token where a value stood, which keeps the text well-formed for the most part. */
    private void replaceValue(String token) {
      String text = new String(body, UTF_8);
      int colon = text.indexOf(':', random.nextInt(text.length() + 1));
      int end = text.indexOf(',', Math.max(colon, 0));
      if (colon >= 0 && end > colon) {
        body = (text.substring(0, colon + 1) + token + text.substring(end)).getBytes(UTF_8);
      }
    }

    private void splice(byte[] inserted) {
      int at = random.nextInt(body.length + 1);
      byte[] spliced = Arrays.copyOf(body, body.length + inserted.length);
      System.arraycopy(inserted, 0, spliced, at, inserted.length);
      System.arraycopy(body, at, spliced, at + inserted.length, body.length - at);
      body = spliced;
    }

    private String mangled(String good) {
      if (good.isEmpty()) {
        return "..";
      }
      int at = random.nextInt(good.length());
      return random.nextBoolean()
          ? good.substring(0, at)
          : good.substring(0, at) + (char) random.nextInt(256) + good.substring(at + 1);
    }
  }
}
