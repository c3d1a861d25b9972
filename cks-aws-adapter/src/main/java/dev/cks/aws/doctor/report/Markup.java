package dev.cks.aws.doctor.report;

/**
 * HTML and SVG, built so that text cannot become markup: whatever is not a tag of ours goes through
 * {@link #escape}. Not thread-safe.
 */
final class Markup {
  private final StringBuilder out = new StringBuilder();

  /** Markup of ours, as it is. */
  Markup raw(String markup) {
    out.append(markup).append('\n');
    return this;
  }

  /** An element with text in it. */
  Markup element(String tag, String text) {
    return element(tag, "", text);
  }

  /**
   * An element with text in it.
   *
   * @param attributes of ours, for example {@code class="now"}; may be empty
   */
  Markup element(String tag, String attributes, String text) {
    open(tag, attributes);
    out.append(escape(text));
    return close(tag);
  }

  /** An element within a line. */
  Markup inline(String tag, String attributes, String text) {
    open(tag, attributes);
    out.append(escape(text)).append("</").append(tag).append('>');
    return this;
  }

  Markup open(String tag, String attributes) {
    out.append('<').append(tag);
    if (!attributes.isEmpty()) {
      out.append(' ').append(attributes);
    }
    out.append('>');
    return this;
  }

  Markup close(String tag) {
    out.append("</").append(tag).append(">\n");
    return this;
  }

  /** Text as text, also inside a double-quoted attribute. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(isPrintable(c) ? c : '\uFFFD');
      }
    }
    return safe.toString();
  }

  private static boolean isPrintable(char c) {
    return c >= ' ' || c == '\n' || c == '\t';
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
