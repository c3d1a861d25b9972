package dev.cks.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.spi.Changes;
import dev.cks.spi.MetadataStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract finds stores that are broken, and for the right reason. */
class BrokenMetadataStoreTest {

  /** Keeps its promises as far as a subclass lets it. */
  private static class SimpleStore implements MetadataStore {
    final Map<String, Stored> records = new ConcurrentHashMap<>();

    @Override
    public synchronized void load(Consumer<? super Stored> consumer) {
      records.values().forEach(consumer);
    }

    @Override
    public synchronized void commit(Changes changes) {
      changes.puts().forEach(put -> require(put.record().key(), put.replaces()));
      changes.removes().forEach(remove -> require(remove.key(), remove.replaces()));
      changes.puts().forEach(this::put);
      changes.removes().forEach(remove -> records.remove(remove.key()));
    }

    void put(Changes.Put put) {
      records.put(put.record().key(), new Stored(put.record(), put.replaces() + 1));
    }

    void require(String key, long version) {
      Stored present = records.get(key);
      if ((present == null ? 0 : present.version()) != version) {
        throw new Conflict(key);
      }
    }

    @Override
    public void close() {}
  }

  /** Applies one change after the other until one conflicts. */
  private static final class HalfwayStore extends SimpleStore {
    @Override
    public synchronized void commit(Changes changes) {
      for (Changes.Put put : changes.puts()) {
        require(put.record().key(), put.replaces());
        put(put);
      }
      for (Changes.Remove remove : changes.removes()) {
        require(remove.key(), remove.replaces());
        records.remove(remove.key());
      }
    }
  }

  /** Never looks at the version a change replaces. */
  private static final class LastWriterWinsStore extends SimpleStore {
    @Override
    void require(String key, long version) {}
  }

  private static final class Run extends MetadataStoreContract {
    private final Supplier<MetadataStore> stores;

    Run(Supplier<MetadataStore> stores) {
      this.stores = stores;
    }

    @Override
    protected MetadataStore create() {
      return stores.get();
    }
  }

  private static final class Durable extends MetadataStoreContract {
    private final UnaryOperator<MetadataStore> restart;

    Durable(UnaryOperator<MetadataStore> restart) {
      this.restart = restart;
    }

    @Override
    protected MetadataStore create() {
      return new SimpleStore();
    }

    @Override
    protected Set<Capability> capabilities() {
      return Set.of(Capability.RESTART);
    }

    @Override
    protected MetadataStore reopen(MetadataStore used) {
      return restart.apply(used);
    }
  }

  @Test
  void contract_ofASoundStore_findsNothing() {
    assertThat(broken(SimpleStore::new)).isEmpty();
  }

  @Test
  void contract_ofAStoreThatStopsHalfway_isBroken() {
    assertThat(broken(HalfwayStore::new))
        .contains("required_conflict_inTheLastChange_undoesAllOthers")
        .doesNotContain("required_insert_ofARecordThatExists_conflicts");
  }

  @Test
  void contract_ofAStoreWhereTheLastWriterWins_isBroken() {
    assertThat(broken(LastWriterWinsStore::new))
        .contains(
            "required_insert_ofARecordThatExists_conflicts",
            "required_put_overAnEarlierVersion_conflicts",
            "required_remove_ofAMissingRecord_conflicts",
            "required_race_forOneVersion_hasExactlyOneWinner")
        .doesNotContain("required_commit_ofEveryKindOfRecord_isLoadedBack");
  }

  @Test
  void contract_ofAStoreThatForgetsAtARestart_isBroken() {
    assertThat(Obligations.broken(() -> new Durable(store -> new SimpleStore())))
        .containsExactlyInAnyOrder(
            "optional_restart_everyKindOfRecord_isLoadedBack",
            "optional_restart_versionsAndRemovals_areRemembered",
            "optional_restart_afterAConflict_leavesNothingOfIt");
    assertThat(Obligations.broken(() -> new Durable(store -> store))).isEmpty();
  }

  @Test
  void contract_ofAStoreThatDeclaresNothing_doesNotAskForARestart() {
    assertThat(Obligations.verdicts(() -> new Run(SimpleStore::new)))
        .containsEntry(
            "optional_restart_everyKindOfRecord_isLoadedBack", Obligations.Verdict.NOT_ASKED)
        .doesNotContainValue(Obligations.Verdict.BROKEN);
  }

  private static Set<String> broken(Supplier<MetadataStore> stores) {
    return Obligations.broken(() -> new Run(stores));
  }
}
