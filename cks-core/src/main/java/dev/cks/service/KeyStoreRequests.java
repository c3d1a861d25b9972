package dev.cks.service;

import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.domain.secret.SecretBytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Requests and results of {@link KeyStoreService}. Null stands for a parameter not given. */
public final class KeyStoreRequests {
  private KeyStoreRequests() {}

  /** CreateCustomKeyStore (spec D.2). The password is copied where it is kept. */
  public record Create(
      String name,
      @Nullable String type,
      @Nullable String clusterId,
      @Nullable String trustAnchor,
      @Nullable SecretBytes password) {}

  /** UpdateCustomKeyStore (spec D.6). */
  public record Update(
      String storeId,
      @Nullable String newName,
      @Nullable SecretBytes password,
      @Nullable String clusterId) {}

  /** DescribeCustomKeyStores (spec D.4): by id, by name, or all of them. */
  public record Describe(
      @Nullable String storeId,
      @Nullable String name,
      @Nullable Integer limit,
      @Nullable String marker) {
    /** All key stores, first page. */
    public static Describe all() {
      return new Describe(null, null, null, null);
    }

    /** One key store. */
    public static Describe byId(String storeId) {
      return new Describe(storeId, null, null, null);
    }
  }

  /** What DescribeCustomKeyStores shows of a key store; no secret is in it. */
  public record Description(
      KeyStoreId id,
      String name,
      String clusterId,
      String trustAnchor,
      ConnectionState connectionState,
      @Nullable ConnectionErrorCode connectionErrorCode,
      Instant created) {}
}
