package dev.cks.sim.fault;

import java.util.EnumSet;
import java.util.Set;

/** The work on the HSM side in which a fault can strike. */
public enum FaultPoint {
  /** The service takes addresses in the cluster's subnets; no HSM takes part. */
  ATTACH(false),
  /** An HSM checks a password and lets a crypto user in. */
  LOGIN(true),
  /** A crypto user changes its password on one HSM after the other. */
  CHANGE_PASSWORD(true),
  /** An HSM generates a key, or takes its copy from the client that makes it available. */
  GENERATE_KEY(true),
  /** The cluster by itself copies a key to an HSM that does not have it. */
  KEY_SYNC(false),
  /** HSMs are asked for a key, one after the other until one has it. */
  FIND(true),
  /** All HSMs are asked for the keys of a user. */
  LIST(true),
  /** A key is destroyed on one HSM after the other. */
  DESTROY(true),
  /** An HSM encrypts. */
  ENCRYPT(false),
  /** An HSM decrypts. */
  DECRYPT(false),
  /** An HSM gives random bytes. */
  RANDOM(false),
  /** A session ends on one HSM after the other. */
  LOGOUT(true),
  /** An HSM that was added or started becomes a copy of a live one. */
  NODE_COPY(false);

  private final boolean onSeveralHsms;

  FaultPoint(boolean onSeveralHsms) {
    this.onSeveralHsms = onSeveralHsms;
  }

  /** The moments that this work has; what one HSM does alone has no {@link Moment#DURING}. */
  public Set<Moment> moments() {
    return onSeveralHsms ? EnumSet.allOf(Moment.class) : EnumSet.of(Moment.BEFORE, Moment.AFTER);
  }
}
