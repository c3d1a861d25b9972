package dev.cks.sim.api;

import dev.cks.service.Caller;
import dev.cks.service.Page;

/**
 * The control plane of CloudHSM v2 in one account and Region (API version 2017-04-28). Every method
 * answers a refusal with {@link CloudHsmException} and changes nothing then. What takes time is
 * under way when a method returns; the virtual clock completes it. The shape of parameters
 * (patterns, lengths) is for whoever decodes them; what they mean is checked here. Callers are
 * recorded, not judged. Thread-safe.
 */
public interface CloudHsmV2 {

  /** Makes a cluster without HSMs, empty or from a backup. */
  Cluster createCluster(CloudHsmRequests.CreateCluster request, Caller caller);

  /** Adds an HSM: a copy of those there are, or of the last backup. */
  Hsm createHsm(CloudHsmRequests.CreateHsm request, Caller caller);

  /**
   * Gives a new cluster its certificate. It is checked in full: format, signature, public key, and
   * that it is valid now.
   */
  Cluster initializeCluster(CloudHsmRequests.InitializeCluster request, Caller caller);

  /** Changes how long backups are kept, or the type of the HSMs. */
  Cluster modifyCluster(CloudHsmRequests.ModifyCluster request, Caller caller);

  /** Deletes a cluster that has no HSMs. Its backups stay. */
  Cluster deleteCluster(String clusterId, Caller caller);

  /**
   * Deletes an HSM, after a backup of it.
   *
   * @return its id
   */
  String deleteHsm(CloudHsmRequests.DeleteHsm request, Caller caller);

  /** The clusters, the oldest first; deleted ones for seven days. */
  Page<Cluster> describeClusters(CloudHsmRequests.DescribeClusters request, Caller caller);

  /** The backups, the newest first unless asked otherwise; deleted ones for seven days. */
  Page<Backup> describeBackups(CloudHsmRequests.DescribeBackups request, Caller caller);

  /** Copies a backup to another Region. */
  DestinationBackup copyBackupToRegion(CloudHsmRequests.CopyBackupToRegion request, Caller caller);

  /** Deletes a backup; for seven days it can be restored. */
  Backup deleteBackup(String backupId, Caller caller);

  /** Takes back {@link #deleteBackup}. */
  Backup restoreBackup(String backupId, Caller caller);

  /** Says whether retention leaves a backup alone. */
  Backup modifyBackupAttributes(CloudHsmRequests.ModifyBackupAttributes request, Caller caller);

  /** The tags of a cluster or backup, by key. */
  Page<Tag> listTags(CloudHsmRequests.ListTags request, Caller caller);

  /** Adds or replaces tags of a cluster or backup. */
  void tagResource(CloudHsmRequests.TagResource request, Caller caller);

  /** Removes tags of a cluster or backup; tags that are not there stay away. */
  void untagResource(CloudHsmRequests.UntagResource request, Caller caller);

  /** The policy of a backup. */
  ResourcePolicy getResourcePolicy(String resourceArn, Caller caller);

  /** Gives a backup a policy, in place of the one it had. */
  ResourcePolicy putResourcePolicy(CloudHsmRequests.PutResourcePolicy request, Caller caller);

  /**
   * Removes the policy of a backup.
   *
   * @return the policy that it had
   */
  ResourcePolicy deleteResourcePolicy(String resourceArn, Caller caller);
}
