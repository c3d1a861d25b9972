package dev.cks.spi;

/** The addresses that a connected key store holds in the cluster's subnets. */
@FunctionalInterface
public interface Attachment extends AutoCloseable {

  /** Gives the addresses back. Never fails; closing twice is harmless. */
  @Override
  void close();

  /** An attachment to a cluster without a network of its own. */
  static Attachment none() {
    return () -> {};
  }
}
