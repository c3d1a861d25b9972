package dev.cks.tck.model;

import org.jspecify.annotations.Nullable;

/** Somebody who is logged in as {@code kmsuser}: KMS, or a person. */
final class ModelSession {
  String password;

  /** Tried once where the password is refused. */
  @Nullable String candidate;

  ModelSession(String password, @Nullable String candidate) {
    this.password = password;
    this.candidate = candidate;
  }

  String logInto(ModelNode node) {
    String answer = node.logIn(this, password);
    String other = candidate;
    return answer.equals(ModelNode.AUTH_FAILED) && other != null ? node.logIn(this, other) : answer;
  }
}
