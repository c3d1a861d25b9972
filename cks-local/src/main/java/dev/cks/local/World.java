package dev.cks.local;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.audit.AuditTrail;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.KeyStoreRequests;
import dev.cks.sim.BackupShelf;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.VirtualClock;
import dev.cks.spi.AuditSink;

/** One history of a simulated account and Region, from its first instant until it is closed. */
final class World implements AutoCloseable {
  private final SimulatedCloudHsm cloudHsm;
  private final SimulatedCloudHsm hiddenHsm;
  private final Kms core;
  private final SimulatedCluster cluster;
  private final String keyStoreId;

  World(SimulatedAws.Builder plan, BackupShelf shelf, AuditTrail trail) {
    Seed seed = Seed.of(plan.seed);
    VirtualClock clock = new VirtualClock();
    AuditSink audit = AuditSink.both(trail, plan.audit);
    this.cloudHsm =
        SimulatedCloudHsm.builder(clock, seed).scope(plan.scope).audit(audit).shelf(shelf).build();
    this.hiddenHsm = new SimulatedCloudHsm(clock, Seed.of(~plan.seed));
    this.core = Kms.create(config(plan, seed, clock, audit));
    this.cluster =
        plan.clusterPlan
            .apply(cloudHsm.cluster())
            .kmsuserPassword(ClusterBuilder.KMSUSER_PASSWORD)
            .create();
    this.keyStoreId = plan.keyStore ? connectedKeyStore() : "";
    if (plan.realTime) {
      clock.follow();
    }
  }

  private KmsConfig config(
      SimulatedAws.Builder plan, Seed seed, VirtualClock clock, AuditSink audit) {
    SimulatedCluster standardKeys =
        hiddenHsm.cluster().singleNode().keyLimit(Integer.MAX_VALUE).withoutBackups().create();
    return KmsConfig.deterministic(clock, seed).toBuilder()
        .scope(plan.scope)
        .clusters(cloudHsm)
        .audit(audit)
        .metadata(plan.metadata.get())
        .auditCrypto(plan.auditCrypto)
        .quotas(plan.quotas)
        .connectLatency(plan.connectLatency)
        .errorCodeOnlyWhileFailed(plan.errorCodeOnlyWhileFailed)
        .keyStateIgnoresMaterial(plan.keyStateIgnoresMaterial)
        .standardKeys(
            standardKeys,
            SimulatedCluster.KMSUSER,
            SecretBytes.ofText(ClusterBuilder.KMSUSER_PASSWORD))
        .build();
  }

  private String connectedKeyStore() {
    String id =
        core.keyStores()
            .create(
                new KeyStoreRequests.Create(
                    SimulatedAws.KEY_STORE_NAME,
                    null,
                    cluster.id(),
                    cluster.facts().trustAnchor(),
                    SecretBytes.ofText(ClusterBuilder.KMSUSER_PASSWORD)),
                core.rootCaller());
    core.keyStores().connect(id, core.rootCaller());
    return id;
  }

  SimulatedCloudHsm cloudHsm() {
    return cloudHsm;
  }

  Kms core() {
    return core;
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  String keyStoreId() {
    if (keyStoreId.isEmpty()) {
      throw new IllegalStateException("built without a key store: create one with kms()");
    }
    return keyStoreId;
  }

  /** Logs KMS out and wipes all key material. */
  @Override
  public void close() {
    core.close();
    cloudHsm.close();
    hiddenHsm.close();
  }
}
