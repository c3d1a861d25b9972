package dev.cks.aws.service;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.VirtualClock;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.OriginType;

/** A client over a KMS with one cluster for key stores and one for standard keys. */
public final class World implements AutoCloseable {
  public static final String CLUSTER_ID = "cluster-a2b3c4d5e6f";
  public static final String PASSWORD = "kmsPswd-1234";

  public final Kms kms;
  public final CksKmsClient client;

  /** A world whose ids nobody can foretell. */
  World() {
    this(KmsConfig.asDocumented());
  }

  private World(KmsConfig config) {
    FakeCluster cluster = new FakeCluster(CLUSTER_ID, PASSWORD);
    kms =
        Kms.create(
            config.toBuilder()
                .clusters(id -> id.equals(CLUSTER_ID) ? Optional.of(cluster) : Optional.empty())
                .standardKeys(
                    new FakeCluster("cluster-standard", "standard"),
                    "kmsuser",
                    SecretBytes.ofText("standard"))
                .build());
    client = new CksKmsClient(kms);
  }

  /** Worlds of the same seed answer the same calls alike, to the byte. */
  public static World ofSeed(long seed) {
    return new World(KmsConfig.deterministic(new VirtualClock(), Seed.of(seed)));
  }

  public String createStore() {
    return client
        .createCustomKeyStore(
            request ->
                request
                    .customKeyStoreName("orders")
                    .cloudHsmClusterId(CLUSTER_ID)
                    .trustAnchorCertificate(FakeCluster.TRUST_ANCHOR)
                    .keyStorePassword(PASSWORD))
        .customKeyStoreId();
  }

  public String createConnectedStore() {
    String storeId = createStore();
    client.connectCustomKeyStore(request -> request.customKeyStoreId(storeId));
    return storeId;
  }

  public KeyMetadata createKeyIn(String storeId) {
    return client
        .createKey(request -> request.customKeyStoreId(storeId).origin(OriginType.AWS_CLOUDHSM))
        .keyMetadata();
  }

  public CustomKeyStoresListEntry describe(String storeId) {
    List<CustomKeyStoresListEntry> found =
        client
            .describeCustomKeyStores(request -> request.customKeyStoreId(storeId))
            .customKeyStores();
    return found.get(0);
  }

  @Override
  public void close() {
    client.close();
    kms.close();
  }
}
