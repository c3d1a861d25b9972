package dev.cks.service;

/**
 * Tells whether a text is JSON (RFC 8259), and nothing more: core reads no policy, so it needs no
 * parser, and has no dependency that brings one. Nesting is limited.
 */
final class JsonSyntax {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private final String wanted;
  private int at;
  private boolean found;

  private JsonSyntax(String text, String wanted) {
    this.text = text;
    this.wanted = wanted;
  }

  /** Whether the text is one JSON object that has this member at its top level. */
  static boolean isObjectWith(String text, String member) {
    JsonSyntax syntax = new JsonSyntax(text, member);
    syntax.skipSpace();
    if (!syntax.object(1)) {
      return false;
    }
    syntax.skipSpace();
    return syntax.at == text.length() && syntax.found;
  }

  private boolean value(int depth) {
    skipSpace();
    if (at >= text.length() || depth > MAX_DEPTH) {
      return false;
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean object(int depth) {
    if (!take('{')) {
      return false;
    }
    skipSpace();
    if (take('}')) {
      return true;
    }
    do {
      skipSpace();
      int from = at;
      if (!string()) {
        return false;
      }
      found |= depth == 1 && text.substring(from + 1, at - 1).equals(wanted);
      skipSpace();
      if (!take(':') || !value(depth + 1)) {
        return false;
      }
      skipSpace();
    } while (take(','));
    return take('}');
  }

  private boolean array(int depth) {
    at++;
    skipSpace();
    if (take(']')) {
      return true;
    }
    do {
      if (!value(depth + 1)) {
        return false;
      }
      skipSpace();
    } while (take(','));
    return take(']');
  }

  private boolean string() {
    if (!take('"')) {
      return false;
    }
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c < ' ' || (c == '\\' && !escape())) {
        return false;
      }
    }
    return false;
  }

  private boolean escape() {
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at++);
    if (c != 'u') {
      return "\"\\/bfnrt".indexOf(c) >= 0;
    }
    int end = at + 4;
    while (at < end) {
      if (at >= text.length() || Character.digit(text.charAt(at++), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    take('-');
    if (!take('0') && !digits()) {
      return false;
    }
    if (take('.') && !digits()) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at > from;
  }

  private boolean word(String word) {
    if (!text.startsWith(word, at)) {
      return false;
    }
    at += word.length();
    return true;
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
