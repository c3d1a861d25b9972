package dev.cks.aws.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** What is written is what another parser reads. */
class JsonBytesTest {
  @Test
  void everyUtf16Unit_isReadBack() {
    String everything =
        IntStream.rangeClosed(0, Character.MAX_VALUE)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    assertThat(readBack(everything)).isEqualTo(everything);
  }

  @Property(tries = 500)
  void anyText_isReadBack(@ForAll String text) {
    assertThat(readBack(text)).isEqualTo(text);
  }

  @Test
  void whatIsNotAscii_isEscaped() {
    JsonBytes out = new JsonBytes();
    out.string("é\ud800\n\"\\/\u007f");
    assertThat(textOf(out)).isEqualTo("\"\\u00E9\\uD800\\u000A\\\"\\\\/\\u007F\"");
  }

  @Test
  void namesAndValues_arePartedByCommas() {
    JsonBytes out = new JsonBytes();
    out.startObject();
    out.name("a");
    out.startArray();
    out.bare("1");
    out.startObject();
    out.endObject();
    out.string("x");
    out.endArray();
    out.name("b");
    out.plainString("eA==".getBytes(US_ASCII));
    out.endObject();
    assertThat(textOf(out)).isEqualTo("{\"a\":[1,{},\"x\"],\"b\":\"eA==\"}");
  }

  private static String readBack(String text) {
    JsonBytes out = new JsonBytes();
    out.startObject();
    out.name("name");
    out.string(text);
    out.endObject();
    return JsonNode.parser().parse(out.toByteArray()).asObject().get("name").asString();
  }

  private static String textOf(JsonBytes out) {
    return new String(out.toByteArray(), US_ASCII);
  }
}
