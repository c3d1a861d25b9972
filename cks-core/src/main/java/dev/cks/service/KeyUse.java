package dev.cks.service;

import dev.cks.domain.key.KeyOperation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A successful cryptographic use of a key, as GetKeyLastUsage shows it.
 *
 * @param operation which
 * @param time when
 * @param requestId of the call
 * @param eventId the audit event of the call; null when none was recorded
 */
public record KeyUse(
    KeyOperation operation, Instant time, String requestId, @Nullable String eventId) {}
