package dev.cks.service;

import dev.cks.domain.key.AccountRegion;
import dev.cks.domain.key.Alias;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KmsKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests and results of {@link KeyService}. Null stands for a parameter not given. */
public final class KeyRequests {
  private KeyRequests() {}

  /** A tag. */
  public record Tag(String key, String value) {}

  /**
   * CreateKey (spec D.8). Enumerations travel as the API spells them, since most of their values
   * are refused here.
   */
  public record Create(
      @Nullable String description,
      @Nullable String keySpec,
      @Nullable String keyUsage,
      @Nullable String origin,
      @Nullable String customKeyStoreId,
      @Nullable String xksKeyId,
      boolean multiRegion,
      @Nullable String policy,
      List<Tag> tags) {

    /** A standard symmetric key: what CreateKey without arguments makes. */
    public static Create standard() {
      return new Create(null, null, null, null, null, null, false, null, List.of());
    }

    /** A key in a custom key store. */
    public static Create in(String customKeyStoreId) {
      return new Create(
          null, null, null, "AWS_CLOUDHSM", customKeyStoreId, null, false, null, List.of());
    }

    public Create {
      tags = List.copyOf(tags);
    }
  }

  /**
   * What DescribeKey shows.
   *
   * @param key the stored facts
   * @param state the derived state
   * @param scope account and Region
   * @param clusterId the cluster behind the key's store; null for a standard key
   */
  public record Description(
      KmsKey key, KeyState state, AccountRegion scope, @Nullable String clusterId) {}

  /**
   * What GetKeyLastUsage answers.
   *
   * @param key the stored facts
   * @param lastUse the last successful cryptographic use; null if there was none since then
   * @param trackedSince from when on uses are known
   */
  public record LastUsage(KmsKey key, @Nullable KeyUse lastUse, Instant trackedSince) {}

  /** An entry of ListKeys. */
  public record Listed(KeyId id, String arn) {}

  /** An entry of ListAliases. */
  public record ListedAlias(Alias alias, String arn) {}

  /** What ScheduleKeyDeletion answers. */
  public record Scheduled(
      String keyArn, Instant deletionDate, KeyState state, int pendingWindowInDays) {}
}
