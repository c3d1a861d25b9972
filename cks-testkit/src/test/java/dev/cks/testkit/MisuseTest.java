package dev.cks.testkit;

import static dev.cks.domain.keystore.ConnectionErrorCode.USER_LOCKED_OUT;
import static dev.cks.domain.keystore.ConnectionErrorCode.USER_LOGGED_IN;
import static dev.cks.domain.keystore.ConnectionErrorCode.USER_NOT_FOUND;
import static dev.cks.domain.keystore.ConnectionState.DISCONNECTED;
import static dev.cks.domain.keystore.ConnectionState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.KeyState;
import dev.cks.sim.SimulatedCluster;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2AsyncClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** Each mistake is answered by a sentence that says what to write instead. */
class MisuseTest {

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(UnknownParameter.class, "no test is given a String: write TestKey and key.id()"),
        mistake(AsyncHsm.class, "write CloudHsmV2Client, or build it with aws.configure("),
        mistake(UnknownOfBeforeAll.class, "no test is given a Clock: write VirtualClock"),
        mistake(UnknownOfBeforeEach.class, "no test is given a String: write TestKey and key.id()"),
        mistake(
            WrongQualifier.class,
            "@ThroughSdk goes with KmsClient, not with KmsAsyncClient: leave the annotation out"),
        mistake(AliasOfCluster.class, "@Alias goes with TestKey, not with SimulatedCluster"),
        mistake(
            UnknownAlias.class,
            "no key with the alias alias/none: declare it with @Key(alias = \"alias/none\"); there are [alias/orders]"),
        mistake(WhichKey.class, "say which one, for example @Alias(\"alias/one\") TestKey"),
        mistake(
            KeyTooLate.class,
            "no key can be made in a key store that is DISCONNECTED: declare it with @Key"),
        mistake(
            TwoWorlds.class,
            "two worlds for one test. Leave one out: @CustomKeyStoreTest, or the @RegisterExtension field"),
        mistake(TwoFields.class, "two worlds for one test."),
        mistake(
            NoReason.class,
            "write @KeyStore(state = FAILED, code = …) with one of [CLUSTER_NOT_FOUND"),
        mistake(
            ReasonWithoutFailure.class, "write @KeyStore(state = FAILED, code = USER_LOCKED_OUT)"),
        mistake(
            TwoReasons.class,
            "a connection fails for one reason: write @KeyStore(state = FAILED, code = USER_LOCKED_OUT)"),
        mistake(
            UnavailableWhileConnected.class,
            "write @KeyStore(state = DISCONNECTED) beside it, or delete its material in the test"),
        mistake(
            EnabledWhileDisconnected.class,
            "every key of a key store that is DISCONNECTED is Unavailable, enabled or not: write @Key(state = UNAVAILABLE), or leave the state out"),
        mistake(TwoStates.class, "a key is in one state: write @Key(state = ENABLED)"),
        mistake(
            TwoKeysAlike.class,
            "two keys without an alias: write @Key(alias = …) with another alias for each"),
        mistake(NoAlias.class, "\"orders\" is no alias: write alias = \"alias/orders\""),
        mistake(AliasOfAws.class, "aliases below alias/aws/ belong to AWS"),
        mistake(
            OneHsm.class,
            "a key store is made on 2 to 28 HSMs, not 1: write nodes = 3, and stop some in the test"),
        mistake(
            OneZone.class,
            "two Availability Zones, not in [us-east-1a]: write zones = {\"us-east-1a\", \"us-east-1b\"}"),
        mistake(
            MissingUserOnTwo.class,
            "takes an HSM that they have not reached, beside two that they are made on: write nodes = 3"),
        mistake(
            TooEarly.class,
            "Ask for it in the test or in @BeforeEach, or give the class one world with @CustomKeyStoreTest(world = PER_CLASS)"),
        mistake(InstanceTooEarly.class, "Ask for it in the test or in @BeforeEach"),
        mistake(
            OwnStateInSharedWorld.class,
            "share one world, so this cannot declare its own: move the declaration to that class"));
  }

  private static Arguments mistake(Class<?> testClass, String sentence) {
    return Arguments.of(testClass, sentence);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isAnswered_byWhatToWriteInstead(Class<?> testClass, String sentence) {
    assertThat(Engine.failuresOf(testClass)).contains(sentence);
  }

  @Test
  void seedThatIsNoNumber_isAnswered() {
    assertThat(Engine.failuresOf(Fine.class, Map.of("cks.seed", "many")))
        .contains("cks.seed = many: write a whole number, for example -Dcks.seed=42");
  }

  @Test
  void seedParameter_comesBeforeTheAnnotation() {
    assertThat(Engine.failuresOf(Fine.class, Map.of("cks.seed", "42"))).isEmpty();
  }

  @CustomKeyStoreTest(seed = 5)
  static class Fine {
    @Test
    void test(TestWorld world) {
      assertThat(world.seed()).isEqualTo(42);
    }
  }

  @CustomKeyStoreTest
  static class UnknownParameter {
    @Test
    void test(String keyId) {}
  }

  @CustomKeyStoreTest
  static class AsyncHsm {
    @Test
    void test(CloudHsmV2AsyncClient cloudHsm) {}
  }

  @CustomKeyStoreTest
  static class UnknownOfBeforeAll {
    @BeforeAll
    static void setUp(Clock clock) {}

    @Test
    void test() {}
  }

  @CustomKeyStoreTest
  static class UnknownOfBeforeEach {
    @BeforeEach
    void setUp(String keyId) {}

    @Test
    void test() {}
  }

  @CustomKeyStoreTest
  static class WrongQualifier {
    @Test
    void test(@ThroughSdk KmsAsyncClient kms) {}
  }

  @CustomKeyStoreTest
  static class AliasOfCluster {
    @Test
    void test(@Alias("alias/orders") SimulatedCluster cluster) {}
  }

  @CustomKeyStoreTest
  @Key(alias = "alias/orders")
  static class UnknownAlias {
    @Test
    void test(@Alias("alias/none") TestKey key) {}
  }

  @CustomKeyStoreTest
  @Key(alias = "alias/one")
  @Key(alias = "alias/two")
  static class WhichKey {
    @Test
    void test(TestKey key) {}
  }

  @CustomKeyStoreTest
  @KeyStore(state = DISCONNECTED)
  static class KeyTooLate {
    @Test
    void test(TestKey key) {}
  }

  @CustomKeyStoreTest
  static class TwoWorlds {
    @RegisterExtension
    final CustomKeyStoreExtension second = CustomKeyStoreExtension.perTest(world -> world);

    @Test
    void test(KmsClient kms) {}
  }

  static class TwoFields {
    @RegisterExtension
    static final CustomKeyStoreExtension FIRST = CustomKeyStoreExtension.perTest(world -> world);

    @RegisterExtension
    static final CustomKeyStoreExtension SECOND = CustomKeyStoreExtension.perTest(world -> world);

    @Test
    void test() {}
  }

  @CustomKeyStoreTest
  @KeyStore(state = FAILED)
  static class NoReason {
    @Test
    void test() {}
  }

  @CustomKeyStoreTest
  @KeyStore(code = USER_LOCKED_OUT)
  static class ReasonWithoutFailure {
    @Test
    void test() {}
  }

  @CustomKeyStoreTest
  @KeyStore(
      state = FAILED,
      code = {USER_LOCKED_OUT, USER_LOGGED_IN})
  static class TwoReasons {
    @Test
    void test() {}
  }

  @CustomKeyStoreTest
  static class UnavailableWhileConnected {
    @Test
    @Key(state = KeyState.UNAVAILABLE)
    void test() {}
  }

  @CustomKeyStoreTest
  @KeyStore(state = DISCONNECTED)
  static class EnabledWhileDisconnected {
    @Test
    @Key(state = KeyState.ENABLED)
    void test() {}
  }

  @CustomKeyStoreTest
  static class TwoStates {
    @Test
    @Key(state = {KeyState.ENABLED, KeyState.DISABLED})
    void test() {}
  }

  @CustomKeyStoreTest
  static class TwoKeysAlike {
    @Test
    @Key(state = KeyState.ENABLED)
    @Key(state = KeyState.DISABLED)
    void test() {}
  }

  @CustomKeyStoreTest
  static class NoAlias {
    @Test
    @Key(alias = "orders")
    void test() {}
  }

  @CustomKeyStoreTest
  static class AliasOfAws {
    @Test
    @Key(alias = "alias/aws/s3")
    void test() {}
  }

  @CustomKeyStoreTest(nodes = 1)
  static class OneHsm {
    @Test
    void test() {}
  }

  @CustomKeyStoreTest(zones = "us-east-1a")
  static class OneZone {
    @Test
    void test() {}
  }

  @CustomKeyStoreTest(nodes = 2)
  @KeyStore(state = FAILED, code = USER_NOT_FOUND)
  @Key
  static class MissingUserOnTwo {
    @Test
    void test() {}
  }

  @CustomKeyStoreTest
  static class TooEarly {
    @BeforeAll
    static void setUp(KmsClient kms) {}

    @Test
    void test() {}
  }

  @CustomKeyStoreTest
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class InstanceTooEarly {
    InstanceTooEarly(KmsClient kms) {}

    @Test
    void test() {}
  }

  @CustomKeyStoreTest(world = TestInstance.Lifecycle.PER_CLASS)
  static class OwnStateInSharedWorld {
    @Nested
    class Inside {
      @Test
      @KeyStore(state = DISCONNECTED)
      void test() {}
    }
  }
}
