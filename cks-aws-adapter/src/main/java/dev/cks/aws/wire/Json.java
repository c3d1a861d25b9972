package dev.cks.aws.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactoryBuilder;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.StreamReadConstraints;
import software.amazon.awssdk.thirdparty.jackson.core.StreamReadFeature;
import software.amazon.awssdk.thirdparty.jackson.core.json.JsonWriteFeature;

/** JSON text as the AWS SDK's own parser reads it, only stricter. */
final class Json {
  /** How deep arrays and objects may nest; the deepest request of AWS needs fewer than ten. */
  static final int NESTING_LIMIT = 32;

  private static final int NUMBER_LIMIT = 64;

  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTING_LIMIT)
                  .maxNumberLength(NUMBER_LIMIT)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // names of strangers must not stay anywhere, nor cost the next request anything
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // also what makes an unpaired surrogate writable
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private Json() {}

  /**
   * A parser of UTF-8 and of no other encoding.
   *
   * @throws IOException if the bytes are none
   */
  static JsonParser parser(byte[] text) throws IOException {
    CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    return FACTORY.createParser(characters.array(), 0, characters.length());
  }
}
