package dev.cks.aws.doctor;

import java.util.List;

/**
 * What a doctor works with.
 *
 * @param subnets for new clusters; empty: those of the old one
 */
record Practice(
    AwsCalls calls,
    Hands hands,
    Passwords passwords,
    Progress progress,
    KeyInventory inventory,
    boolean olderTools,
    List<String> subnets,
    int keysTried) {}
