package dev.cks.consumers.explicit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.Caller;
import dev.cks.service.CryptoRequests;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyStoreRequests;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.tck.contract.HsmClusterContract;
import dev.cks.tck.invariant.Invariants;
import java.util.Arrays;
import java.util.List;

/** Encrypts under a key of a custom key store; every class of cks comes from a named module that says so itself. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    for (Class<?> each : List.of(Kms.class, SimulatedCloudHsm.class, HsmClusterContract.class)) {
      Module module = each.getModule();
      if (!module.isNamed() || module.getDescriptor().isAutomatic()) {
        throw new IllegalStateException(each + " is not in an explicit module");
      }
    }
    byte[] secret = "four and twenty".getBytes(UTF_8);
    try (SimulatedCloudHsm cloudHsm = SimulatedCloudHsm.withSeed(1);
        Kms kms = Kms.create(KmsConfig.deterministic(cloudHsm.clock(), cloudHsm.seed()).toBuilder().clusters(cloudHsm).build())) {
      Caller caller = kms.rootCaller();
      String store = connectedStore(kms, cloudHsm.cluster().create(), caller);
      String key = kms.keys().create(KeyRequests.Create.in(store), caller).key().arn();
      EncryptionContext context = EncryptionContext.EMPTY;
      byte[] ciphertext = kms.crypto().encrypt(new CryptoRequests.Encrypt(key, secret, context), caller).ciphertext();
      byte[] plaintext = kms.crypto().decrypt(new CryptoRequests.Decrypt(ciphertext, context), caller).plaintext();
      Invariants.everyStateIsDerivable(kms);
      if (!Arrays.equals(plaintext, secret)) {
        throw new IllegalStateException("decrypted to something else");
      }
    }
    System.out.println("explicit modules: encrypted and decrypted on JDK " + Runtime.version().feature());
  }

  private static String connectedStore(Kms kms, SimulatedCluster cluster, Caller caller) {
    try (SecretBytes password = SecretBytes.ofText(ClusterBuilder.KMSUSER_PASSWORD)) {
      String store =
          kms.keyStores()
              .create(new KeyStoreRequests.Create("store", "AWS_CLOUDHSM", cluster.id(), cluster.facts().trustAnchor(), password), caller);
      kms.keyStores().connect(store, caller);
      return store;
    }
  }
}
