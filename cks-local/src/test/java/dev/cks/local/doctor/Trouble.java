package dev.cks.local.doctor;

import dev.cks.aws.doctor.Condition;
import dev.cks.aws.doctor.ManualTask;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.network.SecurityGroup.Direction;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import dev.cks.spi.ClusterFacts.Subnet;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What goes wrong with key stores and leaves a good copy, and what the doctor is to call it. */
@SuppressWarnings("ImmutableEnumChecker") // what it does is code without state
enum Trouble {
  DISCONNECTED(Condition.KEY_STORE_DISCONNECTED, Clinic::disconnect),
  CHANGED_PASSWORD(
      Condition.INVALID_CREDENTIALS,
      clinic -> clinic.whileDisconnected(() -> password(clinic, "changedByAdmin1"))),
  PASSWORD_CHANGED_ON_SOME(
      Condition.INVALID_CREDENTIALS,
      clinic ->
          clinic.whileDisconnected(
              () -> {
                clinic.cluster().partition(clinic.hsms().get(0));
                password(clinic, "changedByAdmin1");
                clinic.cluster().heal(clinic.hsms().get(0));
              })),
  LOCKED_OUT(
      Condition.USER_LOCKED_OUT,
      clinic -> {
        for (int attempt = 1; attempt <= 6; attempt++) {
          boolean first = attempt == 1;
          clinic.whileDisconnected(() -> password(clinic, first ? "changedByAdmin1" : ""));
        }
      }),
  FORGOTTEN_SESSION(
      Condition.USER_LOGGED_IN,
      clinic ->
          clinic.whileDisconnected(
              () -> {
                password(clinic, "temporary1");
                HsmConsole tool = clinic.cluster().console(Dialect.KEY_MGMT_UTIL);
                tool.run("loginHSM -u CU -s kmsuser -p temporary1");
                tool.close(); // logoutHSM is what was forgotten
                clinic.tell("temporary1");
              })),
  NO_HSMS(Condition.NO_ACTIVE_HSM, clinic -> removeHsms(clinic)),
  NO_HSMS_WHEN_CONNECTING(
      Condition.NO_ACTIVE_HSM, clinic -> clinic.whileDisconnected(() -> removeHsms(clinic))),
  CLUSTER_DELETED(
      Condition.CLUSTER_NOT_FOUND,
      clinic -> {
        removeHsms(clinic);
        String id = clinic.cluster().id();
        clinic.aws.cloudHsmV2().deleteCluster(r -> r.clusterId(id));
        clinic.aws.clock().advance(Duration.ofMinutes(15));
      }),
  SUBNET_DELETED(
      Condition.SUBNET_NOT_FOUND,
      clinic ->
          clinic.whileDisconnected(
              () -> {
                List<String> left =
                    clinic.cluster().facts().subnets().stream().map(Subnet::id).sorted().toList();
                clinic.cluster().deleteSubnet(left.get(2));
                clinic.hands.choosing(left.get(0) + "," + left.get(1));
              })),
  SUBNET_FULL(
      Condition.NO_FREE_ADDRESS,
      clinic ->
          clinic.whileDisconnected(
              () -> {
                SimulatedCluster cluster = clinic.cluster();
                cluster.takeAddresses("us-east-1b", cluster.freeAddresses("us-east-1b"));
                clinic.hands.whenAsked(
                    ManualTask.Id.FREE_ADDRESSES, () -> cluster.takeAddresses("us-east-1b", -2));
              })),
  NETWORK_DOWN_WHEN_CONNECTING(
      Condition.NETWORK_ERRORS,
      clinic ->
          clinic.whileDisconnected(
              () -> {
                clinic.cluster().cutNetwork();
                repairsNetwork(clinic, clinic.cluster());
              })),
  NETWORK_DOWN(
      Condition.COMMUNICATION_LASTING,
      clinic -> {
        clinic.cluster().cutNetwork();
        repairsNetwork(clinic, clinic.cluster());
      }),
  RULE_REVOKED(
      Condition.COMMUNICATION_LASTING,
      clinic -> {
        SimulatedCluster cluster = clinic.cluster();
        cluster.revokeRule(Direction.OUTBOUND);
        repairsNetwork(clinic, cluster);
      }),
  RULE_REVOKED_WHEN_CONNECTING(
      Condition.CONFIGURATION_REFUSED,
      clinic -> {
        SimulatedCluster cluster = clinic.cluster();
        repairsNetwork(clinic, cluster);
        clinic.whileDisconnected(() -> cluster.revokeRule(Direction.OUTBOUND));
      }),
  INTERNAL_ERROR(
      Condition.INTERNAL_ERROR,
      clinic ->
          clinic.whileDisconnected(
              () ->
                  clinic
                      .cluster()
                      .faults()
                      .install(
                          FaultPlan.script("before the 1st LOGIN: service error").unbounded()))),
  SESSIONS_OCCUPIED(
      Condition.SESSIONS_EXHAUSTED,
      clinic -> {
        SimulatedCluster cluster = clinic.cluster();
        cluster.occupySessions(SimulatedCluster.SESSION_LIMIT);
        clinic.hands.whenAsked(ManualTask.Id.FREE_SESSIONS, () -> cluster.occupySessions(0));
      }),
  MATERIAL_DELETED(Condition.MATERIAL_MISSING, clinic -> clinic.cluster().deleteKey(clinic.key)),
  KEY_DISABLED(
      Condition.KEY_DISABLED, clinic -> clinic.aws.kms().disableKey(r -> r.keyId(clinic.key))),
  KEY_SCHEDULED(
      Condition.KEY_PENDING_DELETION,
      clinic ->
          clinic.aws.kms().scheduleKeyDeletion(r -> r.keyId(clinic.key).pendingWindowInDays(7)));

  final Condition expected;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  private final Consumer<Clinic> mischief;

  Trouble(Condition expected, Consumer<Clinic> mischief) {
    this.expected = expected;
    this.mischief = mischief;
  }

  /** What it may be called where another trouble is there too. */
  Set<Condition> shownAs() {
    return switch (this) {
      // what was running fine before shows when somebody connects, and the other way round
      case NETWORK_DOWN, NETWORK_DOWN_WHEN_CONNECTING ->
          EnumSet.of(Condition.COMMUNICATION_LASTING, Condition.NETWORK_ERRORS);
      case RULE_REVOKED, RULE_REVOKED_WHEN_CONNECTING ->
          EnumSet.of(
              Condition.COMMUNICATION_LASTING,
              Condition.NETWORK_ERRORS,
              Condition.CONFIGURATION_REFUSED);
      // four wrong passwords are not five
      case LOCKED_OUT -> EnumSet.of(Condition.USER_LOCKED_OUT, Condition.INVALID_CREDENTIALS);
      // without kmsuser's session the password that was set for it is still there
      case FORGOTTEN_SESSION -> EnumSet.of(Condition.USER_LOGGED_IN, Condition.INVALID_CREDENTIALS);
      default -> EnumSet.of(expected);
    };
  }

  void happenTo(Clinic clinic) {
    mischief.accept(clinic);
  }

  private static void password(Clinic clinic, String password) {
    if (!password.isEmpty()) {
      clinic.cluster().changePassword(SimulatedCluster.KMSUSER, password);
    }
  }

  private static void removeHsms(Clinic clinic) {
    clinic.hsms().forEach(clinic.cluster()::removeHsm);
  }

  private static void repairsNetwork(Clinic clinic, SimulatedCluster cluster) {
    clinic.hands.whenAsked(
        ManualTask.Id.REPAIR_NETWORK,
        () -> {
          cluster.restoreNetwork();
          cluster.restoreRule(Direction.OUTBOUND);
        });
  }
}
