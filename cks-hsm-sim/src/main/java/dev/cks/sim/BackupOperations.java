package dev.cks.sim;

import dev.cks.sim.api.Backup;
import dev.cks.sim.api.BackupState;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.DestinationBackup;
import dev.cks.sim.api.ResourcePolicy;
import dev.cks.sim.backup.BackupVault;
import dev.cks.sim.backup.StoredBackup;
import java.util.Map;

/** What the API does with backups. Called under the service's lock. */
final class BackupOperations {
  private final SimulatedCloudHsm service;

  BackupOperations(SimulatedCloudHsm service) {
    this.service = service;
  }

  private BackupVault vault() {
    return service.vault();
  }

  private StoredBackup existing(String backupId) {
    return vault()
        .find(Refusal.required(backupId, "BackupId"))
        .orElseThrow(() -> Refusal.notFound(backupId));
  }

  private StoredBackup in(BackupState state, StoredBackup backup) {
    BackupState actual = backup.state(service.clock().now());
    if (actual != state) {
      throw Refusal.invalid(
          "The backup " + backup.id() + " is in state " + actual + ", not " + state + ".");
    }
    return backup;
  }

  private Backup describe(StoredBackup backup) {
    return backup.describe(service.clock().now());
  }

  Backup delete(String backupId) {
    return describe(vault().delete(in(BackupState.READY, existing(backupId))));
  }

  Backup restore(String backupId) {
    return describe(vault().restore(in(BackupState.PENDING_DELETION, existing(backupId))));
  }

  Backup modify(CloudHsmRequests.ModifyBackupAttributes request) {
    StoredBackup backup = in(BackupState.READY, existing(request.backupId()));
    return describe(
        vault().change(backup, present -> present.withNeverExpires(request.neverExpires())));
  }

  DestinationBackup copy(CloudHsmRequests.CopyBackupToRegion request) {
    StoredBackup source = in(BackupState.READY, existing(request.backupId()));
    String region = Refusal.required(request.destinationRegion(), "DestinationRegion");
    Map<String, String> tags = TagRules.ofNew(request.tags());
    String home = service.scope().region();
    if (region.equals(home)) {
      throw Refusal.invalid("The backup is in " + region + " already.");
    }
    BackupVault destination =
        service
            .shelf()
            .in(region)
            .orElseThrow(() -> Refusal.invalid("There is no Region " + region + " to copy to."));
    destination.addCopy(source, home, tags, service.latencies().copyBackup());
    return new DestinationBackup(source.created(), home, source.id(), source.clusterId());
  }

  private StoredBackup byArn(String resourceArn) {
    StoredBackup backup =
        vault()
            .find(Refusal.required(resourceArn, "ResourceArn"))
            .orElseThrow(() -> Refusal.notFound(resourceArn));
    if (!backup.arn().equals(resourceArn)) {
      throw Refusal.invalid("ResourceArn is the ARN of a backup.");
    }
    return backup;
  }

  ResourcePolicy policy(String resourceArn) {
    StoredBackup backup = byArn(resourceArn);
    return new ResourcePolicy(backup.arn(), backup.policy());
  }

  ResourcePolicy putPolicy(CloudHsmRequests.PutResourcePolicy request) {
    StoredBackup backup = in(BackupState.READY, byArn(request.resourceArn()));
    String policy = Refusal.required(request.policy(), "Policy");
    String text = policy.strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw Refusal.invalid("The Policy is not a JSON object.");
    }
    vault().change(backup, present -> present.withPolicy(policy));
    return new ResourcePolicy(backup.arn(), policy);
  }

  ResourcePolicy deletePolicy(String resourceArn) {
    StoredBackup backup = byArn(resourceArn);
    if (backup.policy() == null) {
      throw Refusal.notFound("policy of " + resourceArn);
    }
    vault().change(backup, present -> present.withPolicy(null));
    return new ResourcePolicy(backup.arn(), backup.policy());
  }

  /** The tags of a backup that is still there. */
  StoredBackup taggable(String backupId) {
    StoredBackup backup = existing(backupId);
    if (backup.state(service.clock().now()) == BackupState.DELETED) {
      throw Refusal.notFound(backupId);
    }
    return backup;
  }
}
