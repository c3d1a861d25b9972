package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a new key and its tags may be (spec D.8, A.8): which parameters go together. */
final class KeyRules {
  static final String SYMMETRIC_DEFAULT = "SYMMETRIC_DEFAULT";
  static final String ENCRYPT_DECRYPT = "ENCRYPT_DECRYPT";

  private KeyRules() {}

  /** Refuses combinations KMS refuses, and the kinds of keys there are none of here. */
  static void check(KeyRequests.Create request) {
    String spec = orElse(request.keySpec(), SYMMETRIC_DEFAULT);
    boolean symmetric = spec.equals(SYMMETRIC_DEFAULT);
    if (!symmetric && request.keyUsage() == null) {
      throw invalid(
          "You must specify a KeyUsage value for all KMS keys except for symmetric encryption"
              + " keys.");
    }
    String usage = orElse(request.keyUsage(), ENCRYPT_DECRYPT);
    checkOrigin(request, orElse(request.origin(), "AWS_KMS"));
    if (request.customKeyStoreId() != null) {
      checkCustom(request, symmetric, usage);
      return;
    }
    if (symmetric && !usage.equals(ENCRYPT_DECRYPT)) {
      throw invalid("KeyUsage " + usage + " is not compatible with KeySpec " + spec);
    }
    if (!symmetric || request.multiRegion() || "EXTERNAL".equals(request.origin())) {
      throw unsupported(
          "Standard keys of cks are symmetric (SYMMETRIC_DEFAULT), single-Region and of origin"
              + " AWS_KMS.");
    }
  }

  private static void checkOrigin(KeyRequests.Create request, String origin) {
    boolean external = origin.equals("EXTERNAL_KEY_STORE");
    boolean inStore = external || origin.equals("AWS_CLOUDHSM");
    if (inStore && request.customKeyStoreId() == null) {
      throw invalid("CustomKeyStoreId is required when Origin is " + origin + ".");
    }
    if (!inStore && request.customKeyStoreId() != null) {
      throw invalid("CustomKeyStoreId is not valid when Origin is " + origin + ".");
    }
    if (request.xksKeyId() != null && !external) {
      throw invalid("XksKeyId is not valid when Origin is " + origin + ".");
    }
    if (external) {
      throw unsupported("External key stores (EXTERNAL_KEY_STORE) are not supported by cks yet.");
    }
  }

  private static void checkCustom(KeyRequests.Create request, boolean symmetric, String usage) {
    if (!symmetric || !usage.equals(ENCRYPT_DECRYPT)) {
      throw unsupported(
          "Keys in a custom key store are symmetric encryption keys: KeySpec SYMMETRIC_DEFAULT,"
              + " KeyUsage ENCRYPT_DECRYPT.");
    }
    if (request.multiRegion()) {
      throw unsupported("You cannot create a multi-Region key in a custom key store.");
    }
  }

  /** The tags of a new key. */
  static Map<String, String> tagsOfNewKey(List<KeyRequests.Tag> tags, Quotas quotas) {
    Map<String, String> result = asMap(tags);
    if (result.size() > quotas.tagsPerKey()) {
      throw new KmsException(KmsErrorCode.TAG, "Too many tags");
    }
    return result;
  }

  /** A key's tags with some set. */
  static Map<String, String> merged(
      Map<String, String> present, List<KeyRequests.Tag> tags, Quotas quotas) {
    Map<String, String> result = new LinkedHashMap<>(present);
    result.putAll(asMap(tags));
    if (result.size() > quotas.tagsPerKey()) {
      throw new KmsException(
          KmsErrorCode.LIMIT_EXCEEDED,
          "A KMS key can have at most " + quotas.tagsPerKey() + " tags.");
    }
    return frozen(result);
  }

  /** A key's tags with some taken away; one that is not there is no error. */
  static Map<String, String> without(Map<String, String> present, List<String> tagKeys) {
    tagKeys.forEach(KeyRules::refuseReserved);
    Map<String, String> result = new LinkedHashMap<>(present);
    tagKeys.forEach(result::remove);
    return frozen(result);
  }

  private static Map<String, String> asMap(List<KeyRequests.Tag> tags) {
    Map<String, String> result = new LinkedHashMap<>();
    for (KeyRequests.Tag tag : tags) {
      refuseReserved(tag.key());
      if (result.put(tag.key(), tag.value()) != null) {
        throw new KmsException(KmsErrorCode.TAG, "Duplicate tag keys");
      }
    }
    return frozen(result);
  }

  private static void refuseReserved(String tagKey) {
    if (tagKey.toLowerCase(Locale.ROOT).startsWith("aws:")) {
      throw new KmsException(KmsErrorCode.TAG, "Tags beginning with aws: are reserved");
    }
  }

  /** Keeps the order, and costs nothing for the many keys without tags. */
  private static Map<String, String> frozen(Map<String, String> tags) {
    return tags.isEmpty() ? Map.of() : Collections.unmodifiableMap(tags);
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private static KmsException invalid(String message) {
    return new KmsException(KmsErrorCode.VALIDATION, message);
  }

  private static KmsException unsupported(String message) {
    return new KmsException(KmsErrorCode.UNSUPPORTED_OPERATION, message);
  }
}
