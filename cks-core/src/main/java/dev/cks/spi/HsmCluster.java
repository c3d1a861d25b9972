package dev.cks.spi;

import dev.cks.domain.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of HSMs, or one HSM. Does not promise to answer: any call may be slow, fail, or do its
 * work and lose the answer. Thread-safe. {@code HsmClusterContract} in {@code cks-spi-tck} is the
 * proof of an implementation.
 */
public interface HsmCluster {

  /** What the service says of the cluster; needs no login and never fails. */
  ClusterFacts facts();

  /**
   * Takes one free address in each subnet, as KMS does when it connects. A cluster without a
   * network of its own returns {@link Attachment#none()}.
   *
   * @param keyStoreId the key store that connects
   * @throws HsmException {@code SUBNET_NOT_FOUND} or {@code NO_FREE_ADDRESS}; nothing is held then
   */
  Attachment attach(String keyStoreId);

  /**
   * Logs a crypto user in on each active HSM. Really verifies the password, exactly once on each
   * HSM, and never retries: every wrong attempt counts towards the lock-out. A candidate is tried
   * only on those HSMs that refuse the password: it is a new password of which it is not known
   * which HSMs took it.
   *
   * @throws HsmException with the worst answer of all HSMs, in the order user not found, locked
   *     out, wrong password, already logged in, unreachable; or {@code NO_ACTIVE_HSM}. No HSM keeps
   *     a login then.
   */
  HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate);
}
