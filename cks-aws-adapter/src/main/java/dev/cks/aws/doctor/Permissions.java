package dev.cks.aws.doctor;

import java.util.List;

/** The permissions, each where it is needed. */
final class Permissions {
  static final Permission DESCRIBE_STORES =
      read("kms:DescribeCustomKeyStores", "the key stores and their connections are not seen");
  static final Permission LIST_KEYS =
      read("kms:ListKeys", "the keys of the key store are not examined");
  static final Permission DESCRIBE_KEY = read("kms:DescribeKey", "the states of keys are not seen");
  static final Permission LAST_USAGE =
      read(
          "kms:GetKeyLastUsage",
          "it is not known when the key last worked, which helps to choose a backup");
  static final Permission ENCRYPT =
      read("kms:Encrypt", "whether a key really works is not tried out");
  static final Permission DECRYPT =
      read("kms:Decrypt", "whether a key really works is not tried out");
  static final Permission RANDOM =
      read("kms:GenerateRandom", "whether KMS reaches the cluster is not tried out");
  static final Permission CLUSTERS =
      read("cloudhsm:DescribeClusters", "the cluster behind the key store is not seen");
  static final Permission BACKUPS =
      read("cloudhsm:DescribeBackups", "backups are not seen, so no cluster can be replaced");
  static final Permission EVENTS =
      read("cloudtrail:LookupEvents", "it is not known how it came to this, nor who did it");

  private static final List<Permission> ALL =
      List.of(
          DESCRIBE_STORES,
          LIST_KEYS,
          DESCRIBE_KEY,
          LAST_USAGE,
          ENCRYPT,
          DECRYPT,
          RANDOM,
          CLUSTERS,
          BACKUPS,
          EVENTS,
          act("kms:ConnectCustomKeyStore", "connects a key store"),
          act("kms:DisconnectCustomKeyStore", "disconnects a key store"),
          act("kms:UpdateCustomKeyStore", "tells KMS a password or another cluster"),
          act("kms:DeleteCustomKeyStore", "decommissions a key store"),
          act("kms:EnableKey", "enables a key"),
          act("kms:CancelKeyDeletion", "takes a key out of its deletion window"),
          act("kms:ScheduleKeyDeletion", "decommissions a key store"),
          act("cloudhsm:CreateCluster", "replaces a cluster from a backup"),
          act("cloudhsm:CreateHsm", "adds HSMs"));

  private Permissions() {}

  private static Permission read(String action, String without) {
    return new Permission(action, without, true);
  }

  private static Permission act(String action, String does) {
    return new Permission(action, does, false);
  }

  static List<Permission> all() {
    return ALL;
  }
}
