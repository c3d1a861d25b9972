package dev.cks.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One outcome, in the shape CloudTrail gives it (spec G). Never holds plaintext, ciphertext, key
 * material or a password; an encryption context is not secret and is shown. Immutable.
 *
 * <p>The values in the three maps are what JSON has: strings, numbers, booleans, and lists and maps
 * of these. Where AWS puts JSON into a string, the value here is that string.
 *
 * @param eventId unique, a UUID
 * @param time when it happened
 * @param source the service, for example {@code kms.amazonaws.com}
 * @param name the operation, for example {@code CreateKey}; {@code DeleteKey} is the service's own
 * @param principalArn who called; null for what the service did by itself
 * @param sourceAddress where from; {@code AWS Internal} for the service
 * @param userAgent with what; {@code AWS Internal} for the service
 * @param requestId of the call; null for what the service did by itself
 * @param readOnly whether it changed nothing
 * @param requestParameters the request, without its secrets; null where AWS shows null
 * @param responseElements what came back, where AWS shows it
 * @param additionalEventData what AWS adds, for example cluster id and backing keys
 * @param resources the keys and aliases concerned
 * @param errorCode the AWS error of a refusal; null on success
 * @param errorMessage its message, if it has one
 */
public record AuditEvent(
    String eventId,
    Instant time,
    String source,
    String name,
    @Nullable String principalArn,
    String sourceAddress,
    String userAgent,
    @Nullable String requestId,
    boolean readOnly,
    @Nullable Map<String, Object> requestParameters,
    @Nullable Map<String, Object> responseElements,
    @Nullable Map<String, Object> additionalEventData,
    List<Resource> resources,
    @Nullable String errorCode,
    @Nullable String errorMessage) {

  /**
   * What an operation concerned.
   *
   * @param type CloudTrail's name of the type, for example {@code AWS::KMS::Key}
   * @param arn its ARN
   */
  public record Resource(String type, String arn) {
    /** The type of a KMS key. */
    public static final String KEY = "AWS::KMS::Key";

    /** The type of an alias. */
    public static final String ALIAS = "AWS::KMS::Alias";

    /** A KMS key. */
    public static Resource key(String arn) {
      return new Resource(KEY, arn);
    }

    /** An alias. */
    public static Resource alias(String arn) {
      return new Resource(ALIAS, arn);
    }
  }

  public AuditEvent {
    requestParameters = frozen(requestParameters);
    responseElements = frozen(responseElements);
    additionalEventData = frozen(additionalEventData);
    resources = List.copyOf(resources);
  }

  /** Keeps the order, which AWS's samples have too. */
  private static @Nullable Map<String, Object> frozen(@Nullable Map<String, Object> map) {
    return map == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Whether the service did this by itself. */
  public boolean isServiceEvent() {
    return principalArn == null;
  }

  /** {@code AwsServiceEvent} for what the service did by itself, else {@code AwsApiCall}. */
  public String eventType() {
    return isServiceEvent() ? "AwsServiceEvent" : "AwsApiCall";
  }
}
