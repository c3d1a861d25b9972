package dev.cks.bench;

import dev.cks.domain.crypto.CiphertextBlob;
import dev.cks.domain.crypto.EncryptionContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** Encryption contexts of some sizes, in the kind of map that the AWS SDK keeps them in. */
final class Contexts {
  private Contexts() {}

  static Map<String, String> ofPairs(int pairs) {
    Map<String, String> context = new LinkedHashMap<>();
    for (int i = 0; i < pairs; i++) {
      context.put("purpose" + i, "benchmark" + i);
    }
    return context;
  }

  /** How much associated data an Encrypt with such a context has. */
  static int aadLength(Map<String, String> context) {
    return CiphertextBlob.HEADER_LENGTH + EncryptionContext.of(context).canonicalLength();
  }
}
