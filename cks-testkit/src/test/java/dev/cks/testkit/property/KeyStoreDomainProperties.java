package dev.cks.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.key.AliasName;
import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.tck.model.ClusterPlan;
import dev.cks.testkit.simulation.KeyStoreWorld;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import org.assertj.core.api.SoftAssertions;
import software.amazon.awssdk.services.kms.KmsClient;

/** Whatever the domain gives, AWS accepts; and users' defaults of jqwik are still there. */
@KeyStoreProperties
class KeyStoreDomainProperties {
  @Property(tries = 200)
  void ids_areOfTheSpellingThatAwsDocuments(
      @ForAll KeyId key,
      @ForAll KeyStoreId store,
      @ForAll ClusterId cluster,
      @ForAll BackingKeyId material,
      @ForAll int aNumberToo) {
    SoftAssertions.assertSoftly(
        all -> {
          all.assertThat(KeyId.parse(key.toString())).contains(key);
          all.assertThat(store.value()).matches("cks-[0-9a-f]{17}");
          all.assertThat(cluster.value()).matches("cluster-[2-7a-zA-Z]{11,16}");
          all.assertThat(BackingKeyId.of(material.toBytes())).isEqualTo(material);
        });
  }

  @Property(tries = 50)
  void aliasesAndContexts_areAcceptedByKms(
      @ForAll AliasName alias,
      @ForAll EncryptionContext context,
      KmsClient kms,
      KeyStoreWorld world) {
    kms.createAlias(r -> r.aliasName(alias.value()).targetKeyId(world.keyId()));

    assertThat(kms.describeKey(r -> r.keyId(alias.value())).keyMetadata().keyId())
        .isEqualTo(world.keyId());
    assertThat(EncryptionContext.of(context.pairs())).isEqualTo(context);
  }

  @Property(tries = 200)
  void keyStores_haveAnErrorCodeOnlyIfTheyFailed(@ForAll CustomKeyStore store) {
    assertThat(store.connectionErrorCode() != null)
        .isEqualTo(store.connection() == ConnectionState.FAILED);
    assertThat(store.name()).hasSizeBetween(1, 256);
  }

  @Property(tries = 20)
  void clusters_carryAKeyStore(@ForAll ClusterPlan plan) {
    try (KeyStoreWorld world = KeyStoreWorld.on(plan, Duration.ZERO)) {
      assertThat(world.isConnected()).isTrue();
      assertThat(world.aws().cluster().facts().hsms()).hasSize(plan.hsms());
    }
  }

  @Property(tries = 200)
  void faultPlans_areScriptsThatCanBeRead(@ForAll FaultPlan plan) {
    assertThat(FaultPlan.script(plan.toString())).isEqualTo(plan);
    assertThat(plan.beyondBudget()).isFalse();
  }

  @Provide
  ActionChainArbitrary<KeyStoreWorld> anything() {
    return KeyStoreActions.historiesBeyondBudget();
  }

  @Property(tries = 100)
  void historiesBeyondBudget_leaveALibraryThatAnswers(
      @ForAll("anything") ActionChain<KeyStoreWorld> history, KeyStoreWorld world) {
    history.run();
    world.repair(); // maybe in vain
    assertThat(world.kms().describeCustomKeyStores(r -> {}).customKeyStores()).hasSize(1);
  }
}
