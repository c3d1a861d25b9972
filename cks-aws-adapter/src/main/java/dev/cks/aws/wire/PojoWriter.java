package dev.cks.aws.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;

/** Writes an object of the SDK as JSON. Members that are not set are left out. */
final class PojoWriter {
  private static final int USUAL_SIZE = 512;

  private PojoWriter() {}

  /** Writes the members of an object by hand. */
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator out) throws IOException;
  }

  static byte[] write(SdkPojo pojo) {
    return object(out -> writeMembers(out, pojo));
  }

  /** An object with whatever members are written into it. */
  static byte[] object(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator out = Json.FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Only the members, into an object that is already open. */
  static void writeMembers(JsonGenerator out, SdkPojo pojo) throws IOException {
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null && !isStandIn(value)) {
        out.writeFieldName(field.locationName());
        writeValue(out, value);
      }
    }
  }

  /** The SDK puts these where nothing was set. */
  private static boolean isStandIn(Object value) {
    return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
  }

  private static void writeValue(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof SdkPojo structure) {
      out.writeStartObject();
      writeMembers(out, structure);
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      writeList(out, list);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(out, map);
    } else {
      Scalars.write(out, value);
    }
  }

  private static void writeList(JsonGenerator out, List<?> list) throws IOException {
    out.writeStartArray();
    for (Object element : list) {
      writeValue(out, element);
    }
    out.writeEndArray();
  }

  private static void writeMap(JsonGenerator out, Map<?, ?> map) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> pair : map.entrySet()) {
      out.writeFieldName((String) pair.getKey());
      writeValue(out, pair.getValue());
    }
    out.writeEndObject();
  }
}
