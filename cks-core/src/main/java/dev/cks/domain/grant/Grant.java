package dev.cks.domain.grant;

import dev.cks.domain.key.KeyId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A grant as it is stored; it never changes. It is shown and found, not evaluated: every caller may
 * do everything with or without it.
 *
 * @param id the grant id
 * @param key the one key it is about
 * @param terms what it allows, and whom
 * @param created when it was created
 */
public record Grant(GrantId id, KeyId key, Terms terms, Instant created) {

  /**
   * What a CreateGrant request asks for. Equal terms with a name mean the same grant.
   *
   * @param grantee ARN of the principal that may use the key
   * @param retiring ARN of the principal that may retire the grant; null for none
   * @param operations what is allowed, in the order of the API
   * @param constraint what an encryption context must satisfy; null for nothing
   * @param name the caller's own name for it, not unique; empty for none
   */
  public record Terms(
      String grantee,
      @Nullable String retiring,
      Set<GrantOperation> operations,
      @Nullable GrantConstraint constraint,
      String name) {
    public Terms {
      operations =
          operations.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(operations));
    }

    /** Whether a request with the same terms means this grant rather than another one. */
    public boolean isRepeatable() {
      return !name.isEmpty();
    }
  }
}
