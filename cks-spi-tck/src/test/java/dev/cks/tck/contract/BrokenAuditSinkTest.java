package dev.cks.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The contract finds sinks that are broken, and for the right reason. */
class BrokenAuditSinkTest {

  /** Keeps its promises as far as a subclass lets it. */
  private static class Keeping implements AuditSink {
    final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());

    @Override
    public boolean wants(String operation, boolean success) {
      return true;
    }

    @Override
    public void record(AuditEvent event) {
      events.add(event);
    }

    List<AuditEvent> read() {
      return List.copyOf(events);
    }
  }

  private static final class Run extends AuditSinkContract {
    private final Supplier<Keeping> sinks;

    Run(Supplier<Keeping> sinks) {
      this.sinks = sinks;
    }

    @Override
    protected AuditSink create() {
      return sinks.get();
    }

    @Override
    protected Set<Capability> capabilities() {
      return Set.of(Capability.READING);
    }

    @Override
    protected List<AuditEvent> read(AuditSink used) {
      return ((Keeping) used).read();
    }
  }

  @Test
  void contract_ofASoundSink_findsNothing() {
    assertThat(broken(Keeping::new)).isEmpty();
  }

  @Test
  void contract_ofASinkThatKnowsTheOperationsOfToday_isBroken() {
    assertThat(
            broken(
                () ->
                    new Keeping() {
                      @Override
                      public boolean wants(String operation, boolean success) {
                        if (operation.equals("AnOperationOfTomorrow")) {
                          throw new IllegalArgumentException(operation);
                        }
                        return true;
                      }
                    }))
        .containsExactly("required_wants_ofAnyOperation_answers");
  }

  @Test
  void contract_ofASinkThatExpectsACaller_isBroken() {
    assertThat(
            broken(
                () ->
                    new Keeping() {
                      @Override
                      public void record(AuditEvent event) {
                        events.add(event);
                        Objects.requireNonNull(event.principalArn());
                      }
                    }))
        .contains("required_record_ofEveryShape_throwsNothing")
        .doesNotContain("required_record_ofOneEventTwice_throwsNothing");
  }

  @Test
  void contract_ofASinkThatRefusesDuplicates_isBroken() {
    assertThat(
            broken(
                () ->
                    new Keeping() {
                      @Override
                      public void record(AuditEvent event) {
                        if (events.contains(event)) {
                          throw new IllegalStateException("known");
                        }
                        super.record(event);
                      }
                    }))
        .containsExactly("required_record_ofOneEventTwice_throwsNothing");
  }

  @Test
  void contract_ofASinkForOneThread_isBroken() {
    assertThat(
            broken(
                () ->
                    new Keeping() {
                      private Thread first;

                      @Override
                      public void record(AuditEvent event) {
                        synchronized (this) {
                          first = first == null ? Thread.currentThread() : first;
                          if (first != Thread.currentThread()) {
                            throw new IllegalStateException("one thread only");
                          }
                        }
                        super.record(event);
                      }
                    }))
        .containsExactlyInAnyOrder(
            "required_record_fromManyThreads_throwsNothingAndComesToAnEnd",
            "optional_reading_manyThreads_loseNothing");
  }

  @Test
  void contract_ofASinkThatLosesAnEvent_isBroken() {
    assertThat(
            broken(
                () ->
                    new Keeping() {
                      @Override
                      public void record(AuditEvent event) {
                        if (!event.isServiceEvent()) {
                          super.record(event);
                        }
                      }
                    }))
        .containsExactly("optional_reading_wantedEvents_areKeptOnceAndInOrder");
  }

  @Test
  void contract_ofASinkThatShowsItsOwnList_isBroken() {
    assertThat(
            broken(
                () ->
                    new Keeping() {
                      @Override
                      List<AuditEvent> read() {
                        return events;
                      }
                    }))
        .containsExactly("optional_reading_whatWasReadBefore_doesNotChange");
  }

  @Test
  void contract_ofASinkThatLosesInterestInTheMiddle_isBroken() {
    assertThat(
            broken(
                () ->
                    new Keeping() {
                      @Override
                      public boolean wants(String operation, boolean success) {
                        return events.isEmpty();
                      }
                    }))
        .contains("required_wants_askedAgain_answersTheSame");
  }

  private static Set<String> broken(Supplier<Keeping> sinks) {
    return Obligations.broken(() -> new Run(sinks));
  }
}
