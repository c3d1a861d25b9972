package dev.cks.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.fault.Fault;
import dev.cks.sim.fault.Fault.Kind;
import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.sim.fault.FaultRule;
import dev.cks.sim.fault.FaultTable;
import dev.cks.sim.fault.Lasting;
import dev.cks.sim.fault.Moment;
import dev.cks.sim.fault.Occurrence;
import dev.cks.sim.user.UserView;
import dev.cks.spi.ClusterFacts.Hsm;
import dev.cks.spi.ClusterFacts.HsmState;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault at each moment of each work: what the caller hears, and what the HSMs are like. */
final class FaultMatrixTest {
  private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");
  private static final BackingKeyId OLD = new BackingKeyId(1, 1);
  private static final BackingKeyId NEW = new BackingKeyId(2, 2);
  private static final BackingKeyId UNKNOWN = new BackingKeyId(3, 3);
  private static final byte[] TEXT = "plaintext".getBytes(UTF_8);
  private static final String FRESH = "freshPassword1";
  private static final String OK = "ok";

  private final SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(5);
  private final SimulatedCluster cluster = service.cluster().create();
  private HsmSession session = cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD);
  private final HsmKey key = session.generateAes256(OLD, "old");
  private final byte[] ciphertext = new byte[key.ciphertextLength(TEXT.length)];

  {
    key.encrypt(new byte[0], TEXT, 0, TEXT.length, ciphertext, 0);
  }

  static List<FaultCell> possible() {
    return FaultTable.possible();
  }

  @AfterEach
  void wipe() {
    service.close();
  }

  @ParameterizedTest
  @MethodSource("possible")
  void cell_struck_answersAsDocumentedAndRecovers(FaultCell cell) {
    String struck = zoneOf(cell);
    prepare(cell, struck);
    String place = cell.point() == FaultPoint.ATTACH ? null : struck;
    FaultRule rule =
        new FaultRule(cell.moment(), Occurrence.nth(1), cell.point(), place, fault(cell.kind()));
    cluster.faults().install(new FaultPlan(List.of(rule), true));

    String answer = answer(cell.point(), cell.moment(), struck);

    assertThat(cluster.faults().struck()).containsOnlyKeys(cell);
    assertThat(answer).isEqualTo(expected(cell, struck));
    assertNodes(cell, struck);
    assertKeys(cell, struck);
    assertRecovers(cell);
  }

  /** A place where the moment comes: after the HSM before it, if that must have done it first. */
  private static String zoneOf(FaultCell cell) {
    return switch (cell.point()) {
      case KEY_SYNC -> ZONES.get(2);
      case NODE_COPY -> ZONES.get(1);
      default -> ZONES.get(cell.moment() == Moment.DURING ? 1 : 0);
    };
  }

  private void prepare(FaultCell cell, String struck) {
    if (cell.point() == FaultPoint.LOGIN) {
      session.close();
    } else if (cell.point() == FaultPoint.NODE_COPY) {
      cluster.stopNode(struck);
    }
  }

  private static Fault fault(Kind kind) {
    return switch (kind) {
      case NODE_DOWN -> new Fault.NodeDown(Lasting.UNTIL_CLEARED);
      case SLOW -> new Fault.Slow(Duration.ofSeconds(30), null);
      case SESSION_LOST -> new Fault.SessionLost();
      case LOGIN_REFUSED -> new Fault.LoginRefused();
      case KEY_SYNC_DELAYED -> new Fault.KeySyncDelayed(Duration.ofSeconds(10));
      case KEY_SYNC_LOST -> new Fault.KeySyncLost();
      case ANSWER_LOST -> new Fault.AnswerLost();
      case ZONE_PARTITION -> new Fault.ZonePartition(Lasting.UNTIL_CLEARED);
      case STORAGE_FULL -> new Fault.StorageFull(Lasting.UNTIL_CLEARED);
      case SERVICE_ERROR -> new Fault.ServiceError();
    };
  }

  private String answer(FaultPoint point, Moment moment, String struck) {
    try {
      return switch (point) {
        case ATTACH -> done(() -> cluster.attach("cks-1").close());
        case LOGIN -> done(() -> session = cluster.loginAs("kmsuser", "kmsPswd01"));
        case CHANGE_PASSWORD -> outcomes(changePassword());
        case GENERATE_KEY, KEY_SYNC -> done(() -> session.generateAes256(NEW, "new"));
        case FIND -> done(() -> session.find(moment == Moment.DURING ? UNKNOWN : OLD));
        case LIST -> session.list().size() == 1 ? OK : "incomplete";
        case DESTROY -> outcomes(session.destroy(OLD));
        case ENCRYPT ->
            done(() -> key.encrypt(TEXT, TEXT, 0, TEXT.length, new byte[ciphertext.length], 0));
        case DECRYPT -> done(this::decrypt);
        case RANDOM -> done(() -> session.random(new byte[4]));
        case LOGOUT -> done(session::close);
        case NODE_COPY -> done(() -> cluster.startNode(struck));
      };
    } catch (HsmException failure) {
      return failure.reason().toString();
    }
  }

  private List<Outcome> changePassword() {
    try (SecretBytes fresh = SecretBytes.ofText(FRESH)) {
      return session.changePassword(fresh);
    }
  }

  private void decrypt() {
    byte[] out = new byte[TEXT.length];
    key.decrypt(new byte[0], ciphertext, 0, ciphertext.length, out, 0);
    assertThat(out).isEqualTo(TEXT);
  }

  private static String done(Runnable work) {
    work.run();
    return OK;
  }

  private static String outcomes(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(outcome -> outcome.done() ? OK : String.valueOf(outcome.failure()))
        .collect(Collectors.joining(" "));
  }

  private static String expected(FaultCell cell, String struck) {
    String there = String.valueOf(cell.kind().reason(cell.moment()));
    return switch (cell.point()) {
      case ATTACH, LOGIN -> there;
      case CHANGE_PASSWORD, DESTROY ->
          ZONES.stream()
              .map(zone -> zone.equals(struck) ? there : OK)
              .collect(Collectors.joining(" "));
      case GENERATE_KEY -> expectedOfGeneration(cell, there);
      case FIND -> cell.moment() == Moment.DURING ? unanswered(there) : elsewhere(cell, there);
      case ENCRYPT, DECRYPT, RANDOM -> elsewhere(cell, there);
      case KEY_SYNC, LIST, LOGOUT, NODE_COPY -> OK;
    };
  }

  /** Only an answer that may mean a key ends it, and time that is over; else another HSM helps. */
  private static String expectedOfGeneration(FaultCell cell, String there) {
    boolean atFirst = cell.moment() != Moment.DURING;
    boolean doubtful = Reason.valueOf(there).mayHaveHappened();
    return cell.kind() == Kind.SLOW || (atFirst && doubtful) ? there : OK;
  }

  /** Only time that is over ends it; else another HSM answers. */
  private static String elsewhere(FaultCell cell, String there) {
    return cell.kind() == Kind.SLOW ? there : OK;
  }

  /** A session that is lost is, for who asks, an HSM that does not answer. */
  private static String unanswered(String there) {
    return there.equals("NOT_LOGGED_IN") ? "UNREACHABLE" : there;
  }

  private void assertNodes(FaultCell cell, String struck) {
    for (Hsm hsm : cluster.facts().hsms()) {
      boolean down = cell.kind() == Kind.NODE_DOWN && hsm.zone().equals(struck);
      assertThat(hsm.state()).isEqualTo(down ? HsmState.DEGRADED : HsmState.ACTIVE);
    }
    assertThat(ZONES).allMatch(zone -> cluster.freeAddresses(zone) == 250);
    if (cell.point() == FaultPoint.LOGIN || cell.point() == FaultPoint.LOGOUT) {
      assertThat(ZONES)
          .allMatch(zone -> cluster.users(zone).stream().noneMatch(UserView::loggedIn));
    }
  }

  private void assertKeys(FaultCell cell, String struck) {
    boolean undone = cell.moment() != Moment.AFTER;
    for (String zone : ZONES) {
      boolean here = zone.equals(struck);
      switch (cell.point()) {
        case DESTROY -> {
          boolean late = cell.kind() == Kind.SLOW;
          assertThat(has(zone, OLD)).isEqualTo(here && (undone || late));
        }
        case KEY_SYNC -> assertThat(has(zone, NEW)).isEqualTo(!(here && undone));
        case GENERATE_KEY -> {
          assertThat(has(zone, OLD)).isTrue();
          assertThat(has(zone, NEW)).isEqualTo(hasNew(cell, here));
        }
        default -> assertThat(has(zone, OLD)).isTrue();
      }
    }
  }

  private static boolean hasNew(FaultCell cell, boolean here) {
    boolean failed = !expected(cell, "").equals(OK);
    if (failed) {
      return here && cell.moment() == Moment.AFTER && cell.kind() != Kind.SLOW;
    }
    boolean reached =
        cell.kind() == Kind.SESSION_LOST || cell.kind() == Kind.SERVICE_ERROR; // by the cluster
    return !here || reached;
  }

  private boolean has(String zone, BackingKeyId id) {
    return cluster.keysOn(zone).stream().anyMatch(facts -> facts.id().equals(id));
  }

  /** Late work is done, and after the plan everything works again, with the password it may be. */
  private void assertRecovers(FaultCell cell) {
    service.clock().advance(Duration.ofSeconds(31));
    if (cell.kind() == Kind.KEY_SYNC_DELAYED) {
      assertThat(has(ZONES.get(2), NEW)).isTrue();
    }
    if (cell.kind() == Kind.SLOW && cell.moment() == Moment.AFTER) {
      assertThat(has(ZONES.get(0), NEW)).isEqualTo(cell.point() == FaultPoint.GENERATE_KEY);
      assertThat(has(ZONES.get(0), OLD)).isEqualTo(cell.point() != FaultPoint.DESTROY);
    }
    cluster.faults().clear();
    session.close();
    try (SecretBytes first = SecretBytes.ofText(ClusterBuilder.KMSUSER_PASSWORD);
        SecretBytes fresh = SecretBytes.ofText(FRESH)) {
      session = cluster.login("kmsuser", first, fresh);
      assertThat(session.changePassword(fresh)).hasSize(3).allMatch(Outcome::done);
    }
    if (cell.point() != FaultPoint.DESTROY) {
      assertThat(session.find(OLD)).isPresent();
    }
    session.generateAes256(NEW, "new").facts();
    assertThat(ZONES).allMatch(zone -> has(zone, NEW));
    session.close();
    cluster.loginAs("kmsuser", FRESH).close();
  }

  @Test
  void table_everyCell_isPossibleOrSaysWhyNot() {
    assertThat(FaultTable.all())
        .hasSize(FaultPoint.values().length * Moment.values().length * Kind.values().length);
    assertThat(FaultTable.possible()).hasSizeGreaterThan(100);
    assertThat(FaultTable.all())
        .allMatch(cell -> FaultTable.whyImpossible(cell).map(why -> !why.isBlank()).orElse(true));
    assertThat(FaultTable.possible()).extracting(FaultCell::point).contains(FaultPoint.values());
  }
}
