package dev.cks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.spi.Changes;
import dev.cks.spi.MetadataRecord;
import dev.cks.spi.MetadataRecord.OfClaim;
import dev.cks.spi.MetadataStore;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InMemoryMetadataStoreTest {
  private final MetadataStore store = new InMemoryMetadataStore();

  private static MetadataRecord claim(String name) {
    return new OfClaim(OfClaim.Kind.STORE_NAME, name, "cks-1");
  }

  private Map<String, Long> versions() {
    Map<String, Long> versions = new TreeMap<>();
    store.load(stored -> versions.put(stored.record().key(), stored.version()));
    return versions;
  }

  @Test
  void changes_areMadeTogether_andCounted() {
    store.commit(Changes.builder().insert(claim("a")).insert(claim("b")).build());
    store.commit(
        Changes.builder()
            .put(claim("a"), 1)
            .remove(claim("b").key(), 1)
            .insert(claim("c"))
            .build());

    assertThat(versions()).isEqualTo(Map.of("claim:STORE_NAME:a", 2L, "claim:STORE_NAME:c", 1L));
  }

  @Test
  void recordThatWasRemoved_isNewAgain() {
    store.commit(Changes.builder().insert(claim("a")).build());
    store.commit(Changes.builder().remove(claim("a").key(), 1).insert(claim("b")).build());
    store.commit(Changes.builder().insert(claim("a")).build());

    assertThat(versions()).containsEntry("claim:STORE_NAME:a", 1L);
  }

  @Test
  void conflict_namesTheRecord_andChangesNothing() {
    store.commit(Changes.builder().insert(claim("a")).build());

    assertConflict(Changes.builder().insert(claim("b")).insert(claim("a")).build());
    assertConflict(Changes.builder().insert(claim("b")).put(claim("a"), 2).build());
    assertConflict(Changes.builder().insert(claim("b")).remove(claim("a").key(), 2).build());
    assertThat(versions()).isEqualTo(Map.of("claim:STORE_NAME:a", 1L));
  }

  private void assertConflict(Changes changes) {
    assertThatThrownBy(() -> store.commit(changes))
        .isInstanceOf(MetadataStore.Conflict.class)
        .hasMessage("changed meanwhile: claim:STORE_NAME:a");
  }
}
