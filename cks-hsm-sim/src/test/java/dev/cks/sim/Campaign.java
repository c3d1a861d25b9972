package dev.cks.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.hsm.Fleet;
import dev.cks.sim.hsm.HsmNode;
import dev.cks.sim.journal.JournalEntry;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.SeededStream;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A careful client and a careful operator on a cluster where a drawn plan is in force. */
final class Campaign {
  private static final byte[] AAD = {7};
  private static final int KEYS = 25;

  /** What a call may answer while HSMs fail. Above all not: the key is gone, the password wrong. */
  private static final Set<Reason> DOCUMENTED =
      EnumSet.of(
          Reason.UNREACHABLE,
          Reason.OUTCOME_UNKNOWN,
          Reason.INTERNAL,
          Reason.BELOW_QUORUM,
          Reason.CAPACITY,
          Reason.ALREADY_LOGGED_IN,
          Reason.NOT_LOGGED_IN);

  final SimulatedCloudHsm service;
  final SimulatedCluster cluster;
  private final long number;
  private final SeededStream draws;
  private final Map<BackingKeyId, byte[]> acknowledged = new LinkedHashMap<>();
  private final List<BackingKeyId> interrupted = new ArrayList<>();
  private final Set<BackingKeyId> generated = new HashSet<>();
  private String password = ClusterBuilder.KMSUSER_PASSWORD;
  private String candidate;
  private HsmSession session;
  private int made;
  int refusals;

  Campaign(long number) {
    this.number = number;
    this.service = SimulatedCloudHsm.withSeed(number);
    this.draws = service.seed().stream("campaign");
    this.cluster = service.cluster().syncLag(Duration.ofSeconds(draws.nextInt(2) * 3L)).create();
  }

  Campaign run(int steps) {
    return run(steps, FaultPlan.drawn(Seed.of(number)));
  }

  Campaign run(int steps, FaultPlan plan) {
    cluster.faults().install(plan);
    for (int i = 0; i < steps; i++) {
      try {
        step();
      } catch (HsmException refusal) {
        refusals++;
        assertThat(refusal.reason()).as(this::replay).isIn(DOCUMENTED);
      } catch (RuntimeException bug) {
        throw new AssertionError(replay(), bug);
      }
      assertThat(survivorsWithout(null)).as(this::replay).isTrue();
    }
    return this;
  }

  /** For people: what led here. */
  private String replay() {
    List<JournalEntry> entries = service.journal().entries();
    return "seed "
        + number
        + entries.subList(Math.max(0, entries.size() - 25), entries.size()).stream()
            .map(entry -> "\n" + entry)
            .collect(Collectors.joining());
  }

  private void step() {
    if (session == null) {
      logIn();
      return;
    }
    switch (draws.nextInt(16)) {
      case 0, 1 -> create();
      case 2, 3 -> find();
      case 4, 5, 6 -> encrypt();
      case 7, 8, 9 -> decrypt();
      case 10 -> destroy();
      case 11 -> changePassword();
      case 12 -> restart();
      case 13 -> service.clock().advance(Duration.ofMillis(draws.nextInt(8000)));
      case 14 -> session.random(new byte[8]);
      default -> otherwise();
    }
  }

  private void otherwise() {
    if (draws.nextInt(3) == 0) {
      session.close();
      session = null;
    } else {
      session.list();
    }
  }

  private void logIn() {
    try (SecretBytes known = SecretBytes.ofText(password);
        SecretBytes other = SecretBytes.ofText(candidate == null ? password : candidate)) {
      session = cluster.login(SimulatedCluster.KMSUSER, known, candidate == null ? null : other);
    }
  }

  private void create() {
    BackingKeyId id = new BackingKeyId(number, ++made);
    if (!interrupted.isEmpty() && draws.nextInt(2) == 0) {
      id = interrupted.remove(0);
    }
    try {
      acknowledged.put(id, encrypt(session.generateAes256(id, "label " + id), id));
    } catch (HsmException failure) {
      if (generated.contains(id)) { // generated, and only the encryption failed
        acknowledged.put(id, new byte[0]);
      } else {
        interrupted.add(id);
      }
      throw failure;
    }
    if (acknowledged.size() > KEYS) {
      destroy();
    }
  }

  private byte[] encrypt(HsmKey key, BackingKeyId id) {
    generated.add(id);
    byte[] plaintext = id.toString().getBytes(UTF_8);
    byte[] out = new byte[key.ciphertextLength(plaintext.length)];
    key.encrypt(AAD, plaintext, 0, plaintext.length, out, 0);
    return out;
  }

  private BackingKeyId any() {
    List<BackingKeyId> ids = List.copyOf(acknowledged.keySet());
    return ids.get(draws.nextInt(ids.size()));
  }

  private HsmKey found(BackingKeyId id) {
    return session
        .find(id)
        .orElseThrow(() -> new AssertionError("lost key " + id + " of seed " + number));
  }

  private void find() {
    if (draws.nextInt(3) == 0) {
      assertThat(session.find(new BackingKeyId(~number, 1))).isEmpty();
    } else if (!acknowledged.isEmpty()) {
      found(any());
    }
  }

  private void encrypt() {
    if (!acknowledged.isEmpty()) {
      BackingKeyId id = any();
      acknowledged.put(id, encrypt(found(id), id));
    }
  }

  private void decrypt() {
    if (!acknowledged.isEmpty()) {
      checkPlaintext(any());
    }
  }

  private void checkPlaintext(BackingKeyId id) {
    byte[] ciphertext = acknowledged.get(id);
    if (ciphertext.length > 0) {
      HsmKey key = found(id);
      byte[] out = new byte[key.plaintextLength(ciphertext.length)];
      key.decrypt(AAD, ciphertext, 0, ciphertext.length, out, 0);
      assertThat(out).asString().isEqualTo(id.toString());
    }
  }

  private void destroy() {
    if (!acknowledged.isEmpty()) {
      BackingKeyId id = any();
      acknowledged.remove(id);
      session.destroy(id);
    }
  }

  /** As KMS does it: a password that some HSM may have is sent again, not replaced by a third. */
  private boolean changePassword() {
    if (candidate == null) {
      candidate = "password" + number + "x" + draws.nextInt(1_000_000);
    }
    try (SecretBytes fresh = SecretBytes.ofText(candidate)) {
      List<Outcome> outcomes = session.changePassword(fresh);
      boolean everywhere = outcomes.stream().allMatch(Outcome::done);
      if (everywhere) {
        password = candidate;
        candidate = null;
      }
      return everywhere;
    }
  }

  private void restart() {
    Fleet fleet = cluster.fleet();
    HsmNode node = fleet.nodes().get(draws.nextInt(fleet.nodes().size()));
    if (fleet.answers(node) && survivorsWithout(node)) {
      cluster.stopNode(node.id());
      cluster.startNode(node.id());
    }
  }

  /** Whether two HSMs in two zones can be reached, and two such with each acknowledged key. */
  private boolean survivorsWithout(HsmNode lost) {
    Fleet fleet = cluster.fleet();
    List<HsmNode> left =
        fleet.nodes().stream().filter(node -> node != lost && fleet.answers(node)).toList();
    return zones(left) >= 2
        && acknowledged.keySet().stream()
            .allMatch(
                id -> zones(left.stream().filter(node -> node.key(id) != null).toList()) >= 2);
  }

  private static long zones(List<HsmNode> nodes) {
    return nodes.stream().map(HsmNode::zone).distinct().count();
  }

  /** As a bug would: every HSM forgets a key that was acknowledged, and nobody is told. */
  BackingKeyId loseAKey() {
    BackingKeyId lost =
        acknowledged.keySet().stream()
            .filter(id -> acknowledged.get(id).length > 0)
            .findFirst()
            .orElseThrow();
    cluster.fleet().nodes().forEach(node -> node.destroy(lost));
    return lost;
  }

  /** Once nothing fails any more, everything works and everything is there. */
  Campaign recover() {
    cluster.faults().clear();
    service.clock().advance(Duration.ofMinutes(2));
    if (session == null) {
      logIn();
    }
    acknowledged.keySet().forEach(this::checkPlaintext);
    assertThat(changePassword()).as("seed %s", number).isTrue();
    session.generateAes256(new BackingKeyId(number, 0), "last");
    session.close();
    logIn();
    service.clock().advance(Duration.ofMinutes(2));
    assertThat(cluster.fleet().nodes())
        .as("seed %s", number)
        .allMatch(node -> acknowledged.keySet().stream().allMatch(id -> node.key(id) != null));
    return this;
  }
}
