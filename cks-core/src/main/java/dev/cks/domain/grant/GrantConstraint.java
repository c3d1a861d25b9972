package dev.cks.domain.grant;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a grant demands of the encryption context of a request (spec D.13). Names and values are
 * compared exactly, as they are everywhere in an encryption context; AWS documents the case of
 * names inconsistently.
 */
public sealed interface GrantConstraint {
  /** The most pairs of a constraint. */
  int MAX_PAIRS = 8;

  /** The longest name and the longest value, in characters. */
  int MAX_LENGTH = 384;

  /** The pairs it speaks of. */
  Map<String, String> pairs();

  /** Whether a request with this context is within the grant. */
  boolean admits(EncryptionContext context);

  /** The context must be exactly these pairs. */
  record ContextEquals(Map<String, String> pairs) implements GrantConstraint {
    public ContextEquals {
      pairs = checked(pairs);
    }

    @Override
    public boolean admits(EncryptionContext context) {
      return context.pairs().equals(pairs);
    }
  }

  /** The context must contain these pairs, and may contain others. */
  record ContextSubset(Map<String, String> pairs) implements GrantConstraint {
    public ContextSubset {
      pairs = checked(pairs);
    }

    @Override
    public boolean admits(EncryptionContext context) {
      return context.pairs().entrySet().containsAll(pairs.entrySet());
    }
  }

  /**
   * The constraint of a request; no pairs are no constraint.
   *
   * @param equals {@code EncryptionContextEquals}, empty if not given
   * @param subset {@code EncryptionContextSubset}, empty if not given
   * @throws KmsException {@code ValidationException} for both at once, too many pairs, and too long
   *     names or values
   */
  static @Nullable GrantConstraint of(Map<String, String> equals, Map<String, String> subset) {
    if (!equals.isEmpty() && !subset.isEmpty()) {
      throw invalid(
          "A grant has either EncryptionContextEquals or EncryptionContextSubset, not both.");
    }
    if (!equals.isEmpty()) {
      return new ContextEquals(equals);
    }
    return subset.isEmpty() ? null : new ContextSubset(subset);
  }

  private static Map<String, String> checked(Map<String, String> pairs) {
    if (pairs.size() > MAX_PAIRS) {
      throw invalid("A grant constraint can have at most " + MAX_PAIRS + " pairs.");
    }
    pairs.forEach(
        (name, value) -> {
          if (lengthOf(name) > MAX_LENGTH || lengthOf(value) > MAX_LENGTH) {
            throw invalid(
                "Names and values of a grant constraint can have at most "
                    + MAX_LENGTH
                    + " characters.");
          }
        });
    return Map.copyOf(pairs);
  }

  private static int lengthOf(String text) {
    return text.codePointCount(0, text.length());
  }

  private static KmsException invalid(String message) {
    return new KmsException(KmsErrorCode.VALIDATION, message);
  }
}
