package dev.cks.testkit.property;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.key.AliasName;
import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.tck.model.ClusterPlan;
import dev.cks.testkit.simulation.KeyStoreWorld;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import net.jqwik.api.state.ActionChain;

/**
 * What {@code @ForAll} gives for the types of this domain: {@link KmsArbitraries}, {@link
 * FaultArbitraries} within the budget, and {@link KeyStoreActions#histories()}.
 *
 * <p>jqwik leaves out its own defaults for numbers and strings where a domain is named; {@link
 * KeyStoreProperties} names both.
 */
public final class KeyStoreDomain extends DomainContextBase {
  @Provide
  Arbitrary<KeyId> keyIds() {
    return KmsArbitraries.keyIds();
  }

  @Provide
  Arbitrary<KeyStoreId> keyStoreIds() {
    return KmsArbitraries.keyStoreIds();
  }

  @Provide
  Arbitrary<ClusterId> clusterIds() {
    return KmsArbitraries.clusterIds();
  }

  @Provide
  Arbitrary<BackingKeyId> backingKeyIds() {
    return KmsArbitraries.backingKeyIds();
  }

  @Provide
  Arbitrary<AliasName> aliasNames() {
    return KmsArbitraries.aliasNames();
  }

  @Provide
  Arbitrary<EncryptionContext> encryptionContexts() {
    return KmsArbitraries.encryptionContexts();
  }

  @Provide
  Arbitrary<CustomKeyStore> keyStores() {
    return KmsArbitraries.keyStores();
  }

  @Provide
  Arbitrary<ClusterPlan> clusters() {
    return KmsArbitraries.clusters();
  }

  @Provide
  Arbitrary<FaultPlan> faultPlans() {
    return FaultArbitraries.plans();
  }

  @Provide
  Arbitrary<ActionChain<KeyStoreWorld>> histories() {
    return KeyStoreActions.histories();
  }
}
