package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.KmsConfig;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataStore;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A metadata store that never accepts a change; apart, since giving up takes its time. */
class EndlessConflictTest {

  private static final class Refusing implements MetadataStore {
    private final MetadataStore delegate = KmsConfig.inMemoryStore();
    private boolean refuses;

    @Override
    public void load(Consumer<? super Stored> consumer) {
      delegate.load(consumer);
    }

    @Override
    public void commit(Changes changes) {
      if (refuses) {
        throw new Conflict("key:of-somebody");
      }
      delegate.commit(changes);
    }

    @Override
    public void close() {}
  }

  @Test
  void change_thatIsRefusedForEver_isAnInternalErrorInTheEnd() {
    Refusing metadata = new Refusing();
    try (TestAccount account = new TestAccount(metadata, plan -> plan)) {
      String key = account.standardKey();
      metadata.refuses = true;

      assertThat(account.outcome(() -> account.kms.keys().disable(key, account.caller())))
          .isEqualTo("KMSInternalException: The metadata store keeps refusing a change");
    }
  }
}
