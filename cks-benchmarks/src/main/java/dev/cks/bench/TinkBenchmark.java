package dev.cks.bench;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.XAesGcmParameters;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Google Tink at the same work: a keyset of AES-256-GCM, and one of XAES-256-GCM. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls setUp() first
public class TinkBenchmark {
  private static final int BLOBS = 64;

  /** Bytes of plaintext. */
  @Param("32")
  public int size;

  /** As in {@link RawBenchmark#pairs}. */
  @Param("1")
  public int pairs;

  private Aead gcm;
  private Aead xaes;
  private byte[] plaintext;
  private byte[] aad;
  private List<byte[]> blobs;
  private List<byte[]> xaesBlobs;

  /** Where a thread is in its round of messages. */
  @State(Scope.Thread)
  public static class Round {
    private int next;

    private int next() {
      next = (next + 1) % BLOBS;
      return next;
    }
  }

  /** Makes the keysets. */
  @Setup
  public void setUp() throws GeneralSecurityException {
    AeadConfig.register();
    gcm =
        keyset(
            AesGcmParameters.builder()
                .setKeySizeBytes(32)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.TINK)
                .build());
    xaes = keyset(XAesGcmParameters.create(XAesGcmParameters.Variant.TINK, RawAes.IV));
    plaintext = new byte[size];
    aad = new byte[Contexts.aadLength(Contexts.ofPairs(pairs))];
    blobs = blobs(gcm);
    xaesBlobs = blobs(xaes);
  }

  private static Aead keyset(Parameters parameters) throws GeneralSecurityException {
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.generateEntryFromParameters(parameters).withRandomId().makePrimary())
        .build()
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  private List<byte[]> blobs(Aead aead) throws GeneralSecurityException {
    List<byte[]> made = new ArrayList<>();
    while (made.size() < BLOBS) {
      made.add(aead.encrypt(plaintext, aad));
    }
    return made;
  }

  /** AES-GCM. */
  @Benchmark
  public byte[] encrypt() throws GeneralSecurityException {
    return gcm.encrypt(plaintext, aad);
  }

  /** AES-GCM. */
  @Benchmark
  public byte[] decrypt(Round round) throws GeneralSecurityException {
    return gcm.decrypt(blobs.get(round.next()), aad);
  }

  /** XAES-GCM, which derives a key for each message. */
  @Benchmark
  public byte[] xaesEncrypt() throws GeneralSecurityException {
    return xaes.encrypt(plaintext, aad);
  }

  /** XAES-GCM, which derives a key for each message. */
  @Benchmark
  public byte[] xaesDecrypt(Round round) throws GeneralSecurityException {
    return xaes.decrypt(xaesBlobs.get(round.next()), aad);
  }
}
