package dev.cks.aws.doctor;

import dev.cks.aws.doctor.KeyInventory.KeyObject;
import dev.cks.aws.doctor.TrailEvent.DeletedMaterial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Key material whose KMS key is gone: from DeleteKey events, and from listings (spec C.4, J.6). */
final class OrphanRules {
  private static final Pattern KEY_ARN = Pattern.compile("arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+");

  private OrphanRules() {}

  static List<Finding> find(Chart chart, Plans plans, AwsCalls calls) {
    List<Finding> findings = new ArrayList<>();
    if (chart.clusterIsGone()) {
      return findings; // gone with everything in it
    }
    Set<String> named = new HashSet<>();
    chart.inventory().ifPresent(objects -> compare(chart, objects, plans, calls, named, findings));
    for (TrailEvent event : chart.history().ofStore("DeleteKey", chart.store().id())) {
      Optional<String> arn = event.keyArn();
      if (arn.isPresent() && chart.inventory().isEmpty() && named.add(arn.get())) {
        event.deletedMaterial().stream()
            .filter(DeletedMaterial::orphaned)
            .findFirst()
            .ifPresent(orphan -> findings.add(ofEvent(chart, event, arn.get(), orphan, plans)));
      }
    }
    return findings;
  }

  private static Finding ofEvent(
      Chart chart, TrailEvent event, String arn, DeletedMaterial orphan, Plans plans) {
    List<Evidence> evidence = new ArrayList<>(chart.storeAndCluster());
    evidence.add(event.evidence());
    return Findings.inferred(
        Findings.repairable(
            Condition.ORPHANED_MATERIAL,
            arn,
            "The DeleteKey event of "
                + event.when()
                + " says deletionStatus FAILURE"
                + (orphan.handle().isEmpty() ? "." : " for key handle " + orphan.handle() + "."),
            "KMS deleted the key but did not reach the cluster to delete its material. Unless"
                + " somebody deleted it since, it is still there; a listing as kmsuser shows it.",
            evidence,
            plans.deleteOrphan(chart.store(), arn)));
  }

  private static void compare(
      Chart chart,
      List<KeyObject> objects,
      Plans plans,
      AwsCalls calls,
      Set<String> named,
      List<Finding> findings) {
    for (KeyObject object : objects) {
      if (!KEY_ARN.matcher(object.label()).matches() || !named.add(object.label())) {
        continue;
      }
      Answer<KeyView> answer = Questions.key(calls, object.label());
      if (answer instanceof Answer.Refused<KeyView> refused
          && refused.code().equals("NotFoundException")) {
        List<Evidence> evidence = new ArrayList<>(chart.storeAndCluster());
        evidence.add(refused.evidence());
        findings.add(
            Findings.repairable(
                Condition.ORPHANED_MATERIAL,
                object.label(),
                "The cluster holds the key object " + object.reference() + " with this label.",
                "KMS has no such key: its material was left when it was deleted, or when its"
                    + " creation was interrupted.",
                evidence,
                plans.deleteOrphan(chart.store(), object.label())));
      }
    }
  }
}
