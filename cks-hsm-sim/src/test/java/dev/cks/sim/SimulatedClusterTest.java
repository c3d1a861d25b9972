package dev.cks.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.ClusterFacts.HsmState;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class SimulatedClusterTest {
  private static final String A = "us-east-1a";
  private static final String B = "us-east-1b";
  private static final String C = "us-east-1c";
  private static final List<String> ZONES = List.of(A, B, C);
  private static final BackingKeyId ID = new BackingKeyId(1, 2);
  private static final String LABEL = "arn:aws:kms:us-east-1:111122223333:key/x";

  private final SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(42);
  private final SimulatedCluster cluster = service.cluster().create();

  // what the service says

  @Test
  void facts_newCluster_threeActiveHsmsInThreeZones() throws Exception {
    ClusterFacts facts = cluster.facts();

    assertThat(facts.id()).matches("cluster-[2-7a-zA-Z]{11,16}");
    assertThat(facts.hsms()).hasSize(3).allMatch(hsm -> hsm.id().matches("hsm-[2-7a-zA-Z]{11,16}"));
    assertThat(facts.activeZones()).isEqualTo(3);
    assertThat(facts.subnets())
        .hasSize(3)
        .allMatch(subnet -> subnet.id().matches("subnet-[0-9a-f]{17}"));
    X509Certificate anchor =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(facts.trustAnchor().getBytes(US_ASCII)));
    assertThat(anchor.getSubjectX500Principal().getName())
        .isEqualTo("CN=cks simulated customer CA");
    anchor.verify(anchor.getPublicKey());
  }

  @Test
  void withSeed_sameSeed_sameIds() {
    ClusterFacts again = SimulatedCloudHsm.withSeed(42).cluster().create().facts();
    ClusterFacts other = SimulatedCloudHsm.withSeed(43).cluster().create().facts();

    assertThat(again).isEqualTo(cluster.facts());
    assertThat(other.id()).isNotEqualTo(again.id());
  }

  @Test
  void find_deletedCluster_isEmpty() {
    HsmSession session = loginKmsuser();
    assertThat(service.find(cluster.id())).containsSame(cluster);

    service.deleteCluster(cluster.id());

    assertThat(service.find(cluster.id())).isEmpty();
    assertFails(Reason.NO_ACTIVE_HSM, () -> session.find(ID));
  }

  @Test
  void relatedTo_otherCluster_sharesLineage() {
    assertThat(service.cluster().relatedTo(cluster).create().facts().lineage())
        .isEqualTo(cluster.facts().lineage());
    assertThat(service.cluster().create().facts().lineage())
        .isNotEqualTo(cluster.facts().lineage());
  }

  // subnets

  @Test
  void attach_freeAddresses_takesOneInEachSubnetUntilClosed() {
    Attachment attachment = cluster.attach("cks-1");
    assertThat(ZONES).allMatch(zone -> cluster.freeAddresses(zone) == 249);

    attachment.close();
    attachment.close();

    assertThat(ZONES).allMatch(zone -> cluster.freeAddresses(zone) == 250);
  }

  @Test
  void attach_oneSubnetFull_failsAndHoldsNothing() {
    cluster.takeAddresses(B, 250);

    assertFails(Reason.NO_FREE_ADDRESS, () -> cluster.attach("cks-1"));
    assertThat(cluster.freeAddresses(A)).isEqualTo(250);

    cluster.takeAddresses(B, -1);
    cluster.attach("cks-1").close();
  }

  @Test
  void attach_subnetDeleted_failsAndFactsStillNameIt() {
    cluster.deleteSubnet(C);

    assertFails(Reason.SUBNET_NOT_FOUND, () -> cluster.attach("cks-1"));
    assertThat(cluster.facts().subnets()).hasSize(3);
  }

  // login

  @Test
  void login_userMissingOnOneNode_failsUserNotFoundAndNobodyStaysIn() {
    assertThat(cluster.deleteUserOn(B, "kmsuser")).isNull();

    assertFails(Reason.USER_NOT_FOUND, this::loginKmsuser);

    assertThat(ZONES).noneMatch(zone -> cluster.users(zone).stream().anyMatch(UserView::loggedIn));
  }

  @Test
  void login_fiveWrongPasswords_locksUntilAnAdminChangesIt() {
    for (int i = 0; i < 5; i++) {
      assertFails(Reason.AUTH_FAILED, () -> cluster.loginAs("kmsuser", "wrongPassword"));
    }
    assertFails(Reason.LOCKED_OUT, this::loginKmsuser);

    cluster.changePassword("kmsuser", ClusterBuilder.KMSUSER_PASSWORD);

    loginKmsuser().close();
  }

  @Test
  void login_nodesDisagree_theWorstAnswerCounts() {
    cluster.partition(A);
    assertFails(Reason.UNREACHABLE, this::loginKmsuser);

    HsmSession operator = operatorOnEveryReachableNode();
    assertFails(Reason.ALREADY_LOGGED_IN, this::loginKmsuser);
    operator.close();

    cluster.partition(B);
    cluster.changePassword("kmsuser", "anotherPassword");
    cluster.heal(B);
    assertFails(Reason.AUTH_FAILED, this::loginKmsuser);

    for (int i = 0; i < 4; i++) {
      assertFails(Reason.AUTH_FAILED, this::loginKmsuser);
    }
    assertFails(Reason.LOCKED_OUT, this::loginKmsuser);

    cluster.deleteUserOn(B, "kmsuser");
    assertFails(Reason.USER_NOT_FOUND, this::loginKmsuser);
  }

  @Test
  void login_noActiveNode_failsNoActiveHsm() {
    ZONES.forEach(cluster::stopNode);

    assertFails(Reason.NO_ACTIVE_HSM, this::loginKmsuser);
  }

  @Test
  void login_stoppedNode_isNotAsked() {
    cluster.stopNode(A);

    loginKmsuser().close();
    assertThat(cluster.facts().hsms().get(0).state()).isEqualTo(HsmState.DEGRADED);
  }

  @Test
  void login_networkCut_failsUnreachableWithoutATry() {
    cluster.cutNetwork();
    assertFails(Reason.UNREACHABLE, () -> cluster.loginAs("kmsuser", "wrongPassword"));
    cluster.restoreNetwork();

    assertThat(cluster.users(A)).extracting(UserView::failedLogins).containsOnly(0);
  }

  @Test
  void changePassword_oneNodePartitioned_candidateIsNeededThereOnly() {
    try (SecretBytes old = SecretBytes.ofText(ClusterBuilder.KMSUSER_PASSWORD);
        SecretBytes fresh = SecretBytes.ofText("freshPassword")) {
      HsmSession session = cluster.login("kmsuser", old, null);
      cluster.partition(C);
      List<Outcome> outcomes = session.changePassword(fresh);
      session.close();
      cluster.heal(C);

      assertThat(outcomes)
          .extracting(Outcome::failure)
          .containsExactly(null, null, Reason.UNREACHABLE);
      assertFails(Reason.AUTH_FAILED, () -> cluster.login("kmsuser", old, null));
      assertFails(Reason.AUTH_FAILED, () -> cluster.login("kmsuser", fresh, null));
      cluster.login("kmsuser", old, fresh).close();
      assertThat(ZONES)
          .allMatch(
              zone -> cluster.users(zone).stream().allMatch(user -> user.failedLogins() == 0));
    }
  }

  @Test
  void changePassword_whileLoggedIn_isRefusedOnEachNode() {
    try (HsmSession session = loginKmsuser()) {
      assertThat(cluster.changePassword("kmsuser", "anotherPassword"))
          .extracting(Outcome::failure)
          .containsOnly(Reason.ALREADY_LOGGED_IN);
      session.list();
    }
  }

  @Test
  void deleteUser_ownerOfKeys_isDenied() {
    try (HsmSession session = loginKmsuser()) {
      session.generateAes256(ID, LABEL);
    }

    assertThat(cluster.deleteUser("kmsuser"))
        .extracting(Outcome::failure)
        .containsOnly(Reason.DENIED);
    cluster.deleteKey(LABEL);
    assertThat(cluster.deleteUser("kmsuser")).allMatch(Outcome::done);
  }

  // keys

  @Test
  void generate_newKey_isOnEveryNodeWithItsAttributes() {
    HsmKey key = loginKmsuser().generateAes256(ID, LABEL);

    HsmKey.Facts facts = key.facts();
    assertThat(ZONES).allMatch(zone -> cluster.keysOn(zone).equals(List.of(facts)));
    assertThat(facts.reference()).isEqualTo("262162");
    assertThat(facts.created()).isEqualTo(service.clock().now());
    assertThat(facts.attributes())
        .containsEntry("OBJ_ATTR_LABEL", LABEL)
        .containsEntry("OBJ_ATTR_EXTRACTABLE", "0")
        .hasEntrySatisfying("OBJ_ATTR_KCV", kcv -> assertThat(kcv).matches("0x[0-9a-f]{6}"));
  }

  @Test
  void generate_oneNodeLeft_failsBelowQuorumAndLeavesNothing() {
    HsmSession session = loginKmsuser();
    cluster.stopNode(A);
    session.generateAes256(new BackingKeyId(0, 0), LABEL);
    cluster.partition(B);

    assertFails(Reason.BELOW_QUORUM, () -> session.generateAes256(ID, LABEL));

    assertThat(cluster.keysOn(C)).hasSize(1);
  }

  @Test
  void generate_singleNodeCluster_isEnough() {
    SimulatedCluster hidden = service.cluster().singleNode().create();

    HsmKey key =
        hidden.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD).generateAes256(ID, LABEL);

    assertThat(roundTrip(key)).isTrue();
    assertThat(hidden.facts().hsms()).hasSize(1);
  }

  @Test
  void generate_keyLimitReached_failsCapacity() {
    SimulatedCluster small = service.cluster().keyLimit(1).create();
    HsmSession session = small.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD);
    session.generateAes256(ID, LABEL);

    assertFails(Reason.CAPACITY, () -> session.generateAes256(new BackingKeyId(9, 9), LABEL));
    session.generateAes256(ID, LABEL);
  }

  @Test
  void find_someNodesSilent_answersOnlyWhatItKnows() {
    HsmSession session = loginKmsuser();
    session.generateAes256(ID, LABEL);
    cluster.partition(A);

    assertThat(session.find(ID)).isPresent();
    assertFails(Reason.UNREACHABLE, () -> session.find(new BackingKeyId(9, 9)));
    cluster.heal(A);
    assertThat(session.find(new BackingKeyId(9, 9))).isEmpty();
  }

  @Test
  void encrypt_oneNodeAnswers_works() {
    HsmKey key = loginKmsuser().generateAes256(ID, LABEL);
    cluster.stopNode(A);
    cluster.partition(B);

    assertThat(roundTrip(key)).isTrue();

    cluster.cutNetwork();
    assertFails(Reason.UNREACHABLE, () -> roundTrip(key));
    cluster.restoreNetwork();
    ZONES.forEach(cluster::stopNode);
    assertFails(Reason.NO_ACTIVE_HSM, () -> roundTrip(key));
  }

  @Test
  void encrypt_keyDeletedByAnOperator_failsKeyNotFound() {
    HsmKey key = loginKmsuser().generateAes256(ID, LABEL);

    assertThat(cluster.deleteKey("262162")).hasSize(3).allMatch(Outcome::done);

    assertFails(Reason.KEY_NOT_FOUND, () -> roundTrip(key));
    assertThatThrownBy(() -> cluster.deleteKey(LABEL)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void encrypt_sessionsOccupied_failsCapacityUntilFreed() {
    HsmKey key = loginKmsuser().generateAes256(ID, LABEL);
    cluster.occupySessions(SimulatedCluster.SESSION_LIMIT);

    assertThatThrownBy(() -> roundTrip(key)).hasMessageContaining("PKCS #11 sessions");
    assertFails(Reason.CAPACITY, () -> roundTrip(key));

    cluster.occupySessions(0);
    assertThat(roundTrip(key)).isTrue();
  }

  @Test
  void destroy_oneNodePartitioned_saysSoAndTheKeyIsStillThere() {
    HsmSession session = loginKmsuser();
    session.generateAes256(ID, LABEL);
    cluster.partition(C);

    assertThat(session.destroy(ID))
        .extracting(Outcome::failure)
        .containsExactly(null, null, Reason.UNREACHABLE);

    cluster.heal(C);
    assertThat(cluster.keysOn(A)).isEmpty();
    assertThat(cluster.keysOn(C)).hasSize(1);
    assertThat(roundTrip(session.find(ID).orElseThrow())).isTrue();
  }

  // nodes that come and go

  @Test
  void startNode_missedEverything_comesBackAsACopyAndTheSessionLogsIn() {
    HsmSession session = loginKmsuser();
    cluster.stopNode(A);
    HsmKey key = session.generateAes256(ID, LABEL);
    try (SecretBytes fresh = SecretBytes.ofText("freshPassword")) {
      assertThat(session.changePassword(fresh)).hasSize(2).allMatch(Outcome::done);
    }

    cluster.startNode(A);
    cluster.stopNode(B);
    cluster.stopNode(C);

    assertThat(roundTrip(key)).isTrue();
    session.close();
    cluster.loginAs("kmsuser", "freshPassword").close();
  }

  @Test
  void startNode_allWereStopped_keepsWhatItHad() {
    HsmKey key = loginKmsuser().generateAes256(ID, LABEL);
    ZONES.forEach(cluster::stopNode);

    cluster.startNode(B);

    assertThat(roundTrip(key)).isTrue();
  }

  @Test
  void heal_missedACreation_getsTheKeyButNoUsers() {
    HsmSession session = loginKmsuser();
    cluster.partition(A);
    session.generateAes256(ID, LABEL);
    cluster.createUser("other", "otherPassword", Role.CRYPTO_USER);

    cluster.heal(A);

    assertThat(cluster.keysOn(A)).hasSize(1);
    assertThat(cluster.users(A))
        .extracting(UserView::name)
        .containsExactly("admin", "app_user", "kmsuser");
    assertFails(Reason.USER_NOT_FOUND, () -> cluster.loginAs("other", "otherPassword"));
  }

  @Test
  void addHsm_afterTheLastWasRemoved_bringsEverythingBack() {
    HsmSession session = loginKmsuser();
    session.generateAes256(ID, LABEL);
    ZONES.forEach(cluster::removeHsm);
    assertThat(cluster.facts().hsms()).isEmpty();
    assertFails(Reason.NO_ACTIVE_HSM, () -> session.find(ID));

    String added = cluster.addHsm(B);

    assertThat(cluster.keysOn(added)).hasSize(1);
    assertThat(roundTrip(session.find(ID).orElseThrow())).isTrue();
  }

  @Test
  void addHsm_userLockedOnTheModel_isLockedOnTheCopy() {
    for (int i = 0; i < 5; i++) {
      assertFails(Reason.AUTH_FAILED, () -> cluster.loginAs("kmsuser", "wrongPassword"));
    }

    String added = cluster.addHsm(A);

    assertThat(cluster.users(added)).filteredOn(UserView::locked).hasSize(1);
  }

  @Test
  void startNode_passwordDiffers_sessionIsNotLetInThere() {
    HsmSession session = loginKmsuser();
    session.generateAes256(ID, LABEL);
    cluster.stopNode(A);
    try (SecretBytes fresh = SecretBytes.ofText("freshPassword")) {
      assertThat(session.changePassword(fresh)).allMatch(Outcome::done);
    }
    cluster.stopNode(B);
    cluster.stopNode(C);

    cluster.startNode(A);

    assertFails(Reason.UNREACHABLE, () -> session.find(ID));
    assertThat(cluster.users(A)).extracting(UserView::failedLogins).containsExactly(0, 0, 1);
  }

  private HsmSession loginKmsuser() {
    return cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD);
  }

  /** An operator who logs in while a node is cut off would be refused; so logs in before. */
  private HsmSession operatorOnEveryReachableNode() {
    cluster.heal(A);
    HsmSession session = loginKmsuser();
    cluster.partition(A);
    return session;
  }

  private static boolean roundTrip(HsmKey key) {
    byte[] aad = {1};
    byte[] plaintext = "secret".getBytes(UTF_8);
    byte[] ciphertext = new byte[key.ciphertextLength(plaintext.length)];
    key.encrypt(aad, plaintext, 0, plaintext.length, ciphertext, 0);
    byte[] back = new byte[plaintext.length];
    key.decrypt(aad, ciphertext, 0, ciphertext.length, back, 0);
    return Arrays.equals(plaintext, back);
  }

  private static void assertFails(Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(HsmException.class)
        .isThrownBy(call)
        .extracting(HsmException::reason)
        .isEqualTo(reason);
  }
}
