package dev.cks.sim.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class XaesKeyTest {
  private static final byte[] AAD = {1, 2, 3};
  private static final byte[] PLAINTEXT = {10, 20, 30, 40};

  @Test
  void encrypt_aMillionMessagesOnFourThreads_noNonceTwice() {
    XaesKey key = new XaesSuite(64, 50_000).key(new byte[32]);
    int perThread = 250_000;
    byte[][] nonces = new byte[4 * perThread][];

    IntStream.range(0, 4)
        .parallel()
        .forEach(
            thread -> {
              for (int i = 0; i < perThread; i++) {
                nonces[thread * perThread + i] = Arrays.copyOfRange(encrypt(key), 1, 25);
              }
            });

    Arrays.sort(nonces, Arrays::compare);
    for (int i = 1; i < nonces.length; i++) {
      if (Arrays.equals(nonces[i - 1], nonces[i])) {
        throw new AssertionError("nonce " + Arrays.toString(nonces[i]) + " came twice");
      }
    }
  }

  @Test
  void encrypt_batchFull_beginsANewPrefix() {
    XaesKey key = new XaesSuite(16, 3).key(new byte[32]);
    List<String> prefixes = new ArrayList<>();

    for (int i = 0; i < 7; i++) {
      prefixes.add(Arrays.toString(Arrays.copyOfRange(encrypt(key), 1, 13)));
    }

    assertThat(prefixes.get(0)).isEqualTo(prefixes.get(1)).isEqualTo(prefixes.get(2));
    assertThat(prefixes.get(3)).isEqualTo(prefixes.get(5)).isNotEqualTo(prefixes.get(0));
    assertThat(prefixes.get(6)).isNotEqualTo(prefixes.get(3));
  }

  @Test
  void encrypt_counterAtItsEnd_wrapsAround() throws Exception {
    XaesKey key = new XaesSuite().key(new byte[32]);
    byte[] nonce = new byte[24];
    Arrays.fill(nonce, 12, 24, (byte) 0xff);
    Sealer sealer = new Sealer(key, new Batch(key.derive(nonce, 0), nonce, 2));
    byte[] first = new byte[XaesKey.ciphertextLength(PLAINTEXT.length)];
    byte[] second = first.clone();

    sealer.seal(AAD, 0, AAD.length, PLAINTEXT, 0, PLAINTEXT.length, first, 0);
    sealer.seal(AAD, 0, AAD.length, PLAINTEXT, 0, PLAINTEXT.length, second, 0);

    assertThat(Arrays.copyOfRange(second, 1, 25)).containsOnly(0);
    assertThat(decrypt(key, first)).isEqualTo(PLAINTEXT);
    assertThat(decrypt(key, second)).isEqualTo(PLAINTEXT);
  }

  @Test
  void encrypt_moreKeysThanContexts_staysWithinTheBound() {
    XaesSuite suite = new XaesSuite(4, 100);
    List<XaesKey> keys = IntStream.range(0, 20).mapToObj(i -> suite.key(material(i))).toList();

    for (int round = 0; round < 3; round++) {
      for (XaesKey key : keys) {
        assertThat(decrypt(key, encrypt(key))).isEqualTo(PLAINTEXT);
      }
    }

    assertThat(suite.contexts()).isLessThanOrEqualTo(4);
  }

  @Test
  void crypto_manyThreadsAndFewContexts_staysRight() {
    XaesSuite suite = new XaesSuite(3, 5);
    List<XaesKey> keys = IntStream.range(0, 8).mapToObj(i -> suite.key(material(i))).toList();

    IntStream.range(0, 20_000)
        .parallel()
        .forEach(
            i -> {
              XaesKey key = keys.get(i % keys.size());
              assertThat(decrypt(key, encrypt(key))).isEqualTo(PLAINTEXT);
            });

    assertThat(suite.contexts()).isLessThanOrEqualTo(3);
  }

  @Test
  void encrypt_offsets_leavesTheRestAlone() {
    XaesKey key = new XaesSuite().key(new byte[32]);
    byte[] out = new byte[XaesKey.ciphertextLength(2) + 10];

    int written = key.encrypt(AAD, 0, AAD.length, PLAINTEXT, 1, 2, out, 4);

    assertThat(written).isEqualTo(XaesKey.ciphertextLength(2));
    assertThat(Arrays.copyOf(out, 4)).containsOnly(0);
    assertThat(Arrays.copyOfRange(out, 4 + written, out.length)).containsOnly(0);
    byte[] plain = new byte[5];
    assertThat(key.decrypt(AAD, 0, AAD.length, out, 4, written, plain, 2)).isEqualTo(2);
    assertThat(plain).containsExactly(0, 0, 20, 30, 0);
  }

  @Test
  void decrypt_forged_leavesNoPlaintext() {
    XaesKey key = new XaesSuite().key(new byte[32]);
    byte[] message = encrypt(key);
    message[message.length - 1] ^= 1;
    byte[] out = {7, 7, 7, 7, 7};

    assertThatThrownBy(() -> key.decrypt(AAD, 0, AAD.length, message, 0, message.length, out, 1))
        .isInstanceOfSatisfying(
            HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CIPHERTEXT_INVALID));
    assertThat(out).containsExactly(7, 0, 0, 0, 0);
  }

  @Test
  void encrypt_noRoom_isRefusedBeforeAnythingHappens() {
    XaesKey key = new XaesSuite().key(new byte[32]);
    byte[] out = new byte[XaesKey.ciphertextLength(PLAINTEXT.length) - 1];

    assertThatThrownBy(
            () -> key.encrypt(AAD, 0, AAD.length, PLAINTEXT, 0, PLAINTEXT.length, out, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(out).containsOnly(0);
  }

  @Test
  void destroy_usedKey_wipesItsContextsAndMaterial() {
    XaesSuite suite = new XaesSuite();
    byte[] material = material(9);
    XaesKey key = suite.key(material);
    byte[] message = encrypt(key);
    decrypt(key, message);

    key.destroy();

    assertThat(material).containsOnly(0);
    assertThat(suite.contexts()).isZero();
    assertThat(suite.remembered(Prefix.read(key, message, 1))).isNull();
    assertThatThrownBy(() -> encrypt(key)).hasMessageContaining("destroyed");
    assertThatThrownBy(() -> decrypt(key, message)).hasMessageContaining("destroyed");
  }

  @Test
  void destroy_whileInUse_neverEncryptsUnderAnotherKey() {
    XaesSuite suite = new XaesSuite(16, 2);
    for (int round = 0; round < 200; round++) {
      XaesKey key = suite.key(material(1));
      XaesKey same = suite.key(material(1));
      List<byte[]> messages = new ArrayList<>();
      IntStream.range(0, 4)
          .parallel()
          .forEach(
              thread -> {
                if (thread == 3) {
                  key.destroy();
                } else {
                  collect(key, messages);
                }
              });
      messages.forEach(message -> assertThat(decrypt(same, message)).isEqualTo(PLAINTEXT));
      same.destroy();
    }
    assertThat(suite.contexts()).isZero();
  }

  private static void collect(XaesKey key, List<byte[]> messages) {
    try {
      for (int i = 0; i < 20; i++) {
        byte[] message = encrypt(key);
        synchronized (messages) {
          messages.add(message);
        }
      }
    } catch (HsmException e) {
      assertThat(e.reason()).isEqualTo(Reason.KEY_NOT_FOUND);
    }
  }

  private static byte[] encrypt(XaesKey key) {
    byte[] out = new byte[XaesKey.ciphertextLength(PLAINTEXT.length)];
    key.encrypt(AAD, 0, AAD.length, PLAINTEXT, 0, PLAINTEXT.length, out, 0);
    return out;
  }

  private static byte[] decrypt(XaesKey key, byte[] message) {
    byte[] out = new byte[XaesKey.plaintextLength(message.length)];
    key.decrypt(AAD, 0, AAD.length, message, 0, message.length, out, 0);
    return out;
  }

  private static byte[] material(int fill) {
    byte[] material = new byte[32];
    Arrays.fill(material, (byte) (fill + 1));
    return material;
  }
}
