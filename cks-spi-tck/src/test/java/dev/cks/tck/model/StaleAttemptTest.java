package dev.cks.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.tck.model.Step.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the histories cannot reach: a caller who is faster than an attempt that is running. */
class StaleAttemptTest {
  private static final Duration LATENCY = Duration.ofMinutes(1);
  private static final Step CONNECT = Step.ofStore(Kind.CONNECT, 0, "");
  private static final Step DISCONNECT = Step.ofStore(Kind.DISCONNECT, 0, "");

  @Test
  void attempt_overtakenByADisconnect_doesNotConnect() {
    try (World world = connecting()) {
      world.duringNextRotation(0, DISCONNECT);

      world.apply(Step.advance(LATENCY));

      assertThat(world.connections()).containsEntry(0, "DISCONNECTING");
    }
  }

  @Test
  void attempt_overtakenByANewAttempt_doesNotSpeakForIt() {
    try (World world = connecting()) {
      world.duringNextRotation(0, DISCONNECT, Step.advance(LATENCY), CONNECT);

      world.apply(Step.advance(LATENCY));
      assertThat(world.connections()).containsEntry(0, "CONNECTING");

      world.apply(Step.advance(LATENCY));
      assertThat(world.connections()).containsEntry(0, "CONNECTED");
      world.checkInvariants();
    }
  }

  private static World connecting() {
    World world = new World(Map.of(0, "a"), LATENCY);
    world.apply(Step.ofStore(Kind.CREATE_STORE, 0, "orders"));
    world.apply(CONNECT);
    return world;
  }
}
