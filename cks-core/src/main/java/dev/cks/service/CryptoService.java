package dev.cks.service;

import dev.cks.domain.crypto.CiphertextBlob;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KeyRef;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.ConnectionTable.Trigger;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmKey;
import dev.cks.spi.RandomSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The data plane (spec D.11, E). Thread-safe. Every method throws {@link KmsException} with the
 * error AWS documents. An operation that began before a disconnect may finish; none begins after
 * it.
 *
 * <p>Keys are named by id, ARN, alias name or alias ARN. No due work of the timeline runs here.
 *
 * <p>A dry run answers {@code DryRunOperationException}, or the error that the call would have been
 * refused with before any HSM is asked: it looks at the key, its state, the algorithm and the
 * header of a ciphertext. What only an HSM can tell, it does not: whether one answers and has the
 * key material, and whether a ciphertext and its encryption context are authentic.
 */
public final class CryptoService {
  private static final byte[] NO_BYTES = new byte[0];

  private final Catalog catalog;
  private final ServicePorts ports;
  private final KeyResolver resolver;
  private final KeyMaterial material;
  private final CryptoAudit audit;

  CryptoService(Catalog catalog, ServicePorts ports, Auditor auditor) {
    this.catalog = catalog;
    this.ports = ports;
    this.resolver = new KeyResolver(catalog, ports.scope());
    this.material = new KeyMaterial(catalog, ports);
    this.audit = new CryptoAudit(auditor, ports.auditCrypto());
  }

  /** For benchmarks of this part alone. */
  KeyResolver resolver() {
    return resolver;
  }

  /** Encrypt: up to 4096 bytes under a key. */
  public CryptoRequests.Encrypted encrypt(CryptoRequests.Encrypt request, Caller caller) {
    // taken apart here: the compiler can do without a request that does not go any further
    return encrypt(
        request.keyId(),
        request.plaintext(),
        request.context(),
        request.algorithm(),
        request.grantTokens(),
        request.dryRun(),
        caller);
  }

  private CryptoRequests.Encrypted encrypt(
      String keyId,
      byte[] plaintext,
      EncryptionContext context,
      @Nullable String algorithm,
      List<String> grantTokens,
      boolean dryRun,
      Caller caller) {
    KeyEntry entry = null;
    try {
      entry = resolver.byAnyName(keyId);
      KmsKey key = admitted(entry, algorithm, grantTokens, dryRun);
      byte[] blob = seal(entry, key, plaintext, context);
      CryptoEvent event = audit.encrypted(keyId, context, algorithm, caller, key);
      used(entry, KeyOperation.ENCRYPT, caller, event);
      return new CryptoRequests.Encrypted(blob, key.arn());
    } catch (RuntimeException failure) {
      audit.encryptRefused(
          keyId, context, algorithm, dryRun, caller, entry, Auditor.asRefusal(failure));
      throw failure;
    }
  }

  /**
   * Encrypt into the caller's array: of a long ciphertext, a fresh array costs more than the
   * cipher.
   *
   * @param into receives the ciphertext from {@code offset} on; {@link CiphertextBlob#MAX_LENGTH}
   *     bytes are always enough. What it holds behind {@code offset} is void if the call fails
   * @return how many bytes were written
   * @throws IndexOutOfBoundsException if {@code into} has no room; nothing was written
   */
  public int encrypt(CryptoRequests.Encrypt request, byte[] into, int offset, Caller caller) {
    KeyEntry entry = null;
    try {
      entry = resolver.byAnyName(request.keyId());
      KmsKey key = admitted(entry, request.algorithm(), request.grantTokens(), request.dryRun());
      int written = seal(entry, key, request, into, offset);
      CryptoEvent event =
          audit.encrypted(request.keyId(), request.context(), request.algorithm(), caller, key);
      used(entry, KeyOperation.ENCRYPT, caller, event);
      return written;
    } catch (RuntimeException failure) {
      audit.encryptRefused(
          request.keyId(),
          request.context(),
          request.algorithm(),
          request.dryRun(),
          caller,
          entry,
          Auditor.asRefusal(failure));
      throw failure;
    }
  }

  private KmsKey admitted(
      KeyEntry entry, @Nullable String algorithm, List<String> grantTokens, boolean dryRun) {
    GrantTokens.requireValid(grantTokens, catalog);
    KmsKey key = Admission.admit(KeyOperation.ENCRYPT, entry);
    requireAlgorithm(algorithm, key);
    requireRealRun(dryRun);
    return key;
  }

  /** Decrypt: the key is named by the ciphertext; a key id in the request must name the same. */
  public CryptoRequests.Decrypted decrypt(CryptoRequests.Decrypt request, Caller caller) {
    return decrypt(
        request.keyId(),
        request.ciphertext(),
        request.context(),
        request.algorithm(),
        request.grantTokens(),
        request.dryRun(),
        caller);
  }

  private CryptoRequests.Decrypted decrypt(
      @Nullable String keyId,
      byte[] ciphertext,
      EncryptionContext context,
      @Nullable String algorithm,
      List<String> grantTokens,
      boolean dryRun,
      Caller caller) {
    KeyEntry entry = null;
    try {
      CiphertextBlob blob = CiphertextBlob.parse(ciphertext);
      entry = keyOf(blob, keyId);
      GrantTokens.requireValid(grantTokens, catalog);
      KmsKey key = Admission.admit(KeyOperation.DECRYPT, entry);
      requireAlgorithm(algorithm, key);
      requireMaterialOf(key, blob);
      requireRealRun(dryRun);
      byte[] plaintext = open(entry, blob, context);
      CryptoEvent event = audit.decrypted(context, algorithm, caller, key);
      used(entry, KeyOperation.DECRYPT, caller, event);
      return new CryptoRequests.Decrypted(plaintext, key.arn(), key.materialId());
    } catch (RuntimeException failure) {
      audit.decryptRefused(
          keyId, context, algorithm, dryRun, caller, entry, Auditor.asRefusal(failure));
      throw failure;
    }
  }

  /** ReEncrypt: from one key, or context, to another; the plaintext stays inside. */
  public CryptoRequests.ReEncrypted reEncrypt(CryptoRequests.ReEncrypt request, Caller caller) {
    KeyEntry source = null;
    KeyEntry destination = null;
    try {
      CiphertextBlob blob = CiphertextBlob.parse(request.ciphertext());
      source = keyOf(blob, request.sourceKeyId());
      GrantTokens.requireValid(request.grantTokens(), catalog);
      KmsKey sourceKey = Admission.admit(KeyOperation.RE_ENCRYPT, source);
      requireAlgorithm(request.sourceAlgorithm(), sourceKey);
      requireMaterialOf(sourceKey, blob);
      destination = resolver.byAnyName(request.destinationKeyId());
      KmsKey destinationKey = Admission.admit(KeyOperation.RE_ENCRYPT, destination);
      requireAlgorithm(request.destinationAlgorithm(), destinationKey);
      requireRealRun(request.dryRun());
      byte[] reEncrypted = reEncrypt(request, blob, source, destination);
      CryptoEvent event = audit.reEncrypted(request, caller, sourceKey, destinationKey);
      used(source, KeyOperation.RE_ENCRYPT, caller, event);
      used(destination, KeyOperation.RE_ENCRYPT, caller, event);
      return new CryptoRequests.ReEncrypted(
          reEncrypted,
          sourceKey.arn(),
          destinationKey.arn(),
          sourceKey.materialId(),
          destinationKey.materialId());
    } catch (RuntimeException failure) {
      audit.reEncryptRefused(request, caller, source, destination, Auditor.asRefusal(failure));
      throw failure;
    }
  }

  private byte[] reEncrypt(
      CryptoRequests.ReEncrypt request,
      CiphertextBlob blob,
      KeyEntry source,
      KeyEntry destination) {
    byte[] plaintext = open(source, blob, request.sourceContext());
    try {
      return seal(destination, destination.key(), plaintext, request.destinationContext());
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /** GenerateDataKey: a fresh data key, in the clear and under a key. */
  public CryptoRequests.DataKey generateDataKey(
      CryptoRequests.GenerateDataKey request, Caller caller) {
    return dataKey(KeyOperation.GENERATE_DATA_KEY, request, caller);
  }

  /** GenerateDataKeyWithoutPlaintext: the plaintext of the result is empty. */
  public CryptoRequests.DataKey generateDataKeyWithoutPlaintext(
      CryptoRequests.GenerateDataKey request, Caller caller) {
    CryptoRequests.DataKey full =
        dataKey(KeyOperation.GENERATE_DATA_KEY_WITHOUT_PLAINTEXT, request, caller);
    Arrays.fill(full.plaintext(), (byte) 0);
    return new CryptoRequests.DataKey(
        NO_BYTES, full.ciphertext(), full.keyArn(), full.materialId());
  }

  private CryptoRequests.DataKey dataKey(
      KeyOperation operation, CryptoRequests.GenerateDataKey request, Caller caller) {
    KeyEntry entry = null;
    try {
      entry = resolver.byAnyName(request.keyId());
      GrantTokens.requireValid(request.grantTokens(), catalog);
      KmsKey key = Admission.admit(operation, entry);
      requireRealRun(request.dryRun());
      byte[] plaintext = new byte[request.numberOfBytes()];
      ports.random().fill(RandomSource.Stream.MATERIAL, plaintext);
      byte[] blob = seal(entry, key, plaintext, request.context());
      used(entry, operation, caller, audit.dataKeyMade(operation, request, caller, key));
      return new CryptoRequests.DataKey(plaintext, blob, key.arn(), key.materialId());
    } catch (RuntimeException failure) {
      audit.dataKeyRefused(operation, request, caller, entry, Auditor.asRefusal(failure));
      throw failure;
    }
  }

  /**
   * GenerateRandom.
   *
   * @param numberOfBytes 1 to 1024
   * @param customKeyStoreId the store in whose cluster the bytes are made; null for KMS itself
   */
  public byte[] generateRandom(
      int numberOfBytes, @Nullable String customKeyStoreId, Caller caller) {
    byte[] bytes = new byte[numberOfBytes];
    try {
      if (customKeyStoreId == null) {
        ports.random().fill(RandomSource.Stream.MATERIAL, bytes);
      } else {
        fillInCluster(catalog.store(customKeyStoreId), bytes);
      }
      audit.randomMade(numberOfBytes, customKeyStoreId, caller);
      return bytes;
    } catch (RuntimeException failure) {
      audit.randomRefused(numberOfBytes, customKeyStoreId, caller, Auditor.asRefusal(failure));
      throw failure;
    }
  }

  private static void fillInCluster(StoreEntry store, byte[] bytes) {
    StoreEntry.Row admitted = store.row();
    Admission.admit(Trigger.GENERATE_RANDOM, admitted.connection());
    try {
      store.session().random(bytes);
    } catch (HsmException failure) {
      throw store.hasLeft(admitted)
          ? HsmFailureMap.disconnectedMeanwhile()
          : HsmFailureMap.whenUsing("The custom key store", failure);
    }
  }

  private byte[] seal(KeyEntry entry, KmsKey key, byte[] plaintext, EncryptionContext context) {
    long attempt = entry.store().row().attempt();
    HsmKey hsmKey = material.of(entry, attempt);
    byte[] blob = new byte[blobLength(hsmKey, plaintext)];
    try {
      seal(hsmKey, key, plaintext, context, blob, 0);
    } catch (HsmException failure) {
      throw material.failed(entry, attempt, failure);
    }
    return blob;
  }

  private int seal(
      KeyEntry entry, KmsKey key, CryptoRequests.Encrypt request, byte[] into, int offset) {
    byte[] plaintext = request.plaintext(); // in another array: in its own, there is no room
    long attempt = entry.store().row().attempt();
    HsmKey hsmKey = material.of(entry, attempt);
    Objects.checkFromIndexSize(offset, blobLength(hsmKey, plaintext), into.length);
    try {
      return seal(hsmKey, key, plaintext, request.context(), into, offset);
    } catch (HsmException failure) {
      throw material.failed(entry, attempt, failure);
    }
  }

  private static int blobLength(HsmKey hsmKey, byte[] plaintext) {
    return CiphertextBlob.HEADER_LENGTH + hsmKey.ciphertextLength(plaintext.length);
  }

  /**
   * The HSM writes right behind the header. Before it does, that place holds the context, if it
   * fits: header and context are the associated data, and it needs no array of its own.
   */
  private static int seal(
      HsmKey hsmKey,
      KmsKey key,
      byte[] plaintext,
      EncryptionContext context,
      byte[] out,
      int offset) {
    CiphertextBlob.writeHeader(out, offset, key.id(), key.backingKeyId());
    int body = offset + CiphertextBlob.HEADER_LENGTH;
    int opaque = hsmKey.ciphertextLength(plaintext.length);
    if (context.maxCanonicalLength() <= opaque) {
      int aadLength = context.writeTo(out, body) - offset;
      hsmKey.encrypt(out, offset, aadLength, plaintext, 0, plaintext.length, out, body);
    } else {
      byte[] aad = new byte[CiphertextBlob.maxAssociatedDataLength(context)];
      int aadLength = CiphertextBlob.writeAssociatedData(out, offset, context, aad);
      hsmKey.encrypt(aad, 0, aadLength, plaintext, 0, plaintext.length, out, body);
    }
    return CiphertextBlob.HEADER_LENGTH + opaque;
  }

  private byte[] open(KeyEntry entry, CiphertextBlob blob, EncryptionContext context) {
    long attempt = entry.store().row().attempt();
    HsmKey hsmKey = material.of(entry, attempt);
    int length = hsmKey.plaintextLength(blob.opaqueLength());
    if (length < 0) {
      throw CiphertextBlob.invalid();
    }
    byte[] plaintext = new byte[length];
    byte[] bytes = blob.bytes();
    byte[] aad = new byte[CiphertextBlob.maxAssociatedDataLength(context)];
    int aadLength = CiphertextBlob.writeAssociatedData(bytes, 0, context, aad);
    try {
      hsmKey.decrypt(
          aad,
          0,
          aadLength,
          bytes,
          CiphertextBlob.HEADER_LENGTH,
          blob.opaqueLength(),
          plaintext,
          0);
    } catch (HsmException failure) {
      throw material.failed(entry, attempt, failure);
    }
    return plaintext;
  }

  private KeyEntry keyOf(CiphertextBlob blob, @Nullable String keyId) {
    if (keyId != null) {
      KeyEntry named = resolver.byAnyName(keyId);
      if (!named.key().id().equals(blob.keyId())) {
        throw new KmsException(
            KmsErrorCode.INCORRECT_KEY,
            "The key ID in the request does not identify a CMK that can perform this operation.");
      }
      return named;
    }
    KeyEntry entry = catalog.key(blob.keyId());
    if (entry != null) {
      return entry;
    }
    if (catalog.wasDeleted(blob.keyId())) {
      throw KeyRef.doesNotExist(ports.scope().arnPrefix() + "key/" + blob.keyId());
    }
    throw CiphertextBlob.invalid();
  }

  private static void requireAlgorithm(@Nullable String algorithm, KmsKey key) {
    if (algorithm != null && !algorithm.equals(KeyRules.SYMMETRIC_DEFAULT)) {
      throw new KmsException(
          KmsErrorCode.INVALID_KEY_USAGE,
          "Algorithm "
              + algorithm
              + " is incompatible with key spec "
              + KeyRules.SYMMETRIC_DEFAULT
              + " of "
              + key.arn()
              + ".");
    }
  }

  private static void requireMaterialOf(KmsKey key, CiphertextBlob blob) {
    if (!blob.backingKeyId().equals(key.backingKeyId())) {
      throw CiphertextBlob.invalid();
    }
  }

  private void used(
      KeyEntry entry, KeyOperation operation, Caller caller, @Nullable CryptoEvent event) {
    if (event == null) {
      entry.used(operation, ports.timeline().now(), caller);
    } else {
      entry.used(event);
    }
  }

  /**
   * A dry run of Decrypt or ReEncrypt that ignores the ciphertext, as {@code IGNORE_CIPHERTEXT}
   * demands. Always throws: what the first key refuses, or the next, or that all would have gone
   * well.
   *
   * @param operation Decrypt or ReEncrypt
   * @param keys the key; for ReEncrypt the source, then the destination; at least one
   */
  public void tryWithoutCiphertext(
      KeyOperation operation,
      List<CryptoRequests.KeyTrial> keys,
      List<String> grantTokens,
      Caller caller) {
    CryptoRequests.KeyTrial tried = keys.get(0);
    KeyEntry entry = null;
    try {
      for (CryptoRequests.KeyTrial trial : keys) {
        tried = trial;
        entry = null; // of the key before, the event of this one tells nothing
        entry = resolver.byAnyName(trial.keyId());
        GrantTokens.requireValid(grantTokens, catalog);
        requireAlgorithm(trial.algorithm(), Admission.admit(operation, entry));
      }
      requireRealRun(true);
    } catch (RuntimeException failure) {
      audit.trial(operation, tried, caller, entry, Auditor.asRefusal(failure));
      throw failure;
    }
  }

  /**
   * The last check before the HSM is asked. So a dry run knows key, state, usage, and of a
   * ciphertext its header; it cannot know whether an HSM answers, has the material, and finds
   * ciphertext and context authentic.
   */
  static void requireRealRun(boolean dryRun) {
    if (dryRun) {
      throw new KmsException(
          KmsErrorCode.DRY_RUN_OPERATION,
          "The request would have succeeded, but the DryRun option is set.");
    }
  }
}
