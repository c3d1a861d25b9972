package dev.cks.testkit;

import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.local.SimulatedAws;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmSession;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings a connected key store into another state the way it comes there on AWS: by what people and
 * networks do to its cluster. Nothing here sets a state.
 */
final class Causes {
  /** How long connecting and disconnecting take where a test wants to see it: AWS says up to it. */
  static final Duration TRANSITION = Duration.ofMinutes(20);

  private static final int TRIES_UNTIL_LOCKED = 5;
  private static final String KMSUSER = SimulatedCluster.KMSUSER;
  private static final String PASSWORD = ClusterBuilder.KMSUSER_PASSWORD;
  private static final String OTHER_PASSWORD = "otherPswd02";

  private final SimulatedAws aws;
  private final SimulatedCluster cluster;
  private final TestKeyStore store;

  Causes(SimulatedAws aws, TestKeyStore store) {
    this.aws = aws;
    this.cluster = aws.cluster();
    this.store = store;
  }

  /**
   * What has to be done before the keys are made. CloudHSM does not delete a user that owns keys,
   * so there must be an HSM that they do not reach.
   */
  void prepare(WorldPlan plan) {
    if (plan.store().code() == ConnectionErrorCode.USER_NOT_FOUND && !plan.keys().isEmpty()) {
      cluster.partition(lastHsm());
    }
  }

  /** Begins with a connected key store, whose keys are there. */
  void bring(StorePlan plan) {
    switch (plan.state()) {
      case CONNECTED -> {}
      case DISCONNECTED, DISCONNECTING -> store.disconnect();
      case CONNECTING -> {
        store.disconnect();
        aws.clock().advance(TRANSITION);
        store.connect();
      }
      case FAILED -> fail(plan.code());
    }
  }

  private void fail(@Nullable ConnectionErrorCode code) {
    store.disconnect();
    if (code != null) {
      failBecause(code);
    }
  }

  private void failBecause(ConnectionErrorCode code) {
    switch (code) {
      case CLUSTER_NOT_FOUND -> connectAfter(() -> aws.cloudHsm().deleteCluster(cluster.id()));
      case INSUFFICIENT_CLOUDHSM_HSMS -> connectAfter(() -> hsms().forEach(cluster::stopNode));
      case INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET -> connectAfter(this::takeAddresses);
      case SUBNET_NOT_FOUND -> connectAfter(() -> cluster.deleteSubnet(subnet()));
      case NETWORK_ERRORS -> connectAfter(cluster::cutNetwork);
      case INVALID_CREDENTIALS ->
          connectAfter(() -> cluster.changePassword(KMSUSER, OTHER_PASSWORD));
      case USER_LOCKED_OUT -> connectAfter(this::lockOut);
      case USER_LOGGED_IN -> connectAfter(this::logIn);
      case USER_NOT_FOUND -> connectAfter(this::deleteUser);
      case INTERNAL_ERROR -> {
        cluster.faults().install(FaultPlan.script("before each LOGIN: service error"));
        store.connect();
        cluster.faults().clear();
      }
    }
  }

  private void connectAfter(Runnable trouble) {
    trouble.run();
    store.connect();
  }

  private List<String> hsms() {
    return cluster.facts().hsms().stream().map(hsm -> hsm.id()).toList();
  }

  private String subnet() {
    return cluster.facts().subnets().get(0).id();
  }

  private void takeAddresses() {
    cluster.takeAddresses(subnet(), cluster.freeAddresses(subnet()));
  }

  private void lockOut() {
    IntStream.range(0, TRIES_UNTIL_LOCKED).forEach(time -> tryWrongPassword());
  }

  private void tryWrongPassword() {
    try (HsmSession session = cluster.loginAs(KMSUSER, OTHER_PASSWORD)) {
      throw new IllegalStateException("the wrong password is right: " + session);
    } catch (HsmException refused) {
      if (refused.reason() != HsmException.Reason.AUTH_FAILED) {
        throw refused;
      }
    }
  }

  /** Through the client daemon, so that the test can log out with its own console. */
  private void logIn() {
    cluster.changePassword(KMSUSER, PASSWORD);
    store.updatePassword(PASSWORD);
    cluster
        .console(HsmConsole.Dialect.KEY_MGMT_UTIL)
        .run("loginHSM -u CU -s " + KMSUSER + " -p " + PASSWORD);
  }

  /** From every HSM; but where there are keys, only from the one that has none of them yet. */
  private void deleteUser() {
    String hsm = lastHsm();
    cluster.faults().install(FaultPlan.script("before each KEY_SYNC: key sync lost"));
    cluster.heal(hsm);
    hsms().stream().filter(each -> cluster.keysOn(each).isEmpty()).forEach(this::deleteUserOn);
    cluster.faults().clear(); // the keys arrive
  }

  private void deleteUserOn(String hsm) {
    cluster.deleteUserOn(hsm, KMSUSER);
  }

  private String lastHsm() {
    List<String> hsms = hsms();
    return hsms.get(hsms.size() - 1);
  }
}
