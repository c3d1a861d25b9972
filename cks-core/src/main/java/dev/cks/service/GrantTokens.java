package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.grant.GrantToken;
import java.util.List;

/**
 * The {@code GrantTokens} parameter: a bogus token is refused, a good one makes no difference,
 * since authorisation is not evaluated (spec E.4).
 */
final class GrantTokens {
  private GrantTokens() {}

  /** Accepts tokens that lead to a grant there is. */
  static void requireValid(List<String> tokens, Catalog catalog) {
    for (String token : tokens) {
      if (catalog.grants().get(parse(token).grant()) == null) {
        throw invalid();
      }
    }
  }

  /** Reads a token, whether its grant still exists or not. */
  static GrantToken parse(String token) {
    return GrantToken.parse(token).orElseThrow(GrantTokens::invalid);
  }

  private static KmsException invalid() {
    return new KmsException(
        KmsErrorCode.INVALID_GRANT_TOKEN, "The specified grant token is not valid.");
  }
}
