package dev.cks.testkit;

import static dev.cks.domain.keystore.ConnectionErrorCode.NETWORK_ERRORS;
import static dev.cks.domain.keystore.ConnectionState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a failure carries, and what the check after each test finds. */
class FailureReportTest {

  @Test
  void failure_carriesSeedAndHistoryAndTheLineThatReplaysIt() {
    assertThat(Engine.failuresOf(Fails.class, Map.of("cks.seed", "42")))
        .contains("Suppressed: dev.cks.testkit.WhatHappened: with seed 42")
        .contains("operator: cut the network on cluster-")
        .contains("(NETWORK_ERRORS)")
        .contains("the world is as declared")
        .contains("root: DisableKey key/")
        .containsPattern("→ key store cks-\\w+ is DISCONNECTED")
        .contains(
            "replay: mvn test -Dtest='dev.cks.testkit.FailureReportTest$Fails#test'"
                + " -Dcks.seed=42");
  }

  @Test
  void sameSeed_failsWithTheSameHistory() {
    assertThat(Engine.failuresOf(Fails.class)).isEqualTo(Engine.failuresOf(Fails.class));
  }

  @CustomKeyStoreTest
  @KeyStore(state = FAILED, code = NETWORK_ERRORS)
  @Key(alias = "alias/orders")
  static class Fails {
    @Test
    void test(TestKeyStore store, TestKey key, SimulatedCluster cluster) {
      store.disconnect();
      cluster.restoreNetwork();
      store.connect();
      key.kms().disableKey(r -> r.keyId(key.id()));
      fail("as planned");
    }
  }

  @Test
  void failureOfBeforeEachAndOfADynamicTest_carryItToo() {
    assertThat(Engine.failuresOf(FailsBefore.class)).contains("replay: mvn test -Dtest='");
    assertThat(Engine.failuresOf(FailsDynamically.class)).contains("replay: mvn test -Dtest='");
  }

  @CustomKeyStoreTest
  static class FailsBefore {
    @BeforeEach
    void setUp() {
      fail("as planned");
    }

    @Test
    void test() {}
  }

  @CustomKeyStoreTest
  static class FailsDynamically {
    @TestFactory
    List<DynamicTest> tests() {
      return List.of(dynamicTest("one", () -> fail("as planned")));
    }
  }

  @Test
  void assumption_isNoFailure() {
    Engine.run(Assumes.class).testEvents().assertStatistics(stats -> stats.aborted(1).failed(0));
  }

  @CustomKeyStoreTest
  static class Assumes {
    @Test
    void test() {
      Assumptions.abort("as planned");
    }
  }

  @Test
  void lostKey_isFound_unlessAnOperatorTouchedIt() {
    assertThat(Engine.failuresOf(Loses.class)).isEmpty();
  }

  /** Whoever deletes, stops or breaks beyond the budget has nobody else to blame. */
  @CustomKeyStoreTest
  static class Loses {
    @Test
    void deletedByAnOperator(TestKey key, SimulatedCluster cluster) {
      cluster.deleteKey(key.arn());
    }

    @Test
    void removedWithItsHsms(TestKey key, SimulatedCluster cluster) {
      List.of("us-east-1a", "us-east-1b", "us-east-1c").forEach(cluster::removeHsm);
    }

    @Test
    void beyondTheBudget(TestKey key, SimulatedCluster cluster) {
      cluster.faults().install(FaultPlan.script("before each KEY_SYNC: key sync lost").unbounded());
    }

    @Test
    void ofADeletedCluster(TestWorld world) {
      world.aws().cloudHsm().deleteCluster(world.cluster().id());
    }
  }

  @Test
  void brokenInvariant_failsTheTest_withItsHistory() {
    assertThat(Engine.failuresOf(TellsASecret.class))
        .contains("tells a secret: ")
        .contains("replay: mvn test -Dtest='");
  }

  /** Plants an event that nothing of ours would write. */
  static class TellsASecret {
    @RegisterExtension
    static final CustomKeyStoreExtension AWS = CustomKeyStoreExtension.perTest(world -> world);

    @Test
    void test(TestWorld world) {
      AuditSink trail = world.aws().trail();
      trail.record(
          new AuditEvent(
              "1",
              world.aws().clock().now(),
              "kms.amazonaws.com",
              "CreateCustomKeyStore",
              "arn:aws:iam::111122223333:root",
              "",
              "",
              "2",
              false,
              Map.of("keyStorePassword", "kmsPswd01"),
              null,
              null,
              List.of(),
              null,
              null));
    }
  }

  @Test
  void parallelTests_doNotMeet() {
    Map<String, String> parallel =
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    assertThat(Engine.failuresOf(Parallel.class, parallel)).isEmpty();
    assertThat(Engine.failuresOf(ParallelInOneWorld.class, parallel)).isEmpty();
  }

  @CustomKeyStoreTest
  @Execution(ExecutionMode.CONCURRENT)
  static class Parallel {
    @RepeatedTest(40)
    void test(TestKeyStore store, TestKey key, TestWorld world) {
      store.disconnect();
      store.connect();
      key.kms().scheduleKeyDeletion(r -> r.keyId(key.id()));
      assertThat(world.timeline().text()).containsOnlyOnce("ScheduleKeyDeletion");
      assertThat(store.describe().connectionStateAsString()).isEqualTo("CONNECTED");
    }
  }

  @CustomKeyStoreTest(world = TestInstance.Lifecycle.PER_CLASS)
  @Execution(ExecutionMode.CONCURRENT)
  static class ParallelInOneWorld {
    @RepeatedTest(40)
    void test(TestWorld world) {
      String id =
          world
              .aws()
              .kms()
              .createKey(r -> r.customKeyStoreId(world.keyStore().id()).origin("AWS_CLOUDHSM"))
              .keyMetadata()
              .keyId();
      world.aws().kms().scheduleKeyDeletion(r -> r.keyId(id));
      world.aws().clock().advance(java.time.Duration.ofDays(31));
    }
  }
}
