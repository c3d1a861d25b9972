package dev.cks.testkit.property;

import dev.cks.tck.model.History;
import dev.cks.tck.model.Step;
import dev.cks.tck.model.Step.Kind;
import dev.cks.testkit.simulation.KeyStoreWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/**
 * What can happen in a {@link KeyStoreWorld}, for action chains: {@link #histories()} as they are,
 * or the actions, to be mixed with those of an application. None looks at the state before it, so
 * that chains shrink well.
 *
 * <p>With the system property {@value #SCENARIO} naming a file, every history is the one in the
 * file.
 */
public final class KeyStoreActions {
  /** The system property that names a scenario to take again. */
  public static final String SCENARIO = "cks.scenario";

  private static final int LENGTH = 30;

  /** The key with the number 0 is the application's: histories of others use these. */
  private static final int OTHER_KEYS = 3;

  private static final int CIPHERTEXTS = 4;
  private static final int FAULT_PLANS = 100_000;

  private KeyStoreActions() {}

  /**
   * Histories that a cluster promises to survive: when they are over, {@link KeyStoreWorld#repair}
   * connects the key store again, and the key of the world works.
   */
  public static ActionChainArbitrary<KeyStoreWorld> histories() {
    return usual().withMaxTransformations(isReplay() ? 1 : LENGTH);
  }

  /** Histories that can also take away what nobody can bring back. */
  public static ActionChainArbitrary<KeyStoreWorld> historiesBeyondBudget() {
    return isReplay()
        ? histories()
        : usual().withAction(1, losses()).withMaxTransformations(LENGTH);
  }

  private static ActionChainArbitrary<KeyStoreWorld> usual() {
    ActionChainArbitrary<KeyStoreWorld> chain = ActionChain.startWith(WorldPerTry::current);
    if (isReplay()) {
      return chain.withAction(replay(Path.of(System.getProperty(SCENARIO))));
    }
    return chain
        .withAction(8, calls())
        .withAction(4, operatorCommands())
        .withAction(2, faults())
        .withAction(3, time());
  }

  private static boolean isReplay() {
    return System.getProperty(SCENARIO) != null;
  }

  private static Action<KeyStoreWorld> replay(Path file) {
    History history = read(file);
    return Action.just(Transformer.mutate("scenario " + file, world -> world.play(history)));
  }

  static History read(Path file) {
    try {
      return History.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("no scenario can be read from " + file, e);
    }
  }

  /** Calls of KMS by others: keys of their own, the key store's connection, ciphertexts. */
  public static Action.Independent<KeyStoreWorld> calls() {
    return () ->
        steps(
            Arbitraries.frequencyOf(
                Tuple.of(
                    3, Arbitraries.of(Kind.CONNECT, Kind.DISCONNECT).map(KeyStoreActions::onStore)),
                Tuple.of(1, withPassword(Kind.CHANGE_PASSWORD)),
                Tuple.of(1, Arbitraries.just(onStore(Kind.GENERATE_RANDOM))),
                Tuple.of(3, otherKeys().map(key -> Step.ofKey(Kind.CREATE_KEY, key, 0))),
                Tuple.of(3, onOtherKeys()),
                Tuple.of(
                    1, Combinators.combine(otherKeys(), Arbitraries.of(7, 8)).as(Step::schedule)),
                Tuple.of(5, crypto())));
  }

  /** What people do on the HSM side: HSMs, network, {@code kmsuser}. */
  public static Action.Independent<KeyStoreWorld> operatorCommands() {
    return () ->
        steps(
            Arbitraries.frequencyOf(
                Tuple.of(
                    4, onHsms(Kind.STOP_HSM, Kind.START_HSM, Kind.PARTITION_HSM, Kind.HEAL_HSM)),
                Tuple.of(
                    3,
                    Arbitraries.of(
                            Kind.CUT_NETWORK,
                            Kind.RESTORE_NETWORK,
                            Kind.OCCUPY_SESSIONS,
                            Kind.FREE_SESSIONS,
                            Kind.DELETE_KMSUSER,
                            Kind.LOG_OUT_AS_KMSUSER)
                        .map(KeyStoreActions::onStore)),
                Tuple.of(
                    2, onHsms(Kind.TAKE_ADDRESSES, Kind.GIVE_ADDRESSES, Kind.DELETE_KMSUSER_ON)),
                Tuple.of(2, withPassword(Kind.SET_KMSUSER_PASSWORD)),
                Tuple.of(1, withPassword(Kind.CREATE_KMSUSER)),
                Tuple.of(1, withPassword(Kind.LOG_IN_AS_KMSUSER))));
  }

  /** Plans of faults within the cluster's budget, and their end. */
  public static Action.Independent<KeyStoreWorld> faults() {
    return () ->
        steps(
            Arbitraries.frequencyOf(
                Tuple.of(
                    3,
                    Arbitraries.integers()
                        .between(0, FAULT_PLANS)
                        .map(plan -> Step.inCluster(Kind.INSTALL_FAULTS, 0, plan))),
                Tuple.of(1, Arbitraries.just(onStore(Kind.CLEAR_FAULTS)))));
  }

  /** Time passes: from a second to a week. */
  public static Action.Independent<KeyStoreWorld> time() {
    return () ->
        steps(
            Arbitraries.of(
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1),
                    Duration.ofDays(1),
                    Duration.ofDays(8))
                .map(Step::advance));
  }

  /** What cannot be brought back: material, HSMs, subnets, the cluster, the key of the world. */
  public static Action.Independent<KeyStoreWorld> losses() {
    return () ->
        steps(
            Arbitraries.of(
                Step.ofKey(Kind.DELETE_MATERIAL, 0, 0),
                Step.ofKey(Kind.DISABLE_KEY, 0, 0),
                Step.schedule(0, 7),
                Step.inCluster(Kind.REMOVE_HSM, 0, 0),
                Step.inCluster(Kind.DELETE_SUBNET, 0, 0),
                onStore(Kind.DELETE_CLUSTER)));
  }

  private static Arbitrary<Transformer<KeyStoreWorld>> steps(Arbitrary<Step> steps) {
    return steps.map(step -> Transformer.mutate(step.toString(), world -> world.take(step)));
  }

  private static Step onStore(Kind kind) {
    return Step.ofStore(kind, 0, "");
  }

  private static Arbitrary<Step> withPassword(Kind kind) {
    return Arbitraries.of("p1", "p2").map(password -> Step.ofStore(kind, 0, password));
  }

  private static Arbitrary<Integer> otherKeys() {
    return Arbitraries.integers().between(1, OTHER_KEYS);
  }

  private static Arbitrary<Step> onOtherKeys() {
    return Combinators.combine(
            otherKeys(), Arbitraries.of(Kind.ENABLE_KEY, Kind.DISABLE_KEY, Kind.CANCEL_DELETION))
        .as((key, kind) -> Step.ofKey(kind, key, 0));
  }

  private static Arbitrary<Step> crypto() {
    return Combinators.combine(
            Arbitraries.of(Kind.ENCRYPT, Kind.DECRYPT, Kind.GENERATE_DATA_KEY, Kind.RE_ENCRYPT),
            Arbitraries.integers().between(0, OTHER_KEYS),
            Arbitraries.integers().between(0, CIPHERTEXTS))
        .as((kind, key, ciphertext) -> Step.ofCrypto(kind, key, ciphertext, ""));
  }

  /** Never the third HSM: what it keeps, the cluster keeps. */
  private static Arbitrary<Step> onHsms(Kind... kinds) {
    return Combinators.combine(Arbitraries.of(kinds), Arbitraries.integers().between(0, 1))
        .as((kind, number) -> Step.inCluster(kind, 0, number));
  }
}
