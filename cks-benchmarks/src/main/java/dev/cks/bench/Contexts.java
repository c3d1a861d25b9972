package dev.cks.bench;

import dev.cks.domain.crypto.CiphertextBlob;
import dev.cks.domain.crypto.EncryptionContext;
import java.util.Map;
import java.util.TreeMap;

/** Encryption contexts of some sizes, as requests of the AWS SDK carry them. */
final class Contexts {
  private Contexts() {}

  static Map<String, String> ofPairs(int pairs) {
    Map<String, String> context = new TreeMap<>();
    for (int i = 0; i < pairs; i++) {
      context.put("purpose" + i, "benchmark" + i);
    }
    return Map.copyOf(context);
  }

  /** How much associated data an Encrypt with such a context has. */
  static int aadLength(Map<String, String> context) {
    return CiphertextBlob.HEADER_LENGTH + EncryptionContext.of(context).canonicalLength();
  }
}
