package dev.cks.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.spi.Changes;
import dev.cks.spi.MetadataRecord;
import dev.cks.spi.MetadataStore;
import dev.cks.spi.MetadataStore.Conflict;
import dev.cks.spi.MetadataStore.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MetadataStore} owes its library. */
public abstract class MetadataStoreContract {
  private static final int RACES = 500;

  private MetadataStore store;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // set before each test
  protected MetadataStoreContract() {}

  /** A new store that holds nothing. */
  protected abstract MetadataStore create();

  /** What the store can do; nothing beyond the required, unless overridden. */
  protected Set<Capability> capabilities() {
    return Set.of();
  }

  /**
   * Ends {@code used} and answers what a restart leaves of it. Asked only if {@link
   * Capability#RESTART} is declared.
   */
  protected MetadataStore reopen(MetadataStore used) {
    throw new UnsupportedOperationException("declares RESTART, so it has to override reopen()");
  }

  @BeforeEach
  final void open() {
    store = create();
  }

  @AfterEach
  final void close() {
    store.close();
  }

  @Test
  void required_load_ofANewStore_handsOverNothing() {
    assertThat(loaded()).isEmpty();
  }

  @Test
  void required_commit_ofEveryKindOfRecord_isLoadedBack() {
    Changes.Builder changes = Changes.builder();
    SampleRecords.everyKind().forEach(changes::insert);
    store.commit(changes.build());

    assertEveryKindIsLoaded();
  }

  private void assertEveryKindIsLoaded() {
    assertThat(loaded())
        .containsExactlyInAnyOrderElementsOf(
            SampleRecords.everyKind().stream().map(record -> new Stored(record, 1)).toList());
  }

  @Test
  void optional_restart_everyKindOfRecord_isLoadedBack() {
    Capability.RESTART.requireOneOf(capabilities());
    Changes.Builder changes = Changes.builder();
    SampleRecords.everyKind().forEach(changes::insert);
    store.commit(changes.build());

    store = reopen(store);

    assertEveryKindIsLoaded();
  }

  @Test
  void optional_restart_versionsAndRemovals_areRemembered() {
    Capability.RESTART.requireOneOf(capabilities());
    insert(claim("a", "one"));
    put(claim("a", "two"), 1);
    insert(claim("b", "one"));
    store.commit(Changes.builder().remove(claim("b", "one").key(), 1).build());

    store = reopen(store);

    assertThat(loaded()).containsExactly(new Stored(claim("a", "two"), 2));
    assertConflict(Changes.builder().put(claim("a", "three"), 1).build());
    put(claim("a", "three"), 2);
  }

  @Test
  void optional_restart_afterAConflict_leavesNothingOfIt() {
    Capability.RESTART.requireOneOf(capabilities());
    insert(claim("a", "one"));
    assertConflict(Changes.builder().insert(claim("b", "one")).put(claim("a", "two"), 9).build());

    store = reopen(store);

    assertThat(loaded()).containsExactly(new Stored(claim("a", "one"), 1));
  }

  @Test
  void required_commit_ofNothing_changesNothing() {
    insert(claim("a", "one"));

    store.commit(Changes.builder().build());

    assertThat(loaded()).containsExactly(new Stored(claim("a", "one"), 1));
  }

  @Test
  void required_put_overTheVersionItReplaces_raisesTheVersionByOne() {
    insert(claim("a", "one"));

    put(claim("a", "two"), 1);
    put(claim("a", "three"), 2);

    assertThat(loaded()).containsExactly(new Stored(claim("a", "three"), 3));
  }

  @Test
  void required_insert_ofARecordThatExists_conflicts() {
    insert(claim("a", "one"));

    assertConflict(Changes.builder().insert(claim("a", "two")).build());
  }

  @Test
  void required_put_overAnEarlierVersion_conflicts() {
    insert(claim("a", "one"));
    put(claim("a", "two"), 1);

    assertConflict(Changes.builder().put(claim("a", "three"), 1).build());
  }

  @Test
  void required_put_overALaterVersion_conflicts() {
    insert(claim("a", "one"));

    assertConflict(Changes.builder().put(claim("a", "two"), 2).build());
  }

  @Test
  void required_put_overAMissingRecord_conflicts() {
    assertConflict(Changes.builder().put(claim("a", "one"), 1).build());
  }

  @Test
  void required_remove_ofThePresentVersion_dropsTheRecord() {
    insert(claim("a", "one"));
    insert(claim("b", "one"));

    store.commit(Changes.builder().remove(claim("a", "one").key(), 1).build());

    assertThat(loaded()).containsExactly(new Stored(claim("b", "one"), 1));
  }

  @Test
  void required_remove_ofAnEarlierVersion_conflicts() {
    insert(claim("a", "one"));
    put(claim("a", "two"), 1);

    assertConflict(Changes.builder().remove(claim("a", "two").key(), 1).build());
  }

  @Test
  void required_remove_ofAMissingRecord_conflicts() {
    assertConflict(Changes.builder().remove(claim("a", "one").key(), 1).build());
  }

  @Test
  void required_insert_afterARemove_beginsAtVersionOne() {
    insert(claim("a", "one"));
    put(claim("a", "two"), 1);
    store.commit(Changes.builder().remove(claim("a", "two").key(), 2).build());

    insert(claim("a", "three"));

    assertThat(loaded()).containsExactly(new Stored(claim("a", "three"), 1));
  }

  @Test
  void required_conflict_inTheLastChange_undoesAllOthers() {
    insert(claim("a", "one"));
    insert(claim("b", "one"));

    assertConflict(
        Changes.builder()
            .put(claim("a", "two"), 1)
            .insert(claim("c", "one"))
            .remove(claim("b", "one").key(), 9)
            .build());
  }

  @Test
  void required_conflict_inAPut_undoesTheRemoves() {
    insert(claim("a", "one"));
    insert(claim("b", "one"));

    assertConflict(
        Changes.builder().remove(claim("a", "one").key(), 1).put(claim("b", "two"), 9).build());
  }

  @Test
  void required_conflict_thenTheRightVersion_succeeds() {
    insert(claim("a", "one"));
    assertConflict(Changes.builder().put(claim("a", "two"), 2).build());

    put(claim("a", "two"), 1);

    assertThat(loaded()).containsExactly(new Stored(claim("a", "two"), 2));
  }

  @Test
  void required_race_forOneVersion_hasExactlyOneWinner() {
    insert(claim("a", "0"));
    for (int round = 1; round <= RACES; round++) {
      Changes one = Changes.builder().put(claim("a", round + " one"), round).build();
      Changes other = Changes.builder().put(claim("a", round + " other"), round).build();
      assertThat(winners(one, other)).as("winners of round %d", round).isEqualTo(1);
    }
    assertThat(loaded()).singleElement().extracting(Stored::version).isEqualTo(RACES + 1L);
  }

  @Test
  void required_race_forTwoRecordsInOppositeOrder_leavesBothFromOneWriter() {
    insert(claim("a", "0"));
    insert(claim("b", "0"));
    for (int round = 1; round <= RACES; round++) {
      Changes one = both("a", "b", round, "one");
      Changes other = both("b", "a", round, "other");
      assertThat(winners(one, other)).as("winners of round %d", round).isEqualTo(1);
      assertThat(loaded().stream().map(MetadataStoreContract::holder).distinct()).hasSize(1);
    }
  }

  @Test
  void required_close_twice_isHarmless() {
    store.close();
    store.close();
  }

  private static Changes both(String first, String second, int version, String holder) {
    return Changes.builder()
        .put(claim(first, holder), version)
        .put(claim(second, holder), version)
        .build();
  }

  private static String holder(Stored stored) {
    return ((MetadataRecord.OfClaim) stored.record()).holder();
  }

  /** Commits both changes at once; answers how many went through. */
  private int winners(Changes one, Changes other) {
    CyclicBarrier start = new CyclicBarrier(2);
    CompletableFuture<Boolean> background =
        CompletableFuture.supplyAsync(() -> commitsAfter(start, other));
    boolean mine = commitsAfter(start, one);
    boolean theirs = background.orTimeout(30, TimeUnit.SECONDS).join();
    return (mine ? 1 : 0) + (theirs ? 1 : 0);
  }

  private boolean commitsAfter(CyclicBarrier start, Changes changes) {
    try {
      start.await(30, TimeUnit.SECONDS);
      store.commit(changes);
      return true;
    } catch (Conflict lost) {
      return false;
    } catch (Exception e) {
      throw new AssertionError("neither committed nor conflicted", e);
    }
  }

  private void assertConflict(Changes changes) {
    List<Stored> before = loaded();
    assertThatExceptionOfType(Conflict.class).isThrownBy(() -> store.commit(changes));
    assertThat(loaded()).containsExactlyInAnyOrderElementsOf(before);
  }

  private void insert(MetadataRecord record) {
    put(record, 0);
  }

  private void put(MetadataRecord record, long replaces) {
    store.commit(Changes.builder().put(record, replaces).build());
  }

  private List<Stored> loaded() {
    List<Stored> all = new ArrayList<>();
    store.load(all::add);
    return all;
  }

  private static MetadataRecord claim(String name, String holder) {
    return new MetadataRecord.OfClaim(MetadataRecord.OfClaim.Kind.STORE_NAME, name, holder);
  }
}
