package dev.cks;

import dev.cks.domain.key.AccountRegion;
import dev.cks.memory.SystemTimeline;
import dev.cks.service.Caller;
import dev.cks.service.CryptoService;
import dev.cks.service.KeyService;
import dev.cks.service.KeyStoreService;
import dev.cks.service.KmsServices;
import dev.cks.service.ServicePorts;

/**
 * AWS KMS for one account and Region: key stores, keys, cryptography. Several can live in one JVM
 * and share nothing. Thread-safe.
 *
 * <p>AWS's errors are thrown as {@link dev.cks.domain.error.KmsException}. Policies and grants are
 * not evaluated: every caller may do everything.
 */
public final class Kms implements AutoCloseable {
  private final ServicePorts ports;
  private final KmsServices services;
  private final Caller root;

  private Kms(ServicePorts ports) {
    this(ports, new KmsServices(ports));
  }

  private Kms(ServicePorts ports, KmsServices services) {
    this.ports = ports;
    this.services = services;
    this.root = Caller.root(ports.scope(), "");
  }

  /** A running KMS. */
  public static Kms create(KmsConfig config) {
    return new Kms(config.ports());
  }

  /** The account and Region. */
  public AccountRegion scope() {
    return ports.scope();
  }

  /** The six key store operations. */
  public KeyStoreService keyStores() {
    return services.keyStores();
  }

  /** Managing keys. */
  public KeyService keys() {
    return services.keys();
  }

  /** Using keys. */
  public CryptoService crypto() {
    return services.crypto();
  }

  /**
   * The same KMS for a look from outside, between the calls of a test: what is read through it is
   * recorded nowhere, moves no time and draws no id, so that looking changes nothing. Make no keys
   * and key stores through it.
   */
  public Kms withoutTrace() {
    return new Kms(ports, services.withoutTrace());
  }

  /** A caller for use in process: the account's root user, with a fresh request id. */
  public Caller rootCaller() {
    return root.withRequestId(services.newRequestId());
  }

  /** Logs out of every cluster and stops the own timeline. */
  @Override
  public void close() {
    services.close();
    if (ports.timeline() instanceof SystemTimeline own) {
      own.close();
    }
  }
}
