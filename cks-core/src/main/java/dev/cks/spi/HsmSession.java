package dev.cks.spi;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A crypto user's login to a cluster. Does not promise to outlive the HSMs: it logs in by itself on
 * HSMs that appear or restart, and fails while none answers. Thread-safe. After {@link #close()}
 * every call, also of the keys found through it, fails with {@code NOT_LOGGED_IN}.
 */
public interface HsmSession extends AutoCloseable {

  /**
   * Generates a 256-bit AES key that never leaves the cluster, or returns the one that has this id
   * already.
   *
   * @param id {@code CKA_ID}, chosen by the caller
   * @param label {@code CKA_LABEL}: the ARN of the KMS key
   * @throws HsmException {@code BELOW_QUORUM} if the key is not on enough HSMs; it is undone then.
   *     {@code OUTCOME_UNKNOWN} if it may or may not exist
   */
  HsmKey generateAes256(BackingKeyId id, String label);

  /**
   * Looks a key up on the HSMs.
   *
   * @return empty only if every active HSM answered that it does not have the key
   * @throws HsmException if some HSM that did not answer might have it
   */
  Optional<HsmKey> find(BackingKeyId id);

  /** All keys of this user on any reachable HSM, each once. */
  List<HsmKey.Facts> list();

  /**
   * Destroys a key on every active HSM that can be reached; one outcome for each active HSM, and a
   * key that is not there counts as destroyed.
   */
  List<Outcome> destroy(BackingKeyId id);

  /** Changes this user's password on every active HSM; one outcome for each of them. */
  List<Outcome> changePassword(SecretBytes password);

  /** Fills the array with random bytes from an HSM. */
  void random(byte[] into);

  /** Logs out. Never fails; closing twice is harmless. */
  @Override
  void close();

  /**
   * What one HSM said to a change.
   *
   * @param hsm the HSM's id
   * @param failure why it was not done there, or {@code null} if it was
   */
  record Outcome(String hsm, HsmException.@Nullable Reason failure) {

    /** Whether the HSM did it. */
    public boolean done() {
      return failure == null;
    }
  }
}
