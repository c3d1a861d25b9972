package dev.cks.local.internal;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactoryBuilder;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.core.StreamReadConstraints;
import software.amazon.awssdk.thirdparty.jackson.core.StreamReadFeature;

/** JSON text, and the maps, lists, texts, numbers and booleans that it stands for. */
public final class Json {
  private static final int NESTING_LIMIT = 32;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(NESTING_LIMIT).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private Json() {}

  /** The text of a value. Members keep their order; whatever else there is becomes its text. */
  public static String write(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      writeObject(out, map);
    } else if (value instanceof Iterable<?> list) {
      writeArray(out, list);
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      out.writeNumber(((Number) value).longValue());
    } else if (value instanceof Number number) {
      out.writeNumber(number.doubleValue());
    } else {
      out.writeString(value.toString());
    }
  }

  private static void writeObject(JsonGenerator out, Map<?, ?> map) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> member : map.entrySet()) {
      out.writeFieldName(String.valueOf(member.getKey()));
      write(out, member.getValue());
    }
    out.writeEndObject();
  }

  private static void writeArray(JsonGenerator out, Iterable<?> list) throws IOException {
    out.writeStartArray();
    for (Object element : list) {
      write(out, element);
    }
    out.writeEndArray();
  }

  /**
   * The object that a text stands for; an empty one for no text at all.
   *
   * @param text UTF-8
   * @throws IllegalArgumentException if it stands for no object
   */
  public static Map<String, Object> readObject(byte[] text) {
    if (text.length == 0) {
      return Map.of();
    }
    try (JsonParser in = parser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a JSON object was expected");
      }
      Map<String, Object> read = object(in);
      if (in.nextToken() != null) {
        throw new IllegalArgumentException("one JSON object was expected");
      }
      return read;
    } catch (IOException e) {
      // without the parser's message, which quotes the text
      throw new IllegalArgumentException("the text is not JSON", e);
    }
  }

  private static JsonParser parser(byte[] text) throws IOException {
    CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    return FACTORY.createParser(characters.array(), 0, characters.length());
  }

  /** Members that are null are left out: to give none and to give null is the same. */
  private static Map<String, Object> object(JsonParser in) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      Object value = value(in, in.nextToken());
      if (value != null) {
        members.put(name, value);
      }
    }
    return members;
  }

  private static @Nullable Object value(JsonParser in, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
      default -> in.getText();
    };
  }

  private static List<@Nullable Object> array(JsonParser in) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      elements.add(value(in, token));
    }
    return elements;
  }
}
