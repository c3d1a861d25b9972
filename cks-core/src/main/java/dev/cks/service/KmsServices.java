package dev.cks.service;

import dev.cks.spi.Attachment;
import dev.cks.spi.HsmSession;
import java.time.Instant;
import java.util.function.LongFunction;

/** Puts the services together over their ports. Users reach them through {@code Kms}. */
public final class KmsServices implements AutoCloseable {
  private final Catalog catalog;
  private final ServicePorts ports;
  private final KeyStoreService keyStores;
  private final KeyService keys;
  private final CryptoService crypto;
  private final RequestIds requestIds;
  private final Connector connector;
  private final Deletions deletions;
  private final LongFunction<String> requestTexts;

  /** Reads what is stored and takes up what is under way. */
  public KmsServices(ServicePorts ports) {
    this.ports = ports;
    this.requestIds = new RequestIds(ports.random());
    this.requestTexts = requestIds::text;
    this.catalog = new Catalog(ports.metadata());
    Auditor auditor = new Auditor(ports);
    this.connector = new Connector(catalog, ports);
    this.deletions = new Deletions(catalog, ports, auditor);
    this.keyStores = new KeyStoreService(catalog, ports, auditor, connector);
    this.keys = new KeyService(catalog, ports, auditor, deletions);
    this.crypto = new CryptoService(catalog, ports, auditor);
    openStandardKeys();
    Instant now = ports.timeline().now();
    for (StoreEntry entry : catalog.stores().values()) {
      connector.resume(entry, now);
    }
    for (KeyEntry entry : catalog.keys().values()) {
      deletions.scheduled(entry.key());
    }
  }

  /** The same state, looked at through ports that keep no trace. */
  private KmsServices(KmsServices seen, ServicePorts ports) {
    this.ports = ports;
    this.requestIds = new RequestIds(ports.random());
    this.requestTexts = requestIds::text;
    this.catalog = seen.catalog;
    this.connector = seen.connector;
    this.deletions = seen.deletions;
    Auditor auditor = new Auditor(ports);
    this.keyStores = new KeyStoreService(catalog, ports, auditor, connector);
    this.keys = new KeyService(catalog, ports, auditor, deletions);
    this.crypto = new CryptoService(catalog, ports, auditor);
  }

  /** The same services for a look that changes nothing, not even the time. */
  public KmsServices withoutTrace() {
    return new KmsServices(this, ports.withoutTrace());
  }

  private void openStandardKeys() {
    ServicePorts.StandardKeys home = ports.standardKeys();
    if (home != null) {
      HsmSession session = home.cluster().login(home.user(), home.password(), null);
      catalog.standard().goLive(new StoreEntry.Live(session, Attachment.none()));
    }
  }

  /** The key store operations. */
  public KeyStoreService keyStores() {
    return keyStores;
  }

  /** Managing keys. */
  public KeyService keys() {
    return keys;
  }

  /** Using keys. */
  public CryptoService crypto() {
    return crypto;
  }

  /** The caller with a fresh request id: unique, not secret, and cheap: every call takes one. */
  public Caller withRequestId(Caller caller) {
    return caller.withRequestId(requestTexts, requestIds.nextNumber());
  }

  /** Logs out of every cluster. What is stored stays as it is. */
  @Override
  public void close() {
    for (StoreEntry entry : catalog.stores().values()) {
      entry.endLive();
    }
    catalog.standard().endLive();
    ports.metadata().close();
  }
}
