package dev.cks.domain.key;

import dev.cks.domain.keystore.ConnectionState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A KMS key as it is stored: facts only. Every key here is symmetric ({@code SYMMETRIC_DEFAULT},
 * {@code ENCRYPT_DECRYPT}), which is all that a custom key store can hold (spec A.5).
 *
 * @param id the key id
 * @param arn the key ARN, kept because each answer carries it
 * @param home where the material lives
 * @param backingKeyId the id of the material in its cluster
 * @param reference the HSM's own handle of the material as text for people, never parsed
 * @param lifecycle the stored part of the key's state
 * @param missingIn the attempt number of the store's connection in which every active HSM said that
 *     the material is gone; 0 when none did
 * @param description free text, empty by default
 * @param created when the key was created
 * @param deletionDate when the window ends; only while pending deletion
 * @param policy the key policy document; null stands for the default policy
 * @param tags tag keys and values, in the order they were set
 */
public record KmsKey(
    KeyId id,
    String arn,
    KeyHome home,
    BackingKeyId backingKeyId,
    String reference,
    KeyLifecycle lifecycle,
    long missingIn,
    String description,
    Instant created,
    @Nullable Instant deletionDate,
    @Nullable String policy,
    Map<String, String> tags) {

  /** The state to show while the key's store is in this connection and attempt. */
  public KeyState state(ConnectionState connection, long attempt) {
    return KeyState.of(lifecycle, connection, missingIn != 0 && missingIn == attempt);
  }

  /**
   * The id of the key's current material as KMS shows it: 64 hex digits, the same for the key's
   * whole life. KMS documents it for keys of origin {@code AWS_KMS} only; null for others.
   */
  public @Nullable String materialId() {
    return home instanceof KeyHome.Standard
        ? BackingKeyId.hex(id.high(), id.low()) + backingKeyId
        : null;
  }

  /** The key after an operation changed its lifecycle; a deletion date ends with the window. */
  public KmsKey withLifecycle(KeyLifecycle changed, @Nullable Instant newDeletionDate) {
    return new KmsKey(
        id,
        arn,
        home,
        backingKeyId,
        reference,
        changed,
        missingIn,
        description,
        created,
        newDeletionDate,
        policy,
        tags);
  }

  /**
   * The key after every active HSM said, in this attempt of its store, that its material is gone.
   */
  public KmsKey withMissingIn(long attempt) {
    return new KmsKey(
        id,
        arn,
        home,
        backingKeyId,
        reference,
        lifecycle,
        attempt,
        description,
        created,
        deletionDate,
        policy,
        tags);
  }

  /** The key with another description. */
  public KmsKey withDescription(String changed) {
    return new KmsKey(
        id,
        arn,
        home,
        backingKeyId,
        reference,
        lifecycle,
        missingIn,
        changed,
        created,
        deletionDate,
        policy,
        tags);
  }

  /** The key with another policy document; null for the default policy. */
  public KmsKey withPolicy(@Nullable String changed) {
    return new KmsKey(
        id,
        arn,
        home,
        backingKeyId,
        reference,
        lifecycle,
        missingIn,
        description,
        created,
        deletionDate,
        changed,
        tags);
  }

  /** The key with these tags instead of its own; the map is not copied. */
  public KmsKey withTags(Map<String, String> changed) {
    return new KmsKey(
        id,
        arn,
        home,
        backingKeyId,
        reference,
        lifecycle,
        missingIn,
        description,
        created,
        deletionDate,
        policy,
        changed);
  }
}
