package dev.cks.aws.doctor.report;

import dev.cks.aws.doctor.ClusterView;
import dev.cks.aws.doctor.ClusterView.BackupView;
import dev.cks.aws.doctor.Command;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Evidence;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.KeyCensus;
import dev.cks.aws.doctor.KeyView;
import dev.cks.aws.doctor.Plan;
import dev.cks.aws.doctor.Step;
import dev.cks.aws.doctor.StoreView;
import dev.cks.aws.doctor.TimelineEntry;
import dev.cks.aws.wire.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A diagnosis for machines. What is not there has no member. */
final class JsonReport {
  private static final int VERSION = 1;

  private JsonReport() {}

  static String write(Diagnosis diagnosis) {
    Members report = new Members();
    report.put("version", VERSION);
    report.put("subject", diagnosis.subject().name());
    report.put("examinedAt", diagnosis.examinedAt());
    report.put("healthy", diagnosis.isHealthy());
    report.put("findings", list(diagnosis.findings(), JsonReport::finding));
    report.put("keyStores", list(diagnosis.stores(), JsonReport::store));
    report.put("keys", keys(diagnosis.keys()));
    report.put("timeline", list(diagnosis.timeline(), JsonReport::entry));
    report.put("limitations", diagnosis.limitations());
    return JsonText.write(report.all);
  }

  private static Map<String, Object> finding(Finding finding) {
    Members members = new Members();
    members.put("condition", finding.condition().name());
    members.put("meaning", finding.condition().meaning());
    members.put("urgency", finding.urgency().name());
    members.put("kind", finding.kind().name());
    members.put("certainty", finding.certainty().name());
    members.put("concerns", finding.concerns());
    members.put("symptom", finding.symptom());
    members.put("cause", finding.cause());
    members.put("guide", finding.section().url());
    members.put("evidence", list(finding.evidence(), JsonReport::evidence));
    members.put("remedy", finding.remedy().map(JsonReport::plan).orElse(null));
    members.put("stillExists", finding.stillExists());
    return members.all;
  }

  private static Map<String, Object> evidence(Evidence evidence) {
    Members members = new Members();
    members.put("call", evidence.call());
    members.put("answer", evidence.answer());
    members.put("when", evidence.when());
    return members.all;
  }

  private static Map<String, Object> plan(Plan plan) {
    Members members = new Members();
    members.put("remedy", plan.remedy().name());
    members.put("title", plan.remedy().title());
    members.put("guide", plan.remedy().section().url());
    members.put("concerns", plan.concerns());
    members.put("reason", plan.reason());
    members.put("needsHands", plan.needsHands());
    members.put("destroys", plan.destroys());
    members.put("steps", list(plan.steps(), JsonReport::step));
    return members.all;
  }

  private static Map<String, Object> step(Step step) {
    Members members = new Members();
    members.put("title", step.title());
    if (step instanceof Step.Api api) {
      members.put("by", "API");
      members.put("call", api.call());
    } else if (step instanceof Step.Manual manual) {
      members.put("by", "MANUAL");
      members.put("task", manual.id().name());
      members.put("commands", list(manual.commands(), JsonReport::command));
    }
    members.put("precondition", step.notes().precondition());
    members.put("effect", step.notes().effect());
    members.put("interrupts", step.notes().interrupts());
    members.put("undo", step.notes().undo());
    members.put("destroys", step.destroys().orElse(null));
    return members.all;
  }

  private static Map<String, Object> command(Command command) {
    Members members = new Members();
    members.put("tool", command.tool().name());
    members.put("line", command.line());
    members.put("asks", list(command.asks(), Enum::name));
    members.put("expects", command.expects());
    return members.all;
  }

  private static Map<String, Object> store(StoreView store) {
    Members members = new Members();
    members.put("id", store.id());
    members.put("name", store.name());
    members.put("type", store.type());
    members.put("connectionState", store.connectionState());
    members.put("connectionErrorCode", store.connectionErrorCode());
    members.put("created", store.created());
    members.put("clusterId", store.clusterId());
    members.put("cluster", store.cluster() == null ? null : cluster(store.cluster()));
    return members.all;
  }

  private static Map<String, Object> cluster(ClusterView cluster) {
    Members members = new Members();
    members.put("id", cluster.id());
    members.put("state", cluster.state());
    members.put("hsmType", cluster.hsmType());
    members.put("securityGroup", cluster.securityGroup());
    members.put("sourceBackupId", cluster.sourceBackupId());
    members.put("subnets", new TreeMap<>(cluster.subnets()));
    members.put("hsms", list(cluster.hsms(), JsonReport::hsm));
    members.put("backups", list(cluster.backups(), JsonReport::backup));
    return members.all;
  }

  private static Map<String, Object> hsm(ClusterView.Hsm hsm) {
    Members members = new Members();
    members.put("id", hsm.id());
    members.put("zone", hsm.zone());
    members.put("state", hsm.state());
    return members.all;
  }

  private static Map<String, Object> backup(BackupView backup) {
    Members members = new Members();
    members.put("id", backup.id());
    members.put("clusterId", backup.clusterId());
    members.put("state", backup.state());
    members.put("created", backup.created());
    return members.all;
  }

  private static Map<String, Object> keys(KeyCensus keys) {
    Members members = new Members();
    members.put("total", keys.total());
    members.put("byState", new TreeMap<>(keys.byState()));
    members.put("shown", list(keys.shown(), JsonReport::key));
    return members.all;
  }

  private static Map<String, Object> key(KeyView key) {
    Members members = new Members();
    members.put("id", key.id());
    members.put("arn", key.arn());
    members.put("state", key.state());
    members.put("keyStoreId", key.storeId());
    members.put("created", key.created());
    members.put("deletionDate", key.deletionDate());
    members.put("lastUsed", key.lastUsed());
    return members.all;
  }

  private static Map<String, Object> entry(TimelineEntry entry) {
    Members members = new Members();
    members.put("when", entry.when());
    members.put("event", entry.event());
    members.put("who", entry.who());
    members.put("resource", entry.resource());
    members.put("errorCode", entry.errorCode());
    members.put("what", entry.what());
    return members.all;
  }

  private static <T> List<Object> list(List<T> things, Function<T, Object> form) {
    return things.stream().map(form).toList();
  }

  /** The members of an object, in the order in which they are written. */
  private static final class Members {
    private final Map<String, Object> all = new LinkedHashMap<>();

    void put(String name, @Nullable Object value) {
      if (value != null) {
        all.put(name, value);
      }
    }
  }
}
