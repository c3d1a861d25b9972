package dev.cks.testkit.property;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.key.AliasName;
import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.tck.model.ClusterPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Values that AWS would accept, for properties of code that handles them. Each is made from parts
 * that shrink by themselves; none is filtered. {@link KeyStoreDomain} gives the same to
 * {@code @ForAll} parameters.
 */
public final class KmsArbitraries {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MOST_SECONDS = 3600 * 24 * 365;
  private static final int ALIAS_LENGTH = 250;
  private static final int KEY_STORE_NAME_LENGTH = 256;
  private static final int KEY_LIMIT = 3300;
  private static final String HEX = "0123456789abcdef";

  private KmsArbitraries() {}

  /** Ids of keys of one Region: version 4 UUIDs. */
  public static Arbitrary<KeyId> keyIds() {
    return bytes(16).map(KeyId::ofRandom);
  }

  /** Ids of custom key stores. */
  public static Arbitrary<KeyStoreId> keyStoreIds() {
    return Arbitraries.strings()
        .withChars(HEX)
        .ofLength(17)
        .map(digits -> new KeyStoreId("cks-" + digits));
  }

  /** Ids of CloudHSM clusters, of every length that CloudHSM's pattern allows. */
  public static Arbitrary<ClusterId> clusterIds() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .withCharRange('2', '7')
        .ofMinLength(11)
        .ofMaxLength(16)
        .map(text -> new ClusterId("cluster-" + text));
  }

  /** Ids of key material on an HSM ({@code CKA_ID}). */
  public static Arbitrary<BackingKeyId> backingKeyIds() {
    return bytes(BackingKeyId.LENGTH).map(BackingKeyId::of);
  }

  /** Names of aliases that a customer can create, prefix included. */
  public static Arbitrary<AliasName> aliasNames() {
    // the reserved prefix is aws and a slash, so a name that begins with x never has it
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars(":/_-")
        .ofMaxLength(ALIAS_LENGTH - 1)
        .map(rest -> AliasName.ofCustomer(AliasName.PREFIX + "x" + rest));
  }

  /** Encryption contexts: up to eight pairs of any text, none at all included. */
  public static Arbitrary<EncryptionContext> encryptionContexts() {
    Arbitrary<String> words =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(12)),
            Tuple.of(1, text()));
    return Arbitraries.maps(words, words).ofMaxSize(8).map(EncryptionContext::of);
  }

  /** Any text without unpaired surrogates, which no UTF-8 has. */
  private static Arbitrary<String> text() {
    return Arbitraries.integers()
        .between(0x20, 0x10FFFF - 0x800)
        .map(c -> c < 0xD800 ? c : c + 0x800)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(KmsArbitraries::ofCodePoints);
  }

  private static String ofCodePoints(List<Integer> codePoints) {
    StringBuilder text = new StringBuilder();
    codePoints.forEach(text::appendCodePoint);
    return text.toString();
  }

  /** Names of custom key stores. */
  public static Arbitrary<String> keyStoreNames() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars(" _-")
        .ofMaxLength(KEY_STORE_NAME_LENGTH - 1)
        .map(rest -> "s" + rest);
  }

  /**
   * Custom key stores in every connection state: with an error code where the state has one, and
   * with as many keys as a cluster holds at most.
   */
  public static Arbitrary<CustomKeyStore> keyStores() {
    return Combinators.combine(
            keyStoreIds(),
            keyStoreNames(),
            clusterIds(),
            connections(),
            Arbitraries.integers().between(0, MOST_SECONDS),
            Arbitraries.longs().between(0, KEY_LIMIT))
        .as(
            (id, name, cluster, connection, age, keys) ->
                new CustomKeyStore(
                    id,
                    name,
                    cluster.value(),
                    "family of " + cluster,
                    "-----BEGIN CERTIFICATE-----\n",
                    EPOCH.plusSeconds(age),
                    connection.state(),
                    connection.attempt(),
                    connection.code(),
                    SecretBytes.ofText("password1"),
                    null,
                    keys));
  }

  private record Connection(
      ConnectionState state, @Nullable ConnectionErrorCode code, long attempt) {}

  private static Arbitrary<Connection> connections() {
    List<Connection> all = new ArrayList<>();
    all.add(new Connection(ConnectionState.CONNECTED, null, 1));
    all.add(new Connection(ConnectionState.DISCONNECTED, null, 0));
    all.add(new Connection(ConnectionState.CONNECTING, null, 1));
    all.add(new Connection(ConnectionState.DISCONNECTING, null, 2));
    for (ConnectionErrorCode code : ConnectionErrorCode.values()) {
      all.add(new Connection(ConnectionState.FAILED, code, 1));
    }
    return Arbitraries.of(all);
  }

  /**
   * Clusters behind a key store: two or three Availability Zones, 2 to 28 HSMs, few of them most of
   * the time. The number of each is 0.
   */
  public static Arbitrary<ClusterPlan> clusters() {
    Arbitrary<Integer> hsms =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.integers().between(2, 4)),
            Tuple.of(1, Arbitraries.integers().between(5, 28)));
    return Combinators.combine(Arbitraries.integers().between(2, 3), hsms)
        .as((zones, count) -> new ClusterPlan(0, "a", zones, count, KEY_LIMIT, true, false));
  }

  private static Arbitrary<byte[]> bytes(int length) {
    return Arbitraries.bytes().array(byte[].class).ofSize(length);
  }
}
