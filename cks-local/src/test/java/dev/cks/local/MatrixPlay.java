package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.Kms;
import dev.cks.audit.AuditQuery;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.user.UserView;
import dev.cks.spi.ClusterFacts.Hsm;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.tck.invariant.Invariants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Plays one cell on three HSMs, and then what is documented to repair it. */
final class MatrixPlay implements AutoCloseable {
  private static final String OK = "ok";
  private static final String PASSWORD = "matrixPswd1";
  private static final int UNCONNECTED_ADDRESSES = 250;
  private static final Duration SYNC_LAG = Duration.ofHours(1);

  private final KmsCall call;
  private final Account account;
  private final String kept;
  private final SdkBytes ciphertext;
  private final String other;
  private String created;
  private int earlierStrikes;

  MatrixPlay(KmsCall call, boolean oneHsmWithoutTheKey) {
    this.call = call;
    this.account =
        Account.connected(
            aws -> oneHsmWithoutTheKey ? aws.cluster(cluster -> cluster.syncLag(SYNC_LAG)) : aws);
    if (oneHsmWithoutTheKey) {
      String missing = "before the 1st GENERATE_KEY at us-east-1a: session lost";
      account.cluster.faults().install(FaultPlan.script(missing));
    }
    this.kept = account.customKey();
    this.ciphertext = account.encrypt(kept, "kept");
    this.other = account.customKey();
    prepare();
  }

  private void prepare() {
    account.disconnect();
    switch (call) {
      case CONNECT -> {
        account.cluster.changePassword(SimulatedCluster.KMSUSER, PASSWORD);
        account.tell(PASSWORD);
      }
      case UPDATE -> {}
      case HSM_RETURNS -> {
        account.connect();
        account.cluster.stopNode(MatrixCell.ZONES.get(1));
      }
      default -> account.connect(); // so that KMS has not looked for the key yet
    }
    if (call == KmsCall.DELETE_KEY) {
      account.kms.scheduleKeyDeletion(r -> r.keyId(other).pendingWindowInDays(7));
    }
  }

  @Override
  public void close() {
    account.close();
  }

  /** Makes the call while the plan is in force, ends the plan, and looks at what came of it. */
  MatrixResult play(FaultPlan plan) {
    earlierStrikes = account.cluster.faults().strikes().size();
    account.cluster.faults().install(plan);
    String outcome = outcome();
    Kms core = account.aws.core();
    Invariants.everyStateIsDerivable(core);
    Invariants.deletionDatesBelongToPendingKeys(core);
    Invariants.everyKeyHasItsStore(core);
    Invariants.storesWithKeysCannotBeDeleted(core);
    String afterwards = account.connection() + ", " + account.keyState(kept);
    List<String> left = new ArrayList<>(leftWhileTheFaultLasts());
    account.cluster.faults().clear();
    account.aws.clock().advance(Duration.ofSeconds(31)); // what was sent late is done now
    left.addAll(leftForGood());
    return MatrixResult.of(call, outcome, afterwards, left);
  }

  /** Which works were struck, in which cells. */
  Set<FaultCell> struck() {
    return account.cluster.faults().strikes().stream()
        .skip(earlierStrikes)
        .map(strike -> strike.rule().cell())
        .collect(Collectors.toSet());
  }

  private String outcome() {
    try {
      return act();
    } catch (KmsException refusal) {
      String message = refusal.awsErrorDetails().errorMessage();
      return refusal.awsErrorDetails().errorCode() + ": " + message.replaceAll("arn:\\S+", "<arn>");
    }
  }

  private String act() {
    switch (call) {
      case CONNECT -> account.connect();
      case DISCONNECT -> account.disconnect();
      case UPDATE ->
          account.kms.updateCustomKeyStore(
              r -> r.customKeyStoreId(account.store).cloudHsmClusterId(account.cluster.id()));
      case CREATE_KEY -> created = account.customKey();
      case DELETE_KEY -> account.aws.clock().advance(Duration.ofDays(7));
      case HSM_RETURNS -> account.cluster.startNode(MatrixCell.ZONES.get(1));
      default -> use();
    }
    return switch (call) {
      case CONNECT -> account.errorCode() == null ? OK : "FAILED: " + account.errorCode();
      case DELETE_KEY -> deletionStatus();
      case HSM_RETURNS -> returned();
      default -> OK;
    };
  }

  private void use() {
    var kms = account.kms;
    switch (call) {
      case ENCRYPT -> account.encrypt(kept, "text");
      case DECRYPT -> assertThat(account.decrypt(ciphertext)).isEqualTo("kept");
      case RE_ENCRYPT -> kms.reEncrypt(r -> r.ciphertextBlob(ciphertext).destinationKeyId(other));
      case GENERATE_DATA_KEY ->
          kms.generateDataKey(r -> r.keyId(kept).keySpec(DataKeySpec.AES_256));
      case GENERATE_DATA_KEY_WITHOUT_PLAINTEXT ->
          kms.generateDataKeyWithoutPlaintext(r -> r.keyId(kept).keySpec(DataKeySpec.AES_256));
      case GENERATE_RANDOM ->
          kms.generateRandom(r -> r.customKeyStoreId(account.store).numberOfBytes(8));
      default -> throw new IllegalStateException("not a use: " + call);
    }
  }

  private String deletionStatus() {
    var events = account.aws.trail().events(AuditQuery.all().named("DeleteKey").about(other));
    assertThat(events).hasSize(1);
    Object status = events.get(0).additionalEventData().get("backingKeysDeletionStatus");
    return String.valueOf(status).contains("SUCCESS") ? OK : "DeleteKey event: FAILURE";
  }

  private String returned() {
    String zone = MatrixCell.ZONES.get(1);
    Hsm hsm =
        account.cluster.facts().hsms().stream()
            .filter(some -> some.zone().equals(zone))
            .findFirst()
            .orElseThrow();
    boolean loggedIn = account.cluster.users(zone).stream().anyMatch(UserView::loggedIn);
    return hsm.state() + (loggedIn ? ", KMS logged in" : ", KMS not logged in");
  }

  // what is left

  private List<String> leftWhileTheFaultLasts() {
    boolean incomplete = created != null && holders(created) < MatrixCell.ZONES.size();
    return incomplete ? List.of("a copy is missing until the next synchronisation") : List.of();
  }

  private List<String> leftForGood() {
    List<String> left = new ArrayList<>();
    for (String orphan : orphans()) {
      left.add("orphaned key material on " + holders(orphan) + " of 3 HSMs");
    }
    if (account.connection() != ConnectionStateType.CONNECTED) {
      left.addAll(leftOfAConnection());
    }
    if (call == KmsCall.CONNECT && account.connection() == ConnectionStateType.FAILED) {
      left.add(kmsuser());
    }
    return left;
  }

  private List<String> leftOfAConnection() {
    List<String> left = new ArrayList<>();
    for (String zone : MatrixCell.ZONES) {
      if (account.cluster.users(zone).stream().anyMatch(UserView::loggedIn)) {
        left.add("a login in " + zone);
      }
      if (account.cluster.freeAddresses(zone) != UNCONNECTED_ADDRESSES) {
        left.add("a network interface in " + zone);
      }
    }
    return left;
  }

  private long holders(String label) {
    return account.labelsOnEachHsm().stream().filter(labels -> labels.contains(label)).count();
  }

  /** Labels of key material that belongs to no key. */
  private Set<String> orphans() {
    Set<String> labels = new TreeSet<>();
    account.labelsOnEachHsm().forEach(labels::addAll);
    labels.removeAll(keys());
    return labels;
  }

  private List<String> keys() {
    return account.kms.listKeysPaginator().keys().stream().map(KeyListEntry::keyArn).toList();
  }

  /** Which password the HSMs have, and whether somebody is still logged in. */
  private String kmsuser() {
    try {
      account.cluster.loginAs(SimulatedCluster.KMSUSER, PASSWORD).close();
      return "the old password";
    } catch (HsmException refusal) {
      assertThat(refusal.reason()).isEqualTo(Reason.AUTH_FAILED);
      return "the candidate password on some HSMs";
    }
  }

  // repairs

  /** Does what is documented, after which everything is as if nothing had been. */
  void repair(MatrixResult.Repair repair) {
    if (repair.byHand()) {
      orphans().forEach(account.cluster::deleteKey);
    }
    if (repair.reconnect()) {
      account.disconnect();
      account.connect();
    }
    if (repair.retry()) {
      act();
    }
    if (call == KmsCall.UPDATE || call == KmsCall.DISCONNECT) {
      account.connect();
    }
    account.aws.clock().advance(SYNC_LAG.multipliedBy(2));
    assertWorks();
    account.disconnect();
    account.connect();
    assertWorks();
  }

  private void assertWorks() {
    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
    assertThat(account.decrypt(ciphertext)).isEqualTo("kept");
    String fresh = account.customKey();
    assertThat(account.decrypt(account.encrypt(fresh, "fresh"))).isEqualTo("fresh");
    account.aws.clock().advance(SYNC_LAG.multipliedBy(2));
    assertThat(orphans()).isEmpty();
    assertThat(keys()).allMatch(key -> holders(key) == MatrixCell.ZONES.size());
    assertThat(MatrixCell.ZONES)
        .allMatch(zone -> account.cluster.users(zone).stream().anyMatch(UserView::loggedIn));
  }
}
