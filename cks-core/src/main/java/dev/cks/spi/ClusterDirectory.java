package dev.cks.spi;

import java.util.Optional;

/**
 * Finds clusters by id. Does not discover anything: clusters are registered explicitly, never
 * loaded from the class path, since whoever supplies a cluster receives keys and passwords.
 * Thread-safe.
 */
@FunctionalInterface
public interface ClusterDirectory {

  /** The cluster with this id in the account and Region of the caller, if there is one. */
  Optional<HsmCluster> find(String clusterId);
}
