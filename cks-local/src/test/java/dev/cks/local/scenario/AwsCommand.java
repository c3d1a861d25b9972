package dev.cks.local.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * A command of the AWS CLI, for example {@code describe-key --key-id alias/orders}, made into a
 * call of the AWS SDK's interface. Knows the CLI's shorthand for lists, maps and structures.
 */
final class AwsCommand {
  private final Map<String, byte[]> blobs;

  /** {@code blobs} are what {@code fileb://name} means. */
  AwsCommand(Map<String, byte[]> blobs) {
    this.blobs = blobs;
  }

  SdkPojo run(Object client, Class<?> api, List<String> words) {
    Method operation = operation(api, words.get(0));
    SdkPojo builder = (SdkPojo) invoke(method(operation.getParameterTypes()[0], "builder"), null);
    for (int i = 1; i < words.size(); ) {
      String name = words.get(i++);
      List<String> values = new ArrayList<>();
      while (i < words.size() && !words.get(i).matches("--[a-z][a-z0-9-]*")) {
        values.add(words.get(i++));
      }
      set(builder, name, values);
    }
    Object request = invoke(method(builder.getClass(), "build"), builder);
    return (SdkPojo) invoke(operation, client, request);
  }

  private static Method operation(Class<?> api, String command) {
    String name = command.replace("-", "");
    for (Method method : api.getMethods()) {
      if (method.getName().equalsIgnoreCase(name)
          && method.getParameterCount() == 1
          && SdkPojo.class.isAssignableFrom(method.getParameterTypes()[0])) {
        return method;
      }
    }
    throw new IllegalArgumentException("no such command: " + command);
  }

  private void set(SdkPojo builder, String option, List<String> values) {
    boolean negated = option.startsWith("--no-");
    String name = option.substring(negated ? 5 : 2).replace("-", "");
    SdkField<?> field = field(builder, name);
    field.set(builder, values.isEmpty() ? !negated : value(field, values));
  }

  private static SdkField<?> field(SdkPojo pojo, String name) {
    return pojo.sdkFields().stream()
        .filter(field -> field.memberName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such option: " + name));
  }

  private Object value(SdkField<?> field, List<String> words) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.LIST) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      return words.stream().map(word -> value(member, List.of(word))).toList();
    }
    if (type == MarshallingType.MAP) {
      return map(field.getTrait(MapTrait.class).valueFieldInfo(), words);
    }
    if (type == MarshallingType.SDK_POJO) {
      return structure(field.constructor().get(), words.get(0));
    }
    return scalar(type, String.join(" ", words));
  }

  private Map<String, Object> map(SdkField<?> valueField, List<String> words) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String word : words) {
      shorthand(word)
          .forEach((key, text) -> map.put(key, value(valueField, List.of(text.split(",", -1)))));
    }
    return map;
  }

  private Object structure(SdkPojo builder, String word) {
    shorthand(word).forEach((name, text) -> set(builder, "--" + name, List.of(text)));
    return invoke(method(builder.getClass(), "build"), builder);
  }

  /** {@code a=1,2,b=3} means a: "1,2" and b: "3". */
  private static Map<String, String> shorthand(String word) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String part : word.split(",(?=[^,=]+=)", -1)) {
      int equals = part.indexOf('=');
      pairs.put(part.substring(0, equals), part.substring(equals + 1));
    }
    return pairs;
  }

  private Object scalar(MarshallingType<?> type, String text) {
    if (type == MarshallingType.INTEGER) {
      return Integer.valueOf(text);
    }
    if (type == MarshallingType.BOOLEAN) {
      return Boolean.valueOf(text.toLowerCase(Locale.ROOT));
    }
    if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromByteArray(bytes(text));
    }
    return text;
  }

  private byte[] bytes(String text) {
    String file = text.startsWith("fileb://") ? text.substring("fileb://".length()) : null;
    byte[] bytes = file == null ? text.getBytes(StandardCharsets.UTF_8) : blobs.get(file);
    if (bytes == null) {
      throw new IllegalArgumentException("no such file: " + text);
    }
    return bytes;
  }

  private static Method method(Class<?> type, String name) {
    try {
      Method method = type.getMethod(name);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object invoke(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(thrown);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
