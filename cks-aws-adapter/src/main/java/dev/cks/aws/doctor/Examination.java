package dev.cks.aws.doctor;

import dev.cks.aws.doctor.KeyInventory.KeyObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One examination: gathers what can be seen, and lets the rules decide. Used once. */
final class Examination {
  private static final String CLOUDHSM = "AWS_CLOUDHSM";

  private final Practice practice;
  private final AwsCalls calls;
  private final Subject subject;
  private final Instant began;
  private final Set<String> limitations = new LinkedHashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<StoreView> stores = new ArrayList<>();
  private final Map<String, Survey> surveys = new HashMap<>();
  private final List<TimelineEntry> timeline = new ArrayList<>();

  Examination(Practice practice, Subject subject) {
    this.practice = practice;
    this.calls = practice.calls();
    this.subject = subject;
    this.began = calls.pacing.now();
  }

  Diagnosis diagnosis() {
    if (subject instanceof Subject.Key key) {
      examineKey(key.id());
    } else if (subject instanceof Subject.KeyStore store) {
      examineStores(store.id());
    } else {
      examineStores(null);
    }
    findings.sort(Findings.WHAT_TO_DO_FIRST);
    timeline.sort(Comparator.comparing(TimelineEntry::when));
    return new Diagnosis(
        subject,
        began,
        findings,
        stores,
        census(),
        timeline.stream().distinct().toList(),
        List.copyOf(limitations));
  }

  // what was asked for

  private void examineKey(String id) {
    Answer<KeyView> answer = Questions.key(calls, id);
    if (answer instanceof Answer.Refused<KeyView> refused) {
      findings.add(noKey(id, refused));
    } else if (answer instanceof Answer.Got<KeyView> got) {
      examineKey(got.value(), got.evidence());
    } else {
      limitation(answer);
    }
  }

  private Finding noKey(String id, Answer.Refused<KeyView> refused) {
    History history = history(event -> event.keyArn().filter(arn -> arn.endsWith(id)).isPresent());
    remember(history);
    return KeyRules.notFound(id, refused, history);
  }

  private void examineKey(KeyView key, Evidence evidence) {
    String storeId = key.storeId();
    if (storeId == null) {
      Trial.Result trial =
          key.state().equals(Survey.ENABLED)
              ? Trial.ofKey(calls, key.arn())
              : Trial.Result.skipped();
      History history = history(event -> event.keyArn().filter(key.arn()::equals).isPresent());
      remember(history);
      Survey survey = surveys.computeIfAbsent("", none -> new Survey(1));
      survey.add(key);
      findings.addAll(KeyRules.ofStandardKey(key, evidence, trial, history, practice));
      return;
    }
    Answer<List<StoreView>> answer = Questions.stores(calls, storeId);
    if (answer instanceof Answer.Got<List<StoreView>> got && !got.value().isEmpty()) {
      Survey survey = new Survey(1);
      survey.add(key);
      surveys.put(storeId, survey);
      examine(got.value().get(0), got.evidence(), key, evidence);
    } else {
      limitation(answer);
    }
  }

  private void examineStores(@Nullable String id) {
    Answer<List<StoreView>> answer = Questions.stores(calls, id);
    if (answer instanceof Answer.Refused<List<StoreView>> refused) {
      findings.add(ConnectionRules.notFound(String.valueOf(id), refused));
      return;
    }
    if (!(answer instanceof Answer.Got<List<StoreView>> got)) {
      limitation(answer);
      return;
    }
    got.value().forEach(store -> surveys.put(store.id(), newSurvey()));
    surveyKeys();
    got.value().forEach(store -> examine(store, got.evidence(), null, null));
  }

  // keys

  private Survey newSurvey() {
    return new Survey(Math.max(Doctor.KEYS_SHOWN, practice.keysTried()));
  }

  /** One pass over all keys of the account: a list tells no key store, so each is described. */
  private void surveyKeys() {
    if (surveys.isEmpty()) {
      return;
    }
    KeyWalk walk = new KeyWalk(practice, surveys);
    limitation(Questions.keyIds(calls, walk));
    limitations.addAll(walk.limitations());
  }

  private KeyCensus census() {
    Map<String, Long> byState = new HashMap<>();
    List<KeyView> shown = new ArrayList<>();
    long total = 0;
    for (Survey survey : surveys.values()) {
      total += survey.total();
      survey.byState().forEach((state, count) -> byState.merge(state, count, Long::sum));
      shown.addAll(survey.others());
    }
    surveys.values().forEach(survey -> shown.addAll(survey.enabled()));
    return new KeyCensus(total, byState, shown.stream().limit(Doctor.KEYS_SHOWN).toList());
  }

  // one key store

  private void examine(
      StoreView store, Evidence evidence, @Nullable KeyView asked, @Nullable Evidence keyEvidence) {
    if (!store.type().equals(CLOUDHSM)) {
      stores.add(store);
      limitations.add(
          "The key store "
              + store.id()
              + " is of type "
              + store.type()
              + ": only its connection state is looked at.");
      findings.addAll(ConnectionRules.ofExternal(store, evidence));
      return;
    }
    Chart chart = chart(store, evidence, asked, keyEvidence);
    stores.add(chart.store());
    remember(chart.history());
    Plans plans = new Plans(practice);
    findings.addAll(ClusterRules.find(chart, plans));
    findings.addAll(ConnectionRules.find(chart, plans));
    findings.addAll(KeyRules.find(chart, plans));
    findings.addAll(OrphanRules.find(chart, plans, calls));
  }

  private Chart chart(
      StoreView store, Evidence evidence, @Nullable KeyView asked, @Nullable Evidence keyEvidence) {
    String clusterId = Texts.orEmpty(store.clusterId());
    List<Evidence> storeEvidence = new ArrayList<>(List.of(evidence));
    if (keyEvidence != null) {
      storeEvidence.add(0, keyEvidence);
    }
    Answer<Optional<ClusterView>> answer = Questions.cluster(calls, clusterId);
    limitation(answer);
    Optional<ClusterView> cluster = answer.found().flatMap(found -> found);
    History history =
        history(
            event ->
                event.store().filter(store.id()::equals).isPresent()
                    || event.cluster().filter(clusterId::equals).isPresent()
                    || (event.is("CreateCluster") && !event.succeeded())
                    || (asked != null && event.keyArn().filter(asked.arn()::equals).isPresent()));
    Family family = Family.of(calls, store, cluster, history, limitations::add);
    Optional<List<KeyObject>> inventory = practice.inventory().keysIn(clusterId);
    Survey survey = surveys.getOrDefault(store.id(), newSurvey());
    Trial.Result storeTrial = tryStore(store, answer.found().isPresent(), cluster);
    return new Chart(
        attach(store, cluster, family),
        storeEvidence,
        answer.found().isPresent(),
        answer instanceof Answer.Got<?> got ? List.of(got.evidence()) : List.of(),
        family.seen(),
        family.backups(),
        family.evidence(),
        history,
        survey,
        asked,
        storeTrial,
        tryKeys(store, survey, storeTrial),
        inventory,
        key -> KeyUse.of(calls, key, limitations::add));
  }

  private static StoreView attach(StoreView store, Optional<ClusterView> cluster, Family family) {
    return new StoreView(
        store.id(),
        store.name(),
        store.type(),
        store.connectionState(),
        store.connectionErrorCode(),
        store.clusterId(),
        store.created(),
        cluster.map(found -> found.with(family.backups())).orElse(null));
  }

  /** Where there is no active HSM, it is known already what would come of it. */
  private Trial.Result tryStore(
      StoreView store, boolean clusterSeen, Optional<ClusterView> cluster) {
    boolean hopeless =
        clusterSeen && cluster.filter(found -> !found.activeHsms().isEmpty()).isEmpty();
    if (!store.isConnected() || hopeless) {
      return Trial.Result.skipped();
    }
    Trial.Result result = Trial.ofStore(calls, store.id());
    if (result.outcome() == Trial.Outcome.NOT_TRIED) {
      limitations.add(result.message());
    }
    return result;
  }

  private Map<KeyView, Trial.Result> tryKeys(
      StoreView store, Survey survey, Trial.Result storeTrial) {
    Map<KeyView, Trial.Result> results = new LinkedHashMap<>();
    boolean worthwhile = storeTrial.works() || storeTrial.outcome() == Trial.Outcome.NOT_TRIED;
    if (!store.isConnected() || !worthwhile) {
      return results;
    }
    for (KeyView key : survey.enabled().stream().limit(practice.keysTried()).toList()) {
      Trial.Result result = Trial.ofKey(calls, key.arn());
      results.put(key, result);
      practice.progress().went("keys tried", results.size());
      if (result.outcome() == Trial.Outcome.NOT_TRIED) {
        limitations.add(result.message());
        break;
      }
      if (result.outcome() != Trial.Outcome.MATERIAL_MISSING && !result.works()) {
        break; // the others would fail alike, and each failure takes its retries
      }
    }
    if (survey.in(Survey.ENABLED) > results.size()) {
      limitations.add(
          "Of "
              + survey.in(Survey.ENABLED)
              + " enabled keys of "
              + store.id()
              + ", "
              + results.size()
              + " were tried out.");
    }
    return results;
  }

  private History history(Predicate<TrailEvent> wanted) {
    boolean keys = subject instanceof Subject.Key;
    return History.read(calls, keys, wanted, limitations::add);
  }

  private void remember(History history) {
    history.events().stream().map(TrailEvent::entry).forEach(timeline::add);
  }

  private void limitation(Answer<?> answer) {
    if (answer instanceof Answer.Unseen<?> unseen) {
      limitations.add(unseen.sentence());
    } else if (answer instanceof Answer.Refused<?> refused) {
      limitations.add(refused.evidence().call() + " was refused: " + refused.code() + ".");
    }
  }
}
