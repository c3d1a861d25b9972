package dev.cks.sim.console;

import dev.cks.sim.hsm.KeyAttribute;
import dev.cks.sim.hsm.KeyObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Keys in the words of CloudHSM CLI, both as it reads and as it prints them. */
final class CliFilter {
  private static final String ATTRIBUTE = "attr.";
  private static final String REFERENCE = "key-reference=";

  /** In the order in which they are printed. */
  private static final Map<String, KeyAttribute> NAMES = names();

  private CliFilter() {}

  /** Null if a condition cannot be read; no conditions match all keys. */
  static @Nullable KeyFilter parse(List<String> conditions) {
    KeyFilter filter = new KeyFilter();
    for (String condition : conditions) {
      boolean read =
          condition.startsWith(REFERENCE)
              ? reference(filter, condition.substring(REFERENCE.length()))
              : condition.startsWith(ATTRIBUTE)
                  && attribute(filter, condition.substring(ATTRIBUTE.length()));
      if (!read) {
        return null;
      }
    }
    return filter;
  }

  private static boolean reference(KeyFilter filter, String hex) {
    OptionalInt handle = Numbers.parseHex(hex);
    handle.ifPresent(filter::requireHandle);
    return handle.isPresent();
  }

  private static boolean attribute(KeyFilter filter, String condition) {
    int equals = condition.indexOf('=');
    KeyAttribute attribute = equals < 0 ? null : NAMES.get(condition.substring(0, equals));
    if (attribute == null) {
      return false;
    }
    filter.require(attribute, read(attribute, condition.substring(equals + 1)));
    return true;
  }

  private static String read(KeyAttribute attribute, String value) {
    return switch (attribute) {
      case CLASS -> value.equals("secret-key") ? "4" : value;
      case KEY_TYPE -> value.equals("aes") ? "31" : value;
      default ->
          switch (value) {
            case "true" -> attribute.kind() == KeyAttribute.Kind.NUMBER ? "1" : value;
            case "false" -> attribute.kind() == KeyAttribute.Kind.NUMBER ? "0" : value;
            default -> value;
          };
    };
  }

  static Map<String, Object> attributes(KeyObject key) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    NAMES.forEach(
        (name, attribute) -> {
          String value = key.attribute(attribute);
          if (value != null) {
            attributes.put(name, print(attribute, value));
          }
        });
    return attributes;
  }

  private static Object print(KeyAttribute attribute, String value) {
    return switch (attribute) {
      case CLASS -> "secret-key";
      case KEY_TYPE -> "aes";
      case VALUE_LEN -> Integer.parseInt(value);
      default ->
          switch (attribute.kind()) {
            case TEXT -> value;
            case BYTES -> "0x" + value;
            case NUMBER -> value.equals("1");
          };
    };
  }

  private static Map<String, KeyAttribute> names() {
    Map<String, KeyAttribute> names = new LinkedHashMap<>();
    names.put("key-type", KeyAttribute.KEY_TYPE);
    names.put("label", KeyAttribute.LABEL);
    names.put("id", KeyAttribute.ID);
    names.put("check-value", KeyAttribute.KCV);
    names.put("class", KeyAttribute.CLASS);
    names.put("encrypt", KeyAttribute.ENCRYPT);
    names.put("decrypt", KeyAttribute.DECRYPT);
    names.put("token", KeyAttribute.TOKEN);
    names.put("always-sensitive", KeyAttribute.ALWAYS_SENSITIVE);
    names.put("derive", KeyAttribute.DERIVE);
    names.put("destroyable", KeyAttribute.DESTROYABLE);
    names.put("extractable", KeyAttribute.EXTRACTABLE);
    names.put("local", KeyAttribute.LOCAL);
    names.put("never-extractable", KeyAttribute.NEVER_EXTRACTABLE);
    names.put("private", KeyAttribute.PRIVATE);
    names.put("sensitive", KeyAttribute.SENSITIVE);
    names.put("sign", KeyAttribute.SIGN);
    names.put("trusted", KeyAttribute.TRUSTED);
    names.put("unwrap", KeyAttribute.UNWRAP);
    names.put("verify", KeyAttribute.VERIFY);
    names.put("wrap", KeyAttribute.WRAP);
    names.put("wrap-with-trusted", KeyAttribute.WRAP_WITH_TRUSTED);
    names.put("key-length-bytes", KeyAttribute.VALUE_LEN);
    return names;
  }
}
