package dev.cks.aws.doctor;

import org.jspecify.annotations.Nullable;

/** Small matters of texts. */
final class Texts {
  private Texts() {}

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
