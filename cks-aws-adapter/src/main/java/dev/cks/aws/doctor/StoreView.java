package dev.cks.aws.doctor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key store as KMS described it. States and codes are AWS's own words, also those that this
 * version does not know.
 *
 * @param connectionState {@code CONNECTED}, {@code CONNECTING}, {@code FAILED}, {@code
 *     DISCONNECTED}, {@code DISCONNECTING}, or something newer
 * @param connectionErrorCode why the last attempt failed, if KMS says so
 * @param clusterId null for an external key store
 * @param cluster what stands behind it; null if there is none, or it could not be asked for
 */
public record StoreView(
    String id,
    String name,
    String type,
    String connectionState,
    @Nullable String connectionErrorCode,
    @Nullable String clusterId,
    @Nullable Instant created,
    @Nullable ClusterView cluster) {

  /** Whether the keys in it can be used as far as KMS knows. */
  public boolean isConnected() {
    return connectionState.equals("CONNECTED");
  }
}
