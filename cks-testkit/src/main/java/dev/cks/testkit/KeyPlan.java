package dev.cks.testkit;

import dev.cks.domain.key.KeyState;
import org.jspecify.annotations.Nullable;

/**
 * A key as it was declared.
 *
 * @param alias empty for none
 * @param state null: whatever a new key shows in such a key store
 */
record KeyPlan(String alias, @Nullable KeyState state) {
  private static final String PREFIX = "alias/";
  private static final String RESERVED = "alias/aws/";

  KeyPlan {
    if (!alias.isEmpty() && (!alias.startsWith(PREFIX) || alias.length() == PREFIX.length())) {
      throw new IllegalArgumentException(
          "\"" + alias + "\" is no alias: write alias = \"alias/orders\"");
    }
    if (alias.startsWith(RESERVED)) {
      throw new IllegalArgumentException(
          "aliases below alias/aws/ belong to AWS: write alias = \"alias/orders\"");
    }
  }

  @Override
  public String toString() {
    return alias.isEmpty() ? "without an alias" : alias;
  }
}
