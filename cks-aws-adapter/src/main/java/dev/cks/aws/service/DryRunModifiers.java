package dev.cks.aws.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code DryRunModifiers} parameter, whose only value is {@code IGNORE_CIPHERTEXT}. */
final class DryRunModifiers {
  private DryRunModifiers() {}

  /** Whether the request is a dry run that ignores its ciphertext. */
  static boolean ignoreCiphertext(List<String> modifiers, @Nullable Boolean dryRun) {
    if (modifiers.isEmpty()) {
      return false;
    }
    if (!Requests.isSet(dryRun)) {
      throw Requests.invalid("DryRunModifiers is valid only when DryRun is true.");
    }
    return true;
  }

  /** Such a request must name its key, since no ciphertext does. */
  static String requireKey(String member, @Nullable String keyId) {
    if (keyId == null) {
      throw Requests.missing(member);
    }
    return keyId;
  }
}
