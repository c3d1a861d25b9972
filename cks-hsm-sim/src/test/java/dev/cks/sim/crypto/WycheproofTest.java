package dev.cks.sim.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The inner AES-GCM step against Wycheproof's vectors, where they lie beside the project. */
final class WycheproofTest {
  private static final Path VECTORS = Path.of("../shared/vectors/wycheproof_aes_gcm_test.json");

  private int valid;
  private int invalid;

  @Test
  void open_publishedMessages_acceptsTheValidOnesOnly() throws Exception {
    Path file = Path.of(System.getProperty("cks.root", ".")).resolve(VECTORS);
    Assumptions.assumeTrue(Files.exists(file), "no Wycheproof vectors at " + file);
    JsonObject vectors = JsonParser.parseString(Files.readString(file)).getAsJsonObject();

    for (JsonElement element : vectors.getAsJsonArray("testGroups")) {
      JsonObject group = element.getAsJsonObject();
      if (has(group, "keySize", 256) && has(group, "ivSize", 96) && has(group, "tagSize", 128)) {
        check(group.getAsJsonArray("tests"));
      }
    }

    assertThat(valid).isGreaterThan(20);
    assertThat(invalid).isGreaterThan(10);
  }

  private void check(JsonArray tests) throws GeneralSecurityException {
    for (JsonElement test : tests) {
      check(test.getAsJsonObject());
    }
  }

  private void check(JsonObject test) throws GeneralSecurityException {
    byte[] aad = hex(test, "aad");
    byte[] plaintext = hex(test, "msg");
    byte[] message = message(test);
    byte[] out = new byte[plaintext.length];
    if (test.get("result").getAsString().equals("invalid")) {
      invalid++;
      assertThatThrownBy(
              () -> opener(test).open(aad, 0, aad.length, message, 0, message.length, out, 0))
          .as("test %s", test.get("tcId"))
          .isInstanceOf(GeneralSecurityException.class);
      return;
    }
    valid++;
    opener(test).open(aad, 0, aad.length, message, 0, message.length, out, 0);
    assertThat(out).as("test %s", test.get("tcId")).isEqualTo(plaintext);
    byte[] sealed = new byte[message.length];
    sealer(test).seal(aad, 0, aad.length, plaintext, 0, plaintext.length, sealed, 0);
    assertThat(sealed).as("test %s", test.get("tcId")).isEqualTo(message);
  }

  private static Opener opener(JsonObject test) {
    XaesKey unused = new XaesSuite(1, 1).key(new byte[32]);
    return new Opener(Prefix.read(unused, new byte[12], 0), new RawAesKey(hex(test, "key")));
  }

  private static Sealer sealer(JsonObject test) throws GeneralSecurityException {
    byte[] nonce = new byte[24];
    System.arraycopy(hex(test, "iv"), 0, nonce, 12, 12);
    XaesKey unused = new XaesSuite(1, 1).key(new byte[32]);
    return new Sealer(unused, new Batch(new RawAesKey(hex(test, "key")), nonce, 1));
  }

  private static byte[] message(JsonObject test) {
    String header = "03" + "00".repeat(12);
    return HexFormat.of()
        .parseHex(
            header
                + test.get("iv").getAsString()
                + test.get("ct").getAsString()
                + test.get("tag").getAsString());
  }

  private static boolean has(JsonObject group, String name, int value) {
    return group.get(name).getAsInt() == value;
  }

  private static byte[] hex(JsonObject test, String name) {
    return HexFormat.of().parseHex(test.get(name).getAsString());
  }
}
