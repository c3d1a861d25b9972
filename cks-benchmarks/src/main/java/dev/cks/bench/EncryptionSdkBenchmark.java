package dev.cks.bench;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CryptoAlgorithm;
import com.amazonaws.encryptionsdk.jce.JceMasterKey;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKeyProvider;
import dev.cks.local.SimulatedAws;
import dev.cks.service.KeyRequests;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The AWS Encryption SDK at the same work: envelope encryption with key commitment and without
 * signatures, under an AES key in memory, and under a key of a key store.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls setUp() first
public class EncryptionSdkBenchmark {

  /** Bytes of plaintext. */
  @Param("32")
  public int size;

  private final AwsCrypto crypto =
      AwsCrypto.builder()
          .withEncryptionAlgorithm(CryptoAlgorithm.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY)
          .build();
  private final Map<String, String> context = Contexts.ofPairs(1);
  private SimulatedAws aws;
  private JceMasterKey inMemory;
  private KmsMasterKeyProvider inKeyStore;
  private byte[] plaintext;

  /** Makes the keys. */
  @Setup
  public void setUp() {
    aws = SimulatedAws.create();
    plaintext = new byte[size];
    inMemory =
        JceMasterKey.getInstance(
            new SecretKeySpec(new byte[32], "AES"), "bench", "key", "AES/GCM/NoPadding");
    String arn =
        aws.core()
            .keys()
            .create(KeyRequests.Create.in(aws.keyStoreId()), aws.core().rootCaller())
            .key()
            .arn();
    inKeyStore =
        KmsMasterKeyProvider.builder()
            .customRegionalClientSupplier(region -> aws.kms())
            .buildStrict(arn);
  }

  /** Wipes the keys. */
  @TearDown
  public void close() {
    aws.close();
  }

  /** Encrypt under an AES key in memory. */
  @Benchmark
  public byte[] encrypt() {
    return crypto.encryptData(inMemory, plaintext, context).getResult();
  }

  /** Encrypt under a data key of GenerateDataKey. */
  @Benchmark
  public byte[] encryptWithCks() {
    return crypto.encryptData(inKeyStore, plaintext, context).getResult();
  }
}
