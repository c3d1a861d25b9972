package dev.cks.service;

import dev.cks.domain.grant.Grant;
import dev.cks.domain.grant.GrantId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests and results of {@link GrantService}. Null stands for a parameter not given. */
public final class GrantRequests {
  private GrantRequests() {}

  /**
   * CreateGrant.
   *
   * @param keyId id or ARN of the key
   * @param granteePrincipal ARN of an IAM or STS principal
   * @param retiringPrincipal ARN of an IAM or STS principal
   * @param operations as the API spells them
   * @param contextEquals the pairs of {@code EncryptionContextEquals}; empty if not given
   * @param contextSubset the pairs of {@code EncryptionContextSubset}; empty if not given
   * @param name makes repeating the request harmless
   * @param grantTokens of other grants
   * @param dryRun whether to answer only what would have happened
   */
  public record Create(
      String keyId,
      String granteePrincipal,
      @Nullable String retiringPrincipal,
      List<String> operations,
      Map<String, String> contextEquals,
      Map<String, String> contextSubset,
      @Nullable String name,
      List<String> grantTokens,
      boolean dryRun) {
    public Create {
      operations = List.copyOf(operations);
      contextEquals = Map.copyOf(contextEquals);
      contextSubset = Map.copyOf(contextSubset);
      grantTokens = List.copyOf(grantTokens);
    }
  }

  /**
   * What CreateGrant answers.
   *
   * @param token fresh with each answer; leads to the grant as long as it exists
   */
  public record Created(GrantId id, String token) {}

  /** RetireGrant: by its token, or by key and grant id. */
  public record Retire(
      @Nullable String grantToken,
      @Nullable String keyId,
      @Nullable String grantId,
      boolean dryRun) {}

  /**
   * ListGrants.
   *
   * @param grantId only this grant
   * @param granteePrincipal only grants for this principal
   */
  public record OfKey(
      String keyId,
      @Nullable String grantId,
      @Nullable String granteePrincipal,
      @Nullable Integer limit,
      @Nullable String marker) {}

  /** An entry of ListGrants and ListRetirableGrants. */
  public record Listed(Grant grant, String keyArn, String issuingAccount) {}
}
