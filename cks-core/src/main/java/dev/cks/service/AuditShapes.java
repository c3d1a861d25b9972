package dev.cks.service;

import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.CustomKeyStore;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How keys, dates and tags look inside an event (spec G). */
final class AuditShapes {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private AuditShapes() {}

  /**
   * As in {@code Oct 14, 2021, 5:39:50 PM}. Not with the platform's formats: they put another space
   * before the PM since Java 20, and loading them is 3 % of the first use of cks in a JVM.
   */
  static String date(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    int hour = time.getHour() % 12;
    return MONTHS.get(time.getMonthValue() - 1)
        + " "
        + time.getDayOfMonth()
        + ", "
        + time.getYear()
        + ", "
        + (hour == 0 ? 12 : hour)
        + ":"
        + twoDigits(time.getMinute())
        + ":"
        + twoDigits(time.getSecond())
        + (time.getHour() < 12 ? " AM" : " PM");
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  /** CreateKey's parameters, with the defaults of those that were not given. */
  static void addRequest(Auditor.Call call, KeyRequests.Create request) {
    String spec = orElse(request.keySpec(), KeyRules.SYMMETRIC_DEFAULT);
    call.requested("keyUsage", orElse(request.keyUsage(), KeyRules.ENCRYPT_DECRYPT))
        .requested("bypassPolicyLockoutSafetyCheck", false)
        .requested("origin", orElse(request.origin(), "AWS_KMS"))
        .requested("keySpec", spec)
        .requested("customerMasterKeySpec", spec)
        .requested("customKeyStoreId", request.customKeyStoreId())
        .requested("xksKeyId", request.xksKeyId())
        .requested("description", orElse(request.description(), ""))
        .requested("policy", request.policy());
    if (request.multiRegion()) {
      call.requested("multiRegion", true);
    }
    if (!request.tags().isEmpty()) {
      call.requested("tags", tags(request.tags()));
    }
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  /** What ScheduleKeyDeletion answered, and the material that will go with the key. */
  static void addScheduled(
      Auditor.Call call,
      KeyRequests.Scheduled scheduled,
      KmsKey key,
      @Nullable CustomKeyStore store) {
    call.answered("keyId", scheduled.keyArn())
        .answered("keyState", scheduled.state().wireName())
        .answered("deletionDate", date(scheduled.deletionDate()));
    if (store != null) {
      addBackingKeys(call, key, store);
    }
  }

  /** The key as CreateKey answers it; the spelling of the first member is AWS's. */
  static Map<String, Object> keyMetadata(KeyRequests.Description description) {
    KmsKey key = description.key();
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("aWSAccountId", description.scope().accountId());
    metadata.put("keyId", key.id().toString());
    metadata.put("arn", key.arn());
    metadata.put("creationDate", date(key.created()));
    metadata.put("enabled", description.state() == KeyState.ENABLED);
    metadata.put("description", key.description());
    metadata.put("keyUsage", KeyRules.ENCRYPT_DECRYPT);
    metadata.put("keyState", description.state().wireName());
    metadata.put("origin", key.home().origin());
    if (key.home() instanceof KeyHome.Custom custom && description.clusterId() != null) {
      metadata.put("customKeyStoreId", custom.store().value());
      metadata.put("cloudHsmClusterId", description.clusterId());
    }
    metadata.put("keyManager", "CUSTOMER");
    metadata.put("keySpec", KeyRules.SYMMETRIC_DEFAULT);
    metadata.put("customerMasterKeySpec", KeyRules.SYMMETRIC_DEFAULT);
    metadata.put("encryptionAlgorithms", List.of(KeyRules.SYMMETRIC_DEFAULT));
    metadata.put("multiRegion", false);
    return metadata;
  }

  /** The material of a key in a key store, as one JSON object. */
  static String backingKey(KmsKey key) {
    return CloudTrailJson.object(handle(key));
  }

  /** What belongs to a key in a key store: the store, its cluster, and the material there. */
  static void addBackingKeys(Auditor.Call call, KmsKey key, CustomKeyStore store) {
    call.adding("customKeyStoreId", store.id().value())
        .adding("clusterId", store.clusterId())
        .adding("backingKeys", CloudTrailJson.list(List.of(handle(key))));
  }

  /** What became of each handle: done means on every HSM that has it. */
  static String deletionStatus(KmsKey key, boolean done) {
    Map<String, String> status = handle(key);
    status.put("deletionStatus", done ? "SUCCESS" : "FAILURE");
    return CloudTrailJson.list(List.of(status));
  }

  private static Map<String, String> handle(KmsKey key) {
    return CloudTrailJson.members(
        "keyHandle", key.reference(), "backingKeyId", key.backingKeyId().toString());
  }

  static List<Map<String, String>> tags(List<KeyRequests.Tag> tags) {
    List<Map<String, String>> shown = new ArrayList<>();
    tags.forEach(
        tag -> shown.add(CloudTrailJson.members("tagKey", tag.key(), "tagValue", tag.value())));
    return shown;
  }
}
