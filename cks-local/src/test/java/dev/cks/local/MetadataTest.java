package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.spi.MetadataStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the records are, and a look at them that changes nothing. */
class MetadataTest {

  @Test
  void stores_areAskedForAtTheBeginningAndWithEachReset() {
    List<MetadataStore> given = new ArrayList<>();
    try (SimulatedAws aws =
        SimulatedAws.builder()
            .metadata(
                () -> {
                  given.add(KmsConfig.inMemoryStore());
                  return given.get(given.size() - 1);
                })
            .build()) {
      List<Object> records = new ArrayList<>();
      given.get(0).load(records::add);
      assertThat(records).isNotEmpty();

      aws.reset();

      assertThat(given).hasSize(2);
    }
  }

  @Test
  void lookWithoutTrace_movesNothingAndIsNotRecorded() {
    try (SimulatedAws aws = SimulatedAws.create();
        SimulatedAws twin = SimulatedAws.create()) {
      Kms look = aws.core().withoutTrace();
      var now = aws.clock().now();
      int events = aws.trail().events().size();

      assertThat(look.keys().list(10, null, look.rootCaller()).items()).isEmpty();

      assertThat(aws.clock().now()).isEqualTo(now);
      assertThat(aws.trail().events()).hasSize(events);
      String next = aws.kms().createKey().keyMetadata().keyId();
      assertThat(next)
          .as("no id was drawn")
          .isEqualTo(twin.kms().createKey().keyMetadata().keyId());
    }
  }
}
