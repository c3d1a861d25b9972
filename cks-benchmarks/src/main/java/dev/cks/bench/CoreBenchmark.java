package dev.cks.bench;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.local.SimulatedAws;
import dev.cks.service.Caller;
import dev.cks.service.CryptoRequests;
import dev.cks.service.CryptoService;
import dev.cks.service.KeyRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;

/**
 * Whole calls on an account as it is shipped: three HSMs, the audit trail, the hooks for faults.
 * Each call makes its request and its encryption context anew; the caller is one and the same.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls setUp() first
public class CoreBenchmark {
  private static final int BLOBS = 64;
  private static final int BUFFER = 6144;

  /** Bytes of plaintext. */
  @Param("32")
  public int size;

  /** Pairs in the encryption context. */
  @Param("1")
  public int pairs;

  /** How many keys take turns. */
  @Param("1")
  public int keys;

  /** How many nonce prefixes the blobs for decryption have. */
  @Param("1")
  public int prefixes;

  /** Whether successful calls are recorded. */
  @Param("false")
  public boolean audited;

  private SimulatedAws aws;
  private KmsClient client;
  private CryptoService crypto;
  private Caller caller;
  private Map<String, String> context;
  private byte[] plaintext;
  private SdkBytes sdkPlaintext;
  private List<String> arns;
  private List<byte[]> blobs;

  /** Where a thread is in its round of keys and blobs, and its own buffer. */
  @State(Scope.Thread)
  public static class Round {
    private final byte[] buffer = new byte[BUFFER];
    private int next;

    private int next(int length) {
      int present = next + 1;
      next = present < length ? present : 0;
      return next;
    }
  }

  /** Makes the account. */
  @Setup
  public void setUp() {
    aws = account();
    client = aws.kms();
    crypto = aws.core().crypto();
    caller = aws.core().rootCaller();
    context = Contexts.ofPairs(pairs);
    plaintext = new byte[size];
    sdkPlaintext = SdkBytes.fromByteArray(plaintext);
    arns = new ArrayList<>();
    while (arns.size() < keys) {
      arns.add(
          aws.core().keys().create(KeyRequests.Create.in(aws.keyStoreId()), caller).key().arn());
    }
    blobs = new ArrayList<>();
    while (blobs.size() < Math.max(BLOBS, prefixes)) {
      blobs.add(encrypt(arns.get(blobs.size() % keys)));
    }
  }

  /** As shipped, unless blobs with many prefixes are wanted: these are hard to come by. */
  private SimulatedAws account() {
    SimulatedAws.Builder plan = SimulatedAws.builder().auditCrypto(audited);
    return prefixes == 1
        ? plan.build()
        : plan.cluster(cluster -> cluster.messagesPerNoncePrefix(1)).build();
  }

  /** Wipes the keys. */
  @TearDown
  public void close() {
    aws.close();
  }

  /** Encrypt. */
  @Benchmark
  public byte[] encrypt(Round round) {
    return encrypt(arns.get(round.next(keys)));
  }

  private byte[] encrypt(String arn) {
    return crypto
        .encrypt(new CryptoRequests.Encrypt(arn, plaintext, EncryptionContext.of(context)), caller)
        .ciphertext();
  }

  /** Decrypt, a round of many blobs. */
  @Benchmark
  public byte[] decrypt(Round round) {
    return crypto
        .decrypt(
            new CryptoRequests.Decrypt(
                blobs.get(round.next(blobs.size())), EncryptionContext.of(context)),
            caller)
        .plaintext();
  }

  /** GenerateDataKey. */
  @Benchmark
  public byte[] dataKey() {
    return crypto
        .generateDataKey(
            new CryptoRequests.GenerateDataKey(
                arns.get(0), 32, null, EncryptionContext.of(context), List.of(), false),
            caller)
        .ciphertext();
  }

  /** ReEncrypt under the same key. */
  @Benchmark
  public byte[] reEncrypt(Round round) {
    return crypto
        .reEncrypt(
            new CryptoRequests.ReEncrypt(
                blobs.get(round.next(blobs.size())),
                null,
                EncryptionContext.of(context),
                null,
                arns.get(0),
                EncryptionContext.of(context),
                null,
                List.of(),
                false),
            caller)
        .ciphertext();
  }

  /** Encrypt into an array that is there already. */
  @Benchmark
  public int encryptInto(Round round) {
    return crypto.encrypt(
        new CryptoRequests.Encrypt(arns.get(0), plaintext, EncryptionContext.of(context)),
        round.buffer,
        0,
        caller);
  }

  /** Encrypt through the AWS SDK's interface, request and answer included. */
  @Benchmark
  public SdkBytes clientEncrypt(Round round) {
    return client
        .encrypt(
            EncryptRequest.builder()
                .keyId(arns.get(round.next(keys)))
                .plaintext(sdkPlaintext)
                .encryptionContext(context)
                .build())
        .ciphertextBlob();
  }

  /** Encrypt through the AWS SDK's own client, in process: it signs, and goes the way of HTTP. */
  @Benchmark
  public SdkBytes sdkEncrypt(Round round) {
    return aws.kmsThroughSdk()
        .encrypt(
            EncryptRequest.builder()
                .keyId(arns.get(round.next(keys)))
                .plaintext(sdkPlaintext)
                .encryptionContext(context)
                .build())
        .ciphertextBlob();
  }

  /** Decrypt through the AWS SDK's interface. */
  @Benchmark
  public SdkBytes clientDecrypt(Round round) {
    return client
        .decrypt(
            DecryptRequest.builder()
                .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(blobs.get(round.next(blobs.size()))))
                .encryptionContext(context)
                .build())
        .plaintext();
  }
}
