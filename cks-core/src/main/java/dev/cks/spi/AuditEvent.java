package dev.cks.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One outcome, in the shape CloudTrail gives it (spec G). Never holds plaintext, ciphertext, key
 * material or a password; an encryption context is not secret and is shown.
 *
 * @param eventId unique, a UUID
 * @param time when it happened
 * @param name the operation, for example {@code CreateKey}; {@code DeleteKey} is the service's own
 * @param principalArn who called; null for what the service did by itself
 * @param sourceAddress where from; {@code AWS Internal} for the service
 * @param userAgent with what; {@code AWS Internal} for the service
 * @param requestId of the call; null for what the service did by itself
 * @param readOnly whether it changed nothing
 * @param requestParameters the request, without its secrets; null where AWS shows null
 * @param responseElements what came back, where AWS shows it
 * @param additionalEventData what AWS adds, for example cluster id and backing keys
 * @param resources ARNs of the keys and aliases concerned
 * @param errorCode the AWS error of a refusal; null on success
 * @param errorMessage its message, if it has one
 */
public record AuditEvent(
    String eventId,
    Instant time,
    String name,
    @Nullable String principalArn,
    String sourceAddress,
    String userAgent,
    @Nullable String requestId,
    boolean readOnly,
    @Nullable Map<String, Object> requestParameters,
    @Nullable Map<String, Object> responseElements,
    @Nullable Map<String, Object> additionalEventData,
    List<String> resources,
    @Nullable String errorCode,
    @Nullable String errorMessage) {

  /** Whether the service did this by itself ({@code AwsServiceEvent}). */
  public boolean isServiceEvent() {
    return principalArn == null;
  }
}
