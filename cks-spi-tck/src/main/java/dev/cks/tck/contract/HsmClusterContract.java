package dev.cks.tck.contract;

/** What an {@code HsmCluster} has to keep to. */
public abstract class HsmClusterContract {
  /** For subclasses. */
  protected HsmClusterContract() {}
}
