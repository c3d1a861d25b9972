package dev.cks.service;

import dev.cks.domain.key.KeyOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Key management. */
public final class KeyService {
  KeyService() {}

  public KeyRequests.Description create(KeyRequests.Create request, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public KeyRequests.Description describe(String keyId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public Page<KeyRequests.Listed> list(
      @Nullable Integer limit, @Nullable String marker, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void enable(String keyId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void disable(String keyId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void updateDescription(String keyId, String description, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public KeyRequests.Scheduled scheduleDeletion(
      String keyId, @Nullable Integer pendingWindowInDays, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  /** Answers the key's ARN. */
  public String cancelDeletion(String keyId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void createAlias(String aliasName, String targetKeyId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void updateAlias(String aliasName, String targetKeyId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void deleteAlias(String aliasName, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public Page<KeyRequests.ListedAlias> listAliases(
      @Nullable String keyId, @Nullable Integer limit, @Nullable String marker, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void tag(String keyId, List<KeyRequests.Tag> tags, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void untag(String keyId, List<String> tagKeys, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public Page<KeyRequests.Tag> listTags(
      String keyId, @Nullable Integer limit, @Nullable String marker, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void putPolicy(
      String keyId,
      @Nullable String policyName,
      String policy,
      boolean bypassLockoutSafetyCheck,
      Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public String getPolicy(String keyId, @Nullable String policyName, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public Page<String> listPolicies(
      String keyId, @Nullable Integer limit, @Nullable String marker, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  /**
   * Always throws what KMS answers to an operation that no key here supports (rotation, import,
   * signing, replicas and so on).
   */
  public void refuse(KeyOperation operation, String keyId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }
}
