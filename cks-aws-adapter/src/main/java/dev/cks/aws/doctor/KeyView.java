package dev.cks.aws.doctor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as KMS described it.
 *
 * @param state AWS's word, for example {@code Enabled}, {@code Unavailable}, or something newer
 * @param storeId its key store; null for keys of KMS itself
 * @param deletionDate when it is going to be deleted; null unless it is pending deletion
 * @param lastUsed the last successful cryptographic operation that KMS knows of; null if it was not
 *     asked for or there was none
 */
public record KeyView(
    String id,
    String arn,
    String state,
    @Nullable String storeId,
    Instant created,
    @Nullable Instant deletionDate,
    @Nullable Instant lastUsed) {}
