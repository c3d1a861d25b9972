package dev.cks.sim.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.spi.HsmException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Far more keys than contexts: batches outlive ciphers, and ciphers go from key to key. */
final class ManyKeysTest {
  private static final int CONTEXTS = 64;
  private static final int KEYS = 300;

  private final XaesSuite suite = new XaesSuite(CONTEXTS, 1000);
  private final List<XaesKey> keys =
      IntStream.range(0, KEYS).mapToObj(i -> suite.key(material(i))).toList();

  private static byte[] material(int number) {
    byte[] material = new byte[32];
    material[0] = (byte) number;
    material[1] = (byte) (number >>> 8);
    return material;
  }

  private static byte[] encrypt(XaesKey key) {
    byte[] out = new byte[XaesKey.ciphertextLength(1)];
    key.encrypt(new byte[1], 0, 1, new byte[] {42}, 0, 1, out, 0);
    return out;
  }

  private static byte[] decrypt(XaesKey key, byte[] message) {
    byte[] out = new byte[1];
    key.decrypt(new byte[1], 0, 1, message, 0, message.length, out, 0);
    return out;
  }

  private static String prefix(byte[] message) {
    return Arrays.toString(Arrays.copyOfRange(message, 1, 13));
  }

  private static String nonce(byte[] message) {
    return Arrays.toString(Arrays.copyOfRange(message, 1, 25));
  }

  @Test
  void encrypt_inTurn_staysWithinTheBoundAndIsRead() {
    for (int round = 0; round < 4; round++) {
      for (XaesKey key : keys) {
        assertThat(decrypt(key, encrypt(key))).containsExactly(42);
      }
      assertThat(suite.contexts()).isLessThanOrEqualTo(CONTEXTS);
    }
  }

  @Test
  void encrypt_roomForAll_eachKeyHasItsOwnCipher() {
    keys.subList(0, CONTEXTS / 2).forEach(ManyKeysTest::encrypt);

    assertThat(suite.contexts()).isEqualTo(CONTEXTS / 2);
  }

  @Test
  void encrypt_againLongAfter_goesOnWithTheBatch() {
    List<byte[]> first = keys.stream().map(ManyKeysTest::encrypt).toList();
    List<byte[]> second = keys.stream().map(ManyKeysTest::encrypt).toList();

    for (int i = 0; i < KEYS; i++) {
      assertThat(prefix(second.get(i))).isEqualTo(prefix(first.get(i)));
      assertThat(nonce(second.get(i))).isNotEqualTo(nonce(first.get(i)));
    }
  }

  @Test
  void encrypt_batchFullWhileKeysTakeTurns_beginsANewPrefix() {
    XaesSuite small = new XaesSuite(CONTEXTS, 2);
    List<XaesKey> others = IntStream.range(0, KEYS).mapToObj(i -> small.key(material(i))).toList();
    Set<String> prefixesOfOne = new HashSet<>();
    for (int round = 0; round < 4; round++) {
      List<byte[]> messages = others.stream().map(ManyKeysTest::encrypt).toList();
      prefixesOfOne.add(prefix(messages.get(KEYS - 1)));
    }

    assertThat(prefixesOfOne).hasSize(2);
  }

  @Test
  void encrypt_anyOrderOnManyThreads_noNonceTwiceAndAllIsRead() {
    Set<String> nonces = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 4)
        .parallel()
        .forEach(
            thread -> {
              SplittableRandom order = new SplittableRandom(thread);
              for (int i = 0; i < 20_000; i++) {
                // one key in four calls is the same, so that threads meet there as well
                int number = order.nextInt(4) == 0 ? 0 : order.nextInt(KEYS);
                byte[] message = encrypt(keys.get(number));
                assertThat(nonces.add(nonce(message))).isTrue();
                if (i % 50 == 0) {
                  assertThat(decrypt(keys.get(number), message)).containsExactly(42);
                }
              }
            });

    assertThat(suite.contexts()).isLessThanOrEqualTo(CONTEXTS);
  }

  @Test
  void destroy_keysThatSharedCiphers_leavesNoneAndRefuses() {
    keys.forEach(ManyKeysTest::encrypt);
    keys.forEach(ManyKeysTest::encrypt);

    keys.forEach(XaesKey::destroy);

    assertThat(suite.contexts()).isZero();
    for (XaesKey key : keys) {
      assertThatThrownBy(() -> encrypt(key)).hasMessageContaining("destroyed");
    }
  }

  @Test
  void destroy_keyWithAParkedBatch_wipesItsMessageKey() throws ReflectiveOperationException {
    Field parked = XaesKey.class.getDeclaredField("parked");
    parked.setAccessible(true);
    keys.forEach(ManyKeysTest::encrypt);
    Batch batch = null;
    for (int i = 0; batch == null; i++) {
      batch = (Batch) parked.get(keys.get(i));
    }

    keys.forEach(XaesKey::destroy);

    assertThat(batch.isDestroyed()).isTrue();
    assertThat(batch.copyOfKey()).containsOnly(0);
  }

  @Test
  void destroy_whileKeysTakeTurns_leavesNoCipherBehind() {
    for (int round = 0; round < 20; round++) {
      XaesSuite used = new XaesSuite(CONTEXTS, 1000);
      List<XaesKey> some = IntStream.range(0, KEYS).mapToObj(i -> used.key(material(i))).toList();
      IntStream.range(0, 4)
          .parallel()
          .forEach(
              thread -> {
                if (thread == 0) {
                  some.forEach(ManyKeysTest::encryptUnlessDestroyed);
                  some.forEach(XaesKey::destroy);
                } else {
                  some.forEach(ManyKeysTest::encryptUnlessDestroyed);
                  some.forEach(ManyKeysTest::encryptUnlessDestroyed);
                }
              });
      assertThat(used.contexts()).isZero();
    }
  }

  private static void encryptUnlessDestroyed(XaesKey key) {
    try {
      encrypt(key);
    } catch (HsmException destroyed) {
      assertThat(destroyed).hasMessageContaining("destroyed");
    }
  }

  @Test
  void batch_held_isNobodyElses() {
    XaesKey key = keys.get(0);
    Batch batch = new Batch(new RawAesKey(new byte[32]), new byte[24], 10);

    assertThat(batch.hold()).as("it is held by who made it").isFalse();
    batch.release();
    assertThat(batch.hold()).isTrue();
    assertThat(batch.hold()).isFalse();
    batch.wipe();
    assertThat(batch.hold()).isFalse();
    assertThat(batch.isDestroyed()).isTrue();
    assertThatThrownBy(batch::getEncoded).hasMessageContaining("wiped");
    assertThat(decrypt(key, encrypt(key))).containsExactly(42);
  }
}
