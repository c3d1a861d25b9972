package dev.cks.sim.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.spi.HsmException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class XaesKeyProperties {
  private final XaesKey key = new XaesSuite(8, 7).key(new byte[32]);

  @Property(tries = 200)
  void decrypt_whatWasEncrypted_givesItBack(@ForAll byte[] aad, @ForAll byte[] plaintext) {
    byte[] message = encrypt(aad, plaintext);

    assertThat(message[0]).isEqualTo(XaesSuite.ID);
    assertThat(decrypt(aad, message, message.length)).isEqualTo(plaintext);
  }

  @Property(tries = 300)
  void decrypt_anyBitFlipped_isRefused(
      @ForAll @Size(max = 40) byte[] plaintext, @ForAll @IntRange(max = 1_000_000) int where) {
    byte[] message = encrypt(new byte[3], plaintext);
    int bit = where % (message.length * 8);
    message[bit / 8] ^= (byte) (1 << bit % 8);

    assertThatThrownBy(() -> decrypt(new byte[3], message, message.length))
        .isInstanceOf(HsmException.class);
  }

  @Property(tries = 100)
  void decrypt_truncated_isRefused(
      @ForAll @Size(max = 40) byte[] plaintext, @ForAll @IntRange(max = 1_000_000) int where) {
    byte[] message = encrypt(new byte[3], plaintext);
    int length = 1 + where % (message.length - 1);

    assertThatThrownBy(() -> decrypt(new byte[3], message, length))
        .isInstanceOf(HsmException.class);
  }

  private byte[] encrypt(byte[] aad, byte[] plaintext) {
    byte[] out = new byte[XaesKey.ciphertextLength(plaintext.length)];
    key.encrypt(aad, 0, aad.length, plaintext, 0, plaintext.length, out, 0);
    return out;
  }

  private byte[] decrypt(byte[] aad, byte[] message, int length) {
    byte[] out = new byte[Math.max(0, XaesKey.plaintextLength(length))];
    key.decrypt(aad, 0, aad.length, message, 0, length, out, 0);
    return out;
  }
}
