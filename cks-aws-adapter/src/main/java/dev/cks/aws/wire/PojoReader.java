package dev.cks.aws.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.core.exc.StreamConstraintsException;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Reads JSON into an object of the SDK, guided by the object's own description of its members.
 * Unknown members and nulls are passed over; what the values mean is checked elsewhere. No message
 * repeats a value: it could be a password.
 */
final class PojoReader {
  private PojoReader() {}

  /**
   * Reads a whole text.
   *
   * @param text UTF-8; nothing at all counts as an empty object
   * @param builder takes the members
   * @throws WireFault {@code SerializationException} if the text is not JSON of that shape
   */
  static void read(byte[] text, SdkPojo builder) {
    try (JsonParser in = Json.parser(text)) {
      JsonToken first = in.nextToken();
      if (first == null) {
        return;
      }
      Scalars.expect(JsonToken.START_OBJECT, first);
      readMembers(in, builder);
      if (in.nextToken() != null) {
        throw WireFault.serialization("The request body goes on after its end");
      }
    } catch (StreamConstraintsException e) {
      throw WireFault.serialization("The request body is nested too deeply or a token is too long");
    } catch (IOException e) {
      throw WireFault.serialization("The request body is not valid JSON");
    }
  }

  private static void readMembers(JsonParser in, SdkPojo builder) throws IOException {
    Map<String, SdkField<?>> fields = builder.sdkFieldNameToField();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      SdkField<?> field = fields.get(in.currentName());
      JsonToken token = in.nextToken();
      if (field == null) {
        in.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        field.set(builder, value(in, field));
      }
    }
  }

  private static @Nullable Object valueOrNull(JsonParser in, SdkField<?> field) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL ? null : value(in, field);
  }

  private static Object value(JsonParser in, SdkField<?> field) throws IOException {
    return switch (field.marshallingType().getKnownType()) {
      case SDK_POJO -> structure(in, field);
      case LIST -> list(in, field.getTrait(ListTrait.class).memberFieldInfo());
      case MAP -> map(in, field.getTrait(MapTrait.class).valueFieldInfo());
      default -> Scalars.read(in, field.marshallingType().getKnownType());
    };
  }

  private static Object structure(JsonParser in, SdkField<?> field) throws IOException {
    Scalars.expect(JsonToken.START_OBJECT, in.currentToken());
    SdkPojo builder = field.constructor().get();
    readMembers(in, builder);
    return ((Buildable) builder).build();
  }

  private static List<@Nullable Object> list(JsonParser in, SdkField<?> element)
      throws IOException {
    Scalars.expect(JsonToken.START_ARRAY, in.currentToken());
    List<@Nullable Object> elements = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      elements.add(valueOrNull(in, element));
    }
    return elements;
  }

  private static Map<String, @Nullable Object> map(JsonParser in, SdkField<?> value)
      throws IOException {
    Scalars.expect(JsonToken.START_OBJECT, in.currentToken());
    Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      pairs.put(key, valueOrNull(in, value));
    }
    return pairs;
  }
}
