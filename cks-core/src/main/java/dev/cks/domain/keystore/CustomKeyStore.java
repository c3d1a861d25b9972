package dev.cks.domain.keystore;

import dev.cks.domain.secret.SecretBytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A custom key store on CloudHSM as it is stored (spec A.1).
 *
 * @param id the store's id
 * @param name unique in the account and Region
 * @param clusterId the cluster behind it
 * @param lineage the cluster's backup history: clusters of one family share it
 * @param trustAnchor the text of the cluster's {@code customerCA.crt}
 * @param created when the store was created
 * @param connection where its connection stands
 * @param attempt number of the latest connect or disconnect; a result that quotes another is stale
 * @param connectionErrorCode why the latest attempt failed; kept until the next one
 * @param password the {@code kmsuser} password that KMS knows
 * @param candidate a new password that was sent and is not known to have reached every HSM
 * @param keys how many KMS keys the store holds, whatever their state
 */
public record CustomKeyStore(
    KeyStoreId id,
    String name,
    String clusterId,
    String lineage,
    String trustAnchor,
    Instant created,
    ConnectionState connection,
    long attempt,
    @Nullable ConnectionErrorCode connectionErrorCode,
    SecretBytes password,
    @Nullable SecretBytes candidate,
    long keys) {

  /** The same store in another connection state; {@code attempt} says which attempt led there. */
  public CustomKeyStore withConnection(
      ConnectionState state, long newAttempt, @Nullable ConnectionErrorCode code) {
    return new CustomKeyStore(
        id,
        name,
        clusterId,
        lineage,
        trustAnchor,
        created,
        state,
        newAttempt,
        code,
        password,
        candidate,
        keys);
  }

  /** The same store under another name. */
  public CustomKeyStore withName(String newName) {
    return new CustomKeyStore(
        id,
        newName,
        clusterId,
        lineage,
        trustAnchor,
        created,
        connection,
        attempt,
        connectionErrorCode,
        password,
        candidate,
        keys);
  }

  /** The same store on another cluster of the same lineage. */
  public CustomKeyStore withCluster(String newClusterId) {
    return new CustomKeyStore(
        id,
        name,
        newClusterId,
        lineage,
        trustAnchor,
        created,
        connection,
        attempt,
        connectionErrorCode,
        password,
        candidate,
        keys);
  }

  /** The same store with the passwords that KMS now knows. */
  public CustomKeyStore withPasswords(SecretBytes current, @Nullable SecretBytes newCandidate) {
    return new CustomKeyStore(
        id,
        name,
        clusterId,
        lineage,
        trustAnchor,
        created,
        connection,
        attempt,
        connectionErrorCode,
        current,
        newCandidate,
        keys);
  }

  /** The same store with another count of its keys. */
  public CustomKeyStore withKeys(long count) {
    return new CustomKeyStore(
        id,
        name,
        clusterId,
        lineage,
        trustAnchor,
        created,
        connection,
        attempt,
        connectionErrorCode,
        password,
        candidate,
        count);
  }
}
