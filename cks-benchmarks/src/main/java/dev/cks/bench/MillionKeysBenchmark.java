package dev.cks.bench;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.key.KeyId;
import dev.cks.service.Caller;
import dev.cks.service.CryptoRequests;
import dev.cks.service.CryptoService;
import dev.cks.service.Resolution;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Calls on a key store that is full, on a key that was not called on lately; and what is as far
 * from the processor's caches. Runs inside {@link MillionKeys}, which makes the keys.
 */
@State(Scope.Thread)
public class MillionKeysBenchmark {
  private static final byte[] PLAINTEXT = new byte[32];

  private final Map<String, String> context = Contexts.ofPairs(1);
  private final FullStore store = FullStore.present();
  private final CryptoService crypto = store.kms().crypto();
  private final Caller caller = store.kms().rootCaller();
  private final Resolution resolution = store.resolution();
  private final RawAes raw = new RawAes(Contexts.aadLength(context));
  private final SplittableRandom order = new SplittableRandom(7);

  private int any() {
    return order.nextInt(store.size());
  }

  /** The catalog's own kind of map, asked for an id. */
  @Benchmark
  public Object mapLookUp() {
    KeyId id = store.ids()[any()];
    return Objects.requireNonNull(store.map().get(id));
  }

  /** The same kind of map, asked for an ARN, as somebody would do who has ARNs. */
  @Benchmark
  public Object mapOfArnsLookUp() {
    return Objects.requireNonNull(store.mapOfArns().get(store.arns()[any()]));
  }

  /** From an ARN to a key that may be used. */
  @Benchmark
  public Object resolveAndAdmit() {
    return resolution.admitted(store.arns()[any()]);
  }

  /** A cipher that gets another key for each message. */
  @Benchmark
  public byte[] rawEncrypt() {
    SecretKeySpec key = store.rawKeys()[any()];
    return raw.sealRekeyed(PLAINTEXT, key);
  }

  /** Encrypt. */
  @Benchmark
  public byte[] encrypt() {
    return encrypt(store.arns()[any()]);
  }

  byte[] encrypt(String arn) {
    return crypto
        .encrypt(new CryptoRequests.Encrypt(arn, PLAINTEXT, EncryptionContext.of(context)), caller)
        .ciphertext();
  }

  /** DisconnectCustomKeyStore, and ConnectCustomKeyStore. */
  @Benchmark
  public void reconnect() {
    store.reconnect();
  }

  /** CreateKey. */
  @Benchmark
  public Object createKey() {
    return store.create();
  }
}
