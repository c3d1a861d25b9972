package dev.cks.aws.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes an object of the SDK as JSON. Members that are not set are left out. */
final class PojoWriter {
  private PojoWriter() {}

  static byte[] write(SdkPojo pojo) {
    JsonBytes out = new JsonBytes();
    writeStructure(out, pojo);
    return out.toByteArray();
  }

  private static void writeStructure(JsonBytes out, SdkPojo pojo) {
    out.startObject();
    writeMembers(out, pojo);
    out.endObject();
  }

  /** Only the members, into an object that is already open. */
  static void writeMembers(JsonBytes out, SdkPojo pojo) {
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null && !isStandIn(value)) {
        out.name(field.locationName());
        writeValue(out, value);
      }
    }
  }

  /** The SDK puts these where nothing was set. */
  private static boolean isStandIn(Object value) {
    return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
  }

  private static void writeValue(JsonBytes out, @Nullable Object value) {
    if (value == null) {
      out.bare("null");
    } else if (value instanceof SdkPojo structure) {
      writeStructure(out, structure);
    } else if (value instanceof List<?> list) {
      writeList(out, list);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(out, map);
    } else {
      Scalars.write(out, value);
    }
  }

  private static void writeList(JsonBytes out, List<?> list) {
    out.startArray();
    for (Object element : list) {
      writeValue(out, element);
    }
    out.endArray();
  }

  private static void writeMap(JsonBytes out, Map<?, ?> map) {
    out.startObject();
    for (Map.Entry<?, ?> pair : map.entrySet()) {
      out.name((String) pair.getKey());
      writeValue(out, pair.getValue());
    }
    out.endObject();
  }
}
