package dev.cks.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.spi.Changes;
import dev.cks.spi.MetadataStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

  @Test
  void contract_ofASoundStore_findsNothing() throws Exception {
    assertThat(broken(SimpleStore::new)).isEmpty();
  }

  @Test
  void contract_ofAStoreThatStopsHalfway_isBroken() throws Exception {
    assertThat(broken(HalfwayStore::new))
        .contains("required_conflict_inTheLastChange_undoesAllOthers")
        .doesNotContain("required_insert_ofARecordThatExists_conflicts");
  }

  @Test
  void contract_ofAStoreWhereTheLastWriterWins_isBroken() throws Exception {
    assertThat(broken(LastWriterWinsStore::new))
        .contains(
            "required_insert_ofARecordThatExists_conflicts",
            "required_put_overAnEarlierVersion_conflicts",
            "required_remove_ofAMissingRecord_conflicts",
            "required_race_forOneVersion_hasExactlyOneWinner")
        .doesNotContain("required_commit_ofEveryKindOfRecord_isLoadedBack");
  }

  /** The obligations that a store does not keep. */
  private static List<String> broken(Supplier<MetadataStore> stores) throws Exception {
    List<String> broken = new ArrayList<>();
    for (Method obligation : MetadataStoreContract.class.getDeclaredMethods()) {
      if (obligation.isAnnotationPresent(Test.class) && !holds(obligation, new Run(stores))) {
        broken.add(obligation.getName());
      }
    }
    return broken;
  }

  private static boolean holds(Method obligation, Run run) throws IllegalAccessException {
    run.open();
    try {
      obligation.invoke(run);
      return true;
    } catch (InvocationTargetException failed) {
      return false;
    } finally {
      run.close();
    }
  }
}
