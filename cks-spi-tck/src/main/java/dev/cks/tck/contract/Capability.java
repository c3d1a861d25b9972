package dev.cks.tck.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;

/**
 * What an implementation of a port can do beyond what each one must. Whoever declares a capability
 * is held to the obligations whose names begin with {@code optional_} and its name; without it they
 * are skipped, and the skip says so.
 */
public enum Capability {
  /** A cluster: the fifth wrong password in a row locks a user out. */
  LOCKOUT,

  /** A cluster: an attachment takes addresses, of which there is an end. */
  ADDRESSES,

  /** A cluster: it has several HSMs, and each gives an outcome of its own. */
  SEVERAL_HSMS,

  /** A metadata store: what was committed is there after a restart. */
  RESTART,

  /** An audit sink: what it took can be read back. */
  READING;

  void requireOneOf(Set<Capability> declared) {
    assumeTrue(declared.contains(this), () -> "the capability " + this + " is not declared");
  }
}
