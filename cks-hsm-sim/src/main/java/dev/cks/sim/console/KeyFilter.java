package dev.cks.sim.console;

import dev.cks.sim.hsm.KeyAttribute;
import dev.cks.sim.hsm.KeyObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

/** Conditions on keys, each by one attribute; no condition matches all. */
final class KeyFilter {
  private Predicate<KeyObject> all = key -> true;

  /** The value as {@link KeyObject#attribute} gives it; hex digits of any case, with 0x or not. */
  void require(KeyAttribute attribute, String value) {
    String wanted =
        attribute.kind() == KeyAttribute.Kind.BYTES
            ? value.toLowerCase(Locale.ROOT).replaceFirst("^0x", "")
            : value;
    all = all.and(key -> Objects.equals(key.attribute(attribute), wanted));
  }

  void requireHandle(int handle) {
    all = all.and(key -> key.handle() == handle);
  }

  void requireOwner(List<String> names) {
    all = all.and(key -> names.contains(key.owner()));
  }

  Predicate<KeyObject> toPredicate() {
    return all;
  }
}
