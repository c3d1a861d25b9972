package dev.cks.testkit;

import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.local.SimulatedAws;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyService;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.journal.Journal;
import dev.cks.sim.time.VirtualClock;
import dev.cks.spi.MetadataStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A simulated account that is brought into a declared state before a test gets it, that remembers
 * who did what, and that can be checked afterwards. {@link CustomKeyStoreExtension} makes one for
 * each test; other test frameworks, and a {@code main}, make their own:
 *
 * <pre>{@code
 * try (TestWorld world = TestWorld.builder().keyStore(FAILED, USER_LOCKED_OUT).build()) {
 *   ...
 *   world.check();
 * }
 * }</pre>
 *
 * <p>The declared state is caused: connected key store first, then its keys, then what people and
 * networks do to the cluster. The account's trail begins when the world is handed over; {@link
 * #timeline()} has what came before, too. Successful cryptographic operations are recorded, as
 * CloudTrail does. Thread-safe.
 */
public final class TestWorld implements AutoCloseable {
  private final WorldPlan plan;
  private final SimulatedAws aws;
  private final TestKeyStore keyStore;
  private final Map<String, TestKey> keys = new LinkedHashMap<>();
  private final WorldTimeline timeline;
  private volatile RecordedStates states;

  /** Null until the account is there. */
  private volatile @Nullable SimulatedAws known;

  /** What was closed by {@link SimulatedAws#reset}, so that nobody asks it what it knows. */
  private volatile @Nullable SimulatedCloudHsm past;

  TestWorld(WorldPlan plan) {
    this.plan = plan;
    this.timeline = new WorldTimeline(this::journal, this::now);
    this.states = new RecordedStates(timeline::followed);
    this.aws = account().build();
    this.known = aws;
    this.keyStore = new TestKeyStore(aws.kms(), aws.keyStoreId());
    try {
      cause();
    } catch (RuntimeException failure) {
      aws.close();
      throw failure;
    }
  }

  /** A connected key store on three HSMs in three Availability Zones, without a key. */
  public static Builder builder() {
    return new Builder();
  }

  private SimulatedAws.Builder account() {
    String[] zones = plan.zones().toArray(String[]::new);
    SimulatedAws.Builder account =
        SimulatedAws.builder()
            .seed(plan.seed())
            .auditCrypto(true)
            .audit(timeline.calls())
            .metadata(this::freshRecords)
            .cluster(
                cluster ->
                    zones.length == 0
                        ? cluster.nodes(plan.nodes())
                        : cluster.nodes(plan.nodes()).zones(zones));
    if (plan.store().isUnderWay()) {
      account.connectLatency(Causes.TRANSITION);
    }
    return plan.account().apply(account);
  }

  private MetadataStore freshRecords() {
    SimulatedAws before = known;
    past = before == null ? null : before.cloudHsm();
    timeline.clear();
    states = new RecordedStates(timeline::followed);
    return states;
  }

  private @Nullable Journal journal() {
    SimulatedAws account = known;
    SimulatedCloudHsm present = account == null ? null : account.cloudHsm();
    return present == null || present == past ? null : present.journal();
  }

  private Instant now() {
    SimulatedAws account = known;
    return account == null ? VirtualClock.START : account.clock().now();
  }

  private void cause() {
    if (plan.store().isUnderWay()) {
      aws.clock().advance(Causes.TRANSITION);
    }
    timeline.note("key store " + keyStore + " on " + plan.nodes() + " HSMs, seed " + seed());
    Causes causes = new Causes(aws, keyStore);
    causes.prepare(plan);
    plan.keys().forEach(key -> keys.put(key.alias(), make(key)));
    causes.bring(plan.store());
    requireDeclared();
    aws.trail().clear();
    timeline.note("the world is as declared");
  }

  private TestKey make(KeyPlan declared) {
    TestKey key = newKey();
    KeyService service = aws.core().keys();
    if (!declared.alias().isEmpty()) {
      service.aliases().create(declared.alias(), key.id(), aws.core().rootCaller());
    }
    if (declared.state() == KeyState.DISABLED) {
      service.disable(key.id(), aws.core().rootCaller());
    } else if (declared.state() == KeyState.PENDING_DELETION) {
      service.scheduleDeletion(key.id(), null, aws.core().rootCaller());
    }
    return key;
  }

  /** Not by the SDK's client: that would load classes that a test may never ask for. */
  private TestKey newKey() {
    KmsKey made =
        aws.core()
            .keys()
            .create(
                new KeyRequests.Create(
                    null, null, null, "AWS_CLOUDHSM", keyStore.id(), null, false, null, List.of()),
                aws.core().rootCaller())
            .key();
    return new TestKey(aws.kms(), made.id().toString(), made.arn());
  }

  /** What was caused is what was asked for; anything else is a bug here. */
  private void requireDeclared() {
    String connection = states.connectionOf(keyStore.id());
    if (!connection.equals(plan.store().toString())) {
      throw new IllegalStateException(
          "declared " + plan.store() + ", came to " + connection + ":" + "\n" + timeline.text());
    }
  }

  /** The account: clients of all its services, its clock, its trail. */
  public SimulatedAws aws() {
    return aws;
  }

  /** The cluster behind the key store. */
  public SimulatedCluster cluster() {
    return aws.cluster();
  }

  /** The declared key store. */
  public TestKeyStore keyStore() {
    return keyStore;
  }

  /**
   * The declared key, if there is one; else a new one, the same each time.
   *
   * @throws IllegalStateException if several were declared, or if none was and the key store is not
   *     connected
   */
  public synchronized TestKey key() {
    if (keys.size() > 1) {
      throw new IllegalStateException(
          "there are several keys: say which one, for example @Alias(\""
              + keys.keySet().stream().filter(a -> !a.isEmpty()).findFirst().orElse("")
              + "\") TestKey");
    }
    if (keys.isEmpty()) {
      if (!plan.store().isConnected()) {
        throw new IllegalStateException(
            "no key can be made in a key store that is "
                + plan.store()
                + ": declare it with @Key, and it is made before that");
      }
      keys.put("", newKey());
    }
    return keys.values().iterator().next();
  }

  /**
   * The key that was declared with this alias.
   *
   * @throws IllegalStateException if there is none
   */
  public synchronized TestKey key(String alias) {
    TestKey key = keys.get(alias);
    if (key == null) {
      throw new IllegalStateException(
          "no key with the alias "
              + alias
              + ": declare it with @Key(alias = \""
              + alias
              + "\")"
              + (keys.isEmpty() ? "" : "; there are " + aliases()));
    }
    return key;
  }

  private Set<String> aliases() {
    return keys.keySet();
  }

  /** The seed of everything that this world makes up. */
  public long seed() {
    return plan.seed();
  }

  /** Who did what, when, and which state followed. */
  public WorldTimeline timeline() {
    return timeline;
  }

  /**
   * Checks what holds after any history: states that follow from their facts, keys that have their
   * store, deleted keys that stay gone, events without secrets, no key lost. Keys may be lost that
   * an operator deleted, that were on HSMs which an operator stopped or removed, whose key store
   * got another cluster, or whose cluster had faults beyond the budget. Leaves no trace, and may be
   * repeated.
   *
   * @throws AssertionError with what does not hold
   */
  public void check() {
    WorldCheck.run(aws.core(), aws.cloudHsm(), states, aws.trail().events());
  }

  /** Wipes the account. */
  @Override
  public void close() {
    aws.close();
  }

  @Override
  public String toString() {
    return "TestWorld[seed " + plan.seed() + ", key store " + plan.store() + "]";
  }

  /** Declares a world. Not thread-safe. */
  public static final class Builder {
    static final int NODES = 3;
    static final long SEED = 1;

    private long seed = SEED;
    private int nodes = NODES;
    private List<String> zones = List.of();
    private StorePlan store = StorePlan.CONNECTED;
    private final List<KeyPlan> keys = new ArrayList<>();
    private UnaryOperator<SimulatedAws.Builder> account = UnaryOperator.identity();

    private Builder() {}

    /** The seed of ids, passwords and key material; 1 by default. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** How many HSMs the cluster has, 2 to 28; 3 by default. */
    public Builder nodes(int count) {
      nodes = count;
      return this;
    }

    /** The Availability Zones, two at least; three of the Region by default. */
    public Builder zones(String... names) {
      zones = List.of(names);
      return this;
    }

    /** In which state the key store is; CONNECTED by default. */
    public Builder keyStore(ConnectionState state) {
      return keyStore(state, null);
    }

    /** In which state the key store is, and why. */
    public Builder keyStore(ConnectionState state, @Nullable ConnectionErrorCode code) {
      return keyStore(new StorePlan(state, code));
    }

    Builder keyStore(StorePlan plan) {
      store = plan;
      return this;
    }

    /** A key with an alias, enabled if the key store is connected. */
    public Builder key(String alias) {
      return key(alias, null);
    }

    /**
     * A key with an alias.
     *
     * @param alias begins with {@code alias/}; empty for a key without one
     */
    public Builder key(String alias, @Nullable KeyState state) {
      return key(new KeyPlan(alias, state));
    }

    Builder key(KeyPlan plan) {
      keys.removeIf(other -> other.alias().equals(plan.alias()));
      keys.add(plan);
      return this;
    }

    /** What else is to be different, for example {@code account -> account.quotas(…)}. */
    public Builder account(UnaryOperator<SimulatedAws.Builder> change) {
      UnaryOperator<SimulatedAws.Builder> before = account;
      account = builder -> change.apply(before.apply(builder));
      return this;
    }

    WorldPlan plan() {
      return new WorldPlan(seed, nodes, zones, store, keys, account);
    }

    /**
     * The world, as declared.
     *
     * @throws IllegalArgumentException with what to write instead, if it is impossible
     */
    public TestWorld build() {
      return new TestWorld(plan());
    }
  }
}
