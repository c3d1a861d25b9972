package dev.cks.sim.console;

import dev.cks.sim.hsm.KeyAttribute;
import dev.cks.sim.hsm.KeyObject;
import org.jspecify.annotations.Nullable;

/** Attributes as the tools of Client SDK 3 print them: the name, and the value below it. */
final class AttributeText {
  private AttributeText() {}

  /** Null if the object has no such attribute. */
  static @Nullable String of(KeyObject key, int number) {
    if (number == KeyAttribute.ALL) {
      StringBuilder all = new StringBuilder();
      for (KeyAttribute attribute : KeyAttribute.values()) {
        String one = one(key, attribute);
        all.append(one == null ? "" : one);
      }
      return all.toString();
    }
    return KeyAttribute.of(number).map(attribute -> one(key, attribute)).orElse(null);
  }

  private static @Nullable String one(KeyObject key, KeyAttribute attribute) {
    String value = key.attribute(attribute);
    return value == null ? null : attribute.label() + "\n" + print(attribute, value) + "\n";
  }

  private static String print(KeyAttribute attribute, String value) {
    return switch (attribute.kind()) {
      case TEXT -> value;
      case BYTES -> "0x" + value;
      case NUMBER -> Numbers.format("0x%08x", Integer.parseInt(value));
    };
  }
}
