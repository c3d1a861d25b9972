package dev.cks.testkit.simulation;

import dev.cks.tck.model.ClusterPlan;
import dev.cks.tck.model.History;
import dev.cks.tck.model.HsmView;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import dev.cks.tck.model.Step.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The steps of one seed. Each seed draws its own clusters and latency, and how often which kinds of
 * steps come, many of them never: swarms find what an even mix hides.
 */
final class Swarm {
  private static final List<String> NAMES = List.of("orders", "payments", "audit");
  private static final List<String> PASSWORDS = List.of(ClusterPlan.FIRST_PASSWORD, "p1");
  private static final List<String> CONTEXTS = List.of("", "", "", "a", "b");
  private static final List<String> ALIASES = List.of("alias/a", "alias/b");
  private static final int KEYS = 8;
  private static final int PLANS = 1_000_000;

  /** One number more is for the use of keys at the end. */
  static final int CIPHERTEXTS = 6;

  /** Once in so many steps somebody repairs a key store. */
  private static final int REPAIRS = 60;

  /** What takes away more than a cluster promises to survive. */
  private static final Set<Kind> BEYOND_BUDGET =
      EnumSet.of(
          Kind.DELETE_MATERIAL,
          Kind.DELETE_CLUSTER,
          Kind.REMOVE_HSM,
          Kind.DELETE_SUBNET,
          Kind.MOVE_STORE);

  private static final Set<Kind> ON_ONE_HSM =
      EnumSet.of(
          Kind.STOP_HSM, Kind.PARTITION_HSM, Kind.CUT_NEXT_ROTATION, Kind.START_HSM, Kind.HEAL_HSM);

  private final SplittableRandom random;
  private final History setup;
  private final boolean withinBudget;

  /** In half of the histories people alone do harm, in the other half plans of faults do too. */
  private final boolean faulty;

  private final Map<Kind, Integer> weights = new EnumMap<>(Kind.class);
  private final int sum;
  private final Deque<Step> planned = new ArrayDeque<>();

  /** Half of the histories begin with a key store that works. */
  private boolean begun;

  /** Within the budget only one HSM of a cluster is in trouble at a time. */
  private final Map<Integer, Integer> troubled = new HashMap<>();

  Swarm(long seed) {
    random = new SplittableRandom(seed);
    withinBudget = random.nextInt(3) == 0;
    faulty = random.nextBoolean();
    setup = new History(seed, clusters(), latency(), List.of());
    for (Kind kind : Kind.values()) {
      weights.put(kind, weight(kind));
    }
    sum = weights.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The world without its steps. */
  History setup() {
    return setup;
  }

  boolean isWithinBudget() {
    return withinBudget;
  }

  private List<ClusterPlan> clusters() {
    List<ClusterPlan> plans = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int number = 0; number < count; number++) {
      String lineage =
          number > 0 && random.nextInt(2) == 0 ? "a" : "abc".substring(number, number + 1);
      boolean odd = random.nextInt(12) == 0;
      int limit = random.nextInt(4) == 0 ? 3 : 3300;
      plans.add(
          new ClusterPlan(
              number,
              lineage,
              odd ? 1 : 2 + random.nextInt(2),
              hsms(),
              limit,
              random.nextInt(24) != 0,
              false));
    }
    return plans;
  }

  private int hsms() {
    return switch (random.nextInt(10)) {
      case 0 -> 1;
      case 1, 2, 3 -> 2;
      case 4, 5, 6 -> 3;
      case 7, 8 -> 4 + random.nextInt(3);
      default -> random.nextInt(4) == 0 ? 28 : 7 + random.nextInt(6);
    };
  }

  private Duration latency() {
    return List.of(Duration.ZERO, Duration.ZERO, Duration.ofMillis(1), Duration.ofMinutes(1))
        .get(random.nextInt(4));
  }

  private int weight(Kind kind) {
    if (withinBudget && BEYOND_BUDGET.contains(kind)) {
      return 0;
    }
    if (kind == Kind.INSTALL_FAULTS) {
      return faulty ? 20 * (1 + random.nextInt(3)) : 0;
    }
    int common = usual(kind);
    boolean needed = common >= 80;
    int factor = needed ? 1 + random.nextInt(3) : List.of(0, 0, 1, 1, 3).get(random.nextInt(5));
    return common * factor;
  }

  private static int usual(Kind kind) {
    return switch (kind) {
      case BREAK_CLUSTER, REPAIR_CLUSTER -> 0;
      case CREATE_KEY, ENCRYPT, DECRYPT -> 120;
      case CONNECT, ADVANCE -> 80;
      case CREATE_STORE, ENABLE_KEY, GENERATE_DATA_KEY, RE_ENCRYPT -> 40;
      case GENERATE_DATA_KEY_WITHOUT_PLAINTEXT, DECRYPT_UNDER, GENERATE_RANDOM, DESCRIBE_KEY -> 30;
      case DISABLE_KEY, CANCEL_DELETION, SCHEDULE_DELETION, RENAME_STORE -> 25;
      case CREATE_ALIAS, UPDATE_ALIAS, DELETE_ALIAS -> 15;
      case UPDATE_DESCRIPTION, TAG_KEY, UNTAG_KEY, CREATE_GRANT, REVOKE_GRANT -> 10;
      case DISCONNECT, START_HSM, HEAL_HSM, RESTORE_NETWORK, FREE_SESSIONS, GIVE_ADDRESSES -> 15;
      case STOP_HSM, PARTITION_HSM, DELETE_STORE, CHANGE_PASSWORD, SET_KMSUSER_PASSWORD -> 8;
      case LOG_IN_AS_KMSUSER, LOG_OUT_AS_KMSUSER, CREATE_KMSUSER, DELETE_KMSUSER_ON -> 6;
      case DELETE_CLUSTER, DELETE_SUBNET -> 1;
      default -> 4;
    };
  }

  /** The next step; sometimes the first one of a repair. */
  Step next(ReferenceModel model) {
    Step step = planned.poll();
    if (step != null) {
      return step;
    }
    int repairs = begun ? REPAIRS : 2;
    begun = true;
    if (random.nextInt(repairs) == 0) {
      int store = random.nextInt(setup.clusters().size());
      planned.addAll(repair(store, model));
      return planned.remove();
    }
    if (random.nextInt(400) == 0) {
      planned.addAll(lockout(random.nextInt(setup.clusters().size()), model));
      return planned.remove();
    }
    Step drawn = draw(model);
    if (drawn.kind() == Kind.INSTALL_FAULTS && random.nextBoolean()) {
      planned.addAll(reconnection(drawn.store()));
    }
    return withinBudget && ON_ONE_HSM.contains(drawn.kind()) ? onTroubled(drawn) : drawn;
  }

  private Step onTroubled(Step step) {
    int hsm = troubled.computeIfAbsent(step.store(), cluster -> step.number());
    return Step.inCluster(step.kind(), step.store(), hsm);
  }

  private Step draw(ReferenceModel model) {
    Kind kind = drawKind();
    return new Step(kind, store(), key(kind, model), number(kind), name(kind), time(kind));
  }

  private Kind drawKind() {
    int drawn = random.nextInt(sum);
    for (Map.Entry<Kind, Integer> kind : weights.entrySet()) {
      drawn -= kind.getValue();
      if (drawn < 0) {
        return kind.getKey();
      }
    }
    throw new IllegalStateException("the weights have another sum");
  }

  /** Also one that has no cluster. */
  private int store() {
    int clusters = setup.clusters().size();
    return random.nextInt(8) == 0 ? clusters : random.nextInt(clusters);
  }

  /**
   * Mostly one that makes the step succeed: a free number for a new key, else one that is taken.
   */
  private int key(Kind kind, ReferenceModel model) {
    Set<Integer> taken = model.keyStates().keySet();
    boolean free = kind == Kind.CREATE_KEY;
    int key = random.nextInt(KEYS);
    for (int tries = random.nextInt(8); tries > 0 && taken.contains(key) == free; tries--) {
      key = (key + 1) % KEYS;
    }
    return key;
  }

  private int number(Kind kind) {
    return switch (kind) {
      case INSTALL_FAULTS -> random.nextInt(PLANS);
      case MOVE_STORE -> random.nextInt(setup.clusters().size() + 1);
      case ENCRYPT,
          GENERATE_DATA_KEY,
          GENERATE_DATA_KEY_WITHOUT_PLAINTEXT,
          DECRYPT,
          DECRYPT_UNDER,
          RE_ENCRYPT ->
          random.nextInt(CIPHERTEXTS);
      default -> random.nextInt(4);
    };
  }

  private String name(Kind kind) {
    List<String> names =
        switch (kind) {
          case CREATE_STORE, RENAME_STORE, UPDATE_DESCRIPTION, TAG_KEY, UNTAG_KEY -> NAMES;
          case CREATE_ALIAS, UPDATE_ALIAS, DELETE_ALIAS -> ALIASES;
          case ENCRYPT,
              GENERATE_DATA_KEY,
              GENERATE_DATA_KEY_WITHOUT_PLAINTEXT,
              DECRYPT,
              DECRYPT_UNDER,
              RE_ENCRYPT ->
              CONTEXTS;
          default -> PASSWORDS;
        };
    return names.get(random.nextInt(names.size()));
  }

  private Duration time(Kind kind) {
    Duration latency = setup.connectLatency();
    return switch (kind) {
      case SCHEDULE_DELETION -> Duration.ofDays(7 + random.nextInt(2));
      case ADVANCE ->
          List.of(
                  Duration.ZERO,
                  latency.dividedBy(2),
                  latency,
                  latency,
                  Duration.ofDays(1),
                  Duration.ofDays(7))
              .get(random.nextInt(6));
      default -> Duration.ZERO;
    };
  }

  /** What a good operator does until a key store works again, whatever was wrong. */
  List<Step> repair(int store, ReferenceModel model) {
    int cluster = model.clusters().getOrDefault(store, store);
    List<Step> steps =
        Repair.ofCluster(cluster, model.isInDoubt(cluster), stopped(model.hsms(cluster)));
    troubled.remove(cluster);
    steps.addAll(connection(store, cluster));
    return steps;
  }

  /** Somebody changes the password, and KMS insists on the old one until kmsuser is locked. */
  private List<Step> lockout(int store, ReferenceModel model) {
    int cluster = model.clusters().getOrDefault(store, store);
    Step wait = Step.advance(setup.connectLatency());
    List<Step> steps = new ArrayList<>(repair(store, model));
    steps.add(Step.ofStore(Kind.DISCONNECT, store, ""));
    steps.add(wait);
    steps.add(Step.ofStore(Kind.SET_KMSUSER_PASSWORD, cluster, "changed"));
    for (int attempt = 0; attempt < 7; attempt++) {
      steps.add(Step.ofStore(Kind.CONNECT, store, ""));
      steps.add(wait);
      steps.add(Step.ofStore(Kind.DISCONNECT, store, ""));
      steps.add(wait);
    }
    return steps;
  }

  /** Connects anew, whatever goes wrong: chance seldom connects while a plan is in force. */
  private List<Step> reconnection(int store) {
    Step wait = Step.advance(setup.connectLatency());
    return List.of(
        Step.ofStore(Kind.DISCONNECT, store, ""),
        wait,
        Step.ofStore(Kind.CONNECT, store, ""),
        wait);
  }

  private List<Step> connection(int store, int cluster) {
    String password = PASSWORDS.get(random.nextInt(2));
    String name = NAMES.get(store % NAMES.size());
    return Repair.ofConnection(store, cluster, name, password, setup.connectLatency());
  }

  private static List<Boolean> stopped(List<HsmView> hsms) {
    return hsms.stream().map(hsm -> !hsm.active()).toList();
  }
}
