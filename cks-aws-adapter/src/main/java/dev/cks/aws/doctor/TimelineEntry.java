package dev.cks.aws.doctor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as CloudTrail tells it. Unsuccessful calls are among them.
 *
 * @param when to the second
 * @param event the operation, for example {@code DisconnectCustomKeyStore}
 * @param who user name, or what the service calls itself
 * @param resource the key store, cluster or key ARN that it happened to
 * @param errorCode null if it succeeded
 * @param what one sentence for people
 */
public record TimelineEntry(
    Instant when,
    String event,
    String who,
    String resource,
    @Nullable String errorCode,
    String what) {}
