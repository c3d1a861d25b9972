package dev.cks.sim.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published vectors of C2SP XAES-256-GCM, and Tink as a second opinion. */
final class XaesVectorsTest {
  private static final byte[] NONCE = "ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(US_ASCII);
  private static final byte[] PLAINTEXT = "XAES-256-GCM".getBytes(US_ASCII);

  private final XaesSuite suite = new XaesSuite();

  @ParameterizedTest
  @CsvSource({
    "01, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
    "03, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
  })
  void seal_publishedNonce_givesThePublishedCiphertext(String fill, String aad, String expected)
      throws Exception {
    XaesKey key = suite.key(keyOf(fill));
    Sealer sealer = new Sealer(key, new Batch(key.derive(NONCE, 0), NONCE, 1));
    byte[] out = new byte[XaesKey.ciphertextLength(PLAINTEXT.length)];

    byte[] data = aad.getBytes(US_ASCII);
    sealer.seal(data, 0, data.length, PLAINTEXT, 0, PLAINTEXT.length, out, 0);

    assertThat(HexFormat.of().formatHex(out)).isEqualTo(message(expected));
    assertThat(sealer.isSpent()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "01, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
    "03, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
  })
  void decrypt_publishedCiphertext_givesThePlaintext(String fill, String aad, String ciphertext) {
    byte[] in = HexFormat.of().parseHex(message(ciphertext));
    byte[] out = new byte[PLAINTEXT.length];

    byte[] data = aad.getBytes(US_ASCII);
    suite.key(keyOf(fill)).decrypt(data, 0, data.length, in, 0, in.length, out, 0);

    assertThat(out).isEqualTo(PLAINTEXT);
  }

  @Test
  void encrypt_anyMessage_isReadByTink() throws Exception {
    byte[] aad = "context".getBytes(US_ASCII);
    byte[] ours = new byte[XaesKey.ciphertextLength(PLAINTEXT.length)];
    suite.key(keyOf("5a")).encrypt(aad, 0, aad.length, PLAINTEXT, 0, PLAINTEXT.length, ours, 0);

    byte[] withoutSuite = Arrays.copyOfRange(ours, 1, ours.length);

    assertThat(tink(keyOf("5a")).decrypt(withoutSuite, aad)).isEqualTo(PLAINTEXT);
  }

  @Test
  void decrypt_messageOfTink_isRead() throws Exception {
    byte[] aad = "context".getBytes(US_ASCII);
    byte[] theirs = tink(keyOf("5a")).encrypt(PLAINTEXT, aad);
    byte[] in = new byte[theirs.length + 1];
    in[0] = XaesSuite.ID;
    System.arraycopy(theirs, 0, in, 1, theirs.length);
    byte[] out = new byte[PLAINTEXT.length];

    suite.key(keyOf("5a")).decrypt(aad, 0, aad.length, in, 0, in.length, out, 0);

    assertThat(out).isEqualTo(PLAINTEXT);
  }

  /**
   * The specification's accumulated hash: ten thousand keys, nonces, messages and contexts drawn
   * from SHAKE128, and a digest of what they give.
   */
  @Test
  void seal_randomisedMessages_giveTheSpecificationsHash() throws Exception {
    SHAKEDigest draws = new SHAKEDigest(128);
    SHAKEDigest results = new SHAKEDigest(128);

    for (int i = 0; i < 10_000; i++) {
      byte[] keyBytes = drawn(draws, 32);
      byte[] nonce = drawn(draws, 24);
      byte[] plaintext = drawn(draws, drawn(draws, 1)[0] & 0xff);
      byte[] aad = drawn(draws, drawn(draws, 1)[0] & 0xff);
      XaesKey key = suite.key(keyBytes);
      byte[] out = new byte[XaesKey.ciphertextLength(plaintext.length)];
      new Sealer(key, new Batch(key.derive(nonce, 0), nonce, 1))
          .seal(aad, 0, aad.length, plaintext, 0, plaintext.length, out, 0);
      byte[] opened = new byte[plaintext.length];
      key.decrypt(aad, 0, aad.length, out, 0, out.length, opened, 0);
      assertThat(opened).isEqualTo(plaintext);
      results.update(out, XaesSuite.HEADER, out.length - XaesSuite.HEADER);
      key.destroy();
    }

    assertThat(HexFormat.of().formatHex(drawn(results, 32)))
        .isEqualTo("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
  }

  private static byte[] drawn(SHAKEDigest from, int length) {
    byte[] bytes = new byte[length];
    from.doOutput(bytes, 0, length);
    return bytes;
  }

  private static com.google.crypto.tink.Aead tink(byte[] key) throws Exception {
    AeadConfig.register();
    XAesGcmKey raw =
        XAesGcmKey.create(
            XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, 12),
            SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()),
            null);
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(raw).withRandomId().makePrimary())
        .build()
        .getPrimitive(RegistryConfiguration.get(), com.google.crypto.tink.Aead.class);
  }

  private static String message(String ciphertextAndTag) {
    return "03" + HexFormat.of().formatHex(NONCE) + ciphertextAndTag;
  }

  private static byte[] keyOf(String fill) {
    return HexFormat.of().parseHex(fill.repeat(32));
  }
}
