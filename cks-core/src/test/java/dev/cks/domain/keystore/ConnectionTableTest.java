package dev.cks.domain.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.Tsv;
import dev.cks.domain.keystore.ConnectionTable.Trigger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares {@link ConnectionTable} with the published rules, pair by pair. */
class ConnectionTableTest {
  private static final List<Map<String, String>> ROWS = Tsv.rows("connection-states.tsv");

  /** One cell of the published table. */
  record Pair(Trigger trigger, ConnectionState state, String published) {
    @Override
    public String toString() {
      return nameOf(trigger) + " in " + state + ": " + published;
    }
  }

  static Stream<Pair> pairs() {
    return Arrays.stream(Trigger.values()).flatMap(ConnectionTableTest::pairsOf);
  }

  private static Stream<Pair> pairsOf(Trigger trigger) {
    Map<String, String> row =
        ROWS.stream()
            .filter(candidate -> nameOf(trigger).equals(candidate.get("Trigger")))
            .findAny()
            .orElseThrow(() -> new IllegalStateException("no row for " + trigger));
    return Arrays.stream(ConnectionState.values())
        .map(state -> new Pair(trigger, state, row.get(state.name())));
  }

  /** What the published table calls a trigger. */
  private static String nameOf(Trigger trigger) {
    return switch (trigger) {
      case CONNECT -> "ConnectCustomKeyStore";
      case CONNECT_SUCCEEDED -> "Attempt connected";
      case CONNECT_FAILED -> "Attempt failed";
      case DISCONNECT -> "DisconnectCustomKeyStore";
      case DISCONNECT_FINISHED -> "Attempt disconnected";
      case RENAME -> "UpdateCustomKeyStore name only";
      case UPDATE -> "UpdateCustomKeyStore";
      case DELETE -> "DeleteCustomKeyStore";
      case DESCRIBE -> "DescribeCustomKeyStores";
      case CREATE_KEY -> "CreateKey";
      case GENERATE_RANDOM -> "GenerateRandom";
      case USE_KEY -> "Cryptographic operation";
      case MANAGE_KEY -> "Key management";
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void next_ofEachPair_isThePublishedState(Pair pair) {
    boolean accepted = !pair.published().equals("X") && !pair.published().equals("-");
    Optional<ConnectionState> expected =
        accepted ? Optional.of(ConnectionState.valueOf(pair.published())) : Optional.empty();

    assertThat(ConnectionTable.next(pair.state(), pair.trigger()))
        .as("%s", pair)
        .isEqualTo(expected);
    assertThat(ConnectionTable.permits(pair.state(), pair.trigger()))
        .as("%s", pair)
        .isEqualTo(accepted);
  }

  @Test
  void publishedTable_hasARowForEveryTrigger_andNoOther() {
    assertThat(ROWS.stream().map(row -> row.get("Trigger")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Trigger.values()).map(ConnectionTableTest::nameOf).toList());
  }

  @Test
  void failed_isLeftOnlyByADisconnect() {
    assertThat(Arrays.stream(Trigger.values()).filter(trigger -> leads(trigger)).toList())
        .containsExactly(Trigger.DISCONNECT);
  }

  private static boolean leads(Trigger trigger) {
    return ConnectionTable.next(ConnectionState.FAILED, trigger)
        .filter(next -> next != ConnectionState.FAILED)
        .isPresent();
  }

  @Test
  void edges_areThePairsThatThePublishedTablePermits() {
    long permitted =
        pairs()
            .filter(pair -> !pair.published().equals("X") && !pair.published().equals("-"))
            .count();

    assertThat(ConnectionTable.edges()).hasSize((int) permitted).doesNotHaveDuplicates();
  }
}
