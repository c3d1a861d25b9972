package dev.cks.sim.api;

import org.jspecify.annotations.Nullable;

/**
 * The resource policy of a backup. It is kept and shown, never evaluated.
 *
 * @param resourceArn of the backup
 * @param policy JSON; null if there is none
 */
public record ResourcePolicy(String resourceArn, @Nullable String policy) {}
