package dev.cks.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AuditSink} owes its library: it takes whatever it wanted, from any thread, and
 * never throws, since by then the operation is done. A sink that keeps events declares {@link
 * Capability#READING} and is held to keeping them.
 */
public abstract class AuditSinkContract {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String CALLER = "arn:aws:iam::111122223333:user/alice";
  private static final String KEY =
      "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  private static final int THREADS = 4;
  private static final int EACH = 250;

  /** More than any sink that does not block needs. */
  private static final long PATIENCE_SECONDS = 60;

  private AuditSink sink;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // set before each test
  protected AuditSinkContract() {}

  /** A new sink, that can take 1000 events at least. */
  protected abstract AuditSink create();

  /** What the sink can do; nothing beyond the required, unless overridden. */
  protected Set<Capability> capabilities() {
    return Set.of();
  }

  /**
   * What the sink has taken, in its order; asked only if {@link Capability#READING} is declared.
   */
  protected List<AuditEvent> read(AuditSink used) {
    throw new UnsupportedOperationException("declares READING, so it has to override read()");
  }

  @BeforeEach
  final void make() {
    sink = create();
  }

  @Test
  void required_wants_ofAnyOperation_answers() {
    for (String operation : List.of("CreateKey", "Encrypt", "DeleteKey", "AnOperationOfTomorrow")) {
      assertThatCode(() -> sink.wants(operation, true)).doesNotThrowAnyException();
      assertThatCode(() -> sink.wants(operation, false)).doesNotThrowAnyException();
    }
  }

  @Test
  void required_wants_askedAgain_answersTheSame() {
    for (String operation : List.of("CreateKey", "Encrypt")) {
      boolean answer = sink.wants(operation, true);
      offer(event(operation, 1, null));
      assertThat(sink.wants(operation, true)).isEqualTo(answer);
    }
  }

  @Test
  void required_record_ofEveryShape_throwsNothing() {
    for (AuditEvent event : everyShape()) {
      assertThatCode(() -> offer(event)).as("%s", event).doesNotThrowAnyException();
    }
  }

  @Test
  void required_record_ofOneEventTwice_throwsNothing() {
    AuditEvent event = event("CreateKey", 1, null);
    assertThatCode(() -> offer(event)).doesNotThrowAnyException();
    assertThatCode(() -> offer(event)).doesNotThrowAnyException();
  }

  @Test
  void required_record_fromManyThreads_throwsNothingAndComesToAnEnd() {
    fromManyThreads();
  }

  @Test
  void optional_reading_wantedEvents_areKeptOnceAndInOrder() {
    Capability.READING.requireOneOf(capabilities());
    List<AuditEvent> wanted = new ArrayList<>();
    for (AuditEvent event : everyShape()) {
      if (offer(event)) {
        wanted.add(event);
      }
    }

    assertThat(wanted).isNotEmpty();
    assertThat(read(sink)).containsExactlyElementsOf(wanted);
  }

  @Test
  void optional_reading_manyThreads_loseNothing() {
    Capability.READING.requireOneOf(capabilities());
    List<AuditEvent> wanted = fromManyThreads();

    assertThat(read(sink)).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void optional_reading_whatWasReadBefore_doesNotChange() {
    Capability.READING.requireOneOf(capabilities());
    offer(event("CreateKey", 1, null));
    List<AuditEvent> before = read(sink);
    List<AuditEvent> copy = List.copyOf(before);

    offer(event("CreateKey", 2, null));

    assertThat(before).isEqualTo(copy);
    assertThat(read(sink)).hasSizeGreaterThan(copy.size());
  }

  /** Answers whether it was wanted. */
  private boolean offer(AuditEvent event) {
    boolean wanted = sink.wants(event.name(), event.errorCode() == null);
    if (wanted) {
      sink.record(event);
    }
    return wanted;
  }

  private List<AuditEvent> fromManyThreads() {
    ForkJoinPool pool = new ForkJoinPool(THREADS);
    try {
      CountDownLatch start = new CountDownLatch(THREADS);
      List<CompletableFuture<List<AuditEvent>>> threads = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        threads.add(CompletableFuture.supplyAsync(() -> many(number, start), pool));
      }
      List<AuditEvent> wanted = new ArrayList<>();
      threads.forEach(offered -> wanted.addAll(result(offered)));
      return wanted;
    } finally {
      pool.shutdownNow();
    }
  }

  private List<AuditEvent> many(int thread, CountDownLatch start) {
    start.countDown();
    try {
      start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    List<AuditEvent> wanted = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      AuditEvent event = event("CreateKey", thread * EACH + i, null);
      if (offer(event)) {
        wanted.add(event);
      }
    }
    return wanted;
  }

  private static List<AuditEvent> result(CompletableFuture<List<AuditEvent>> offered) {
    try {
      return offered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException thrown) {
      throw new AssertionError("the sink threw " + thrown.getCause(), thrown.getCause());
    } catch (TimeoutException blocked) {
      throw new AssertionError("the sink blocks its callers", blocked);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A call and a refusal, with and without details; and what the service did by itself. */
  private static List<AuditEvent> everyShape() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("keyId", KEY);
    details.put("nothing", null);
    details.put("numbers", List.of(1, 2L, 0.5));
    details.put("inside", Map.of("n\u00e4me \ud83d\udd11", true));
    return List.of(
        event("CreateKey", 1, null),
        event("CreateKey", 2, details),
        event("Encrypt", 3, details),
        refusal(4),
        deletion(5, details));
  }

  private static AuditEvent event(String name, int number, @Nullable Map<String, Object> details) {
    return event(name, number, CALLER, details, null);
  }

  private static AuditEvent refusal(int number) {
    return event("CreateKey", number, CALLER, null, "CustomKeyStoreInvalidStateException");
  }

  private static AuditEvent deletion(int number, Map<String, Object> details) {
    return event("DeleteKey", number, null, details, null);
  }

  private static AuditEvent event(
      String name,
      int number,
      @Nullable String caller,
      @Nullable Map<String, Object> details,
      @Nullable String errorCode) {
    return new AuditEvent(
        String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", number),
        TIME.plusMillis(number),
        "kms.amazonaws.com",
        name,
        caller,
        caller == null ? "AWS Internal" : "192.0.2.1",
        caller == null ? "AWS Internal" : "a client",
        caller == null ? null : "request " + number,
        false,
        details,
        details,
        details,
        List.of(AuditEvent.Resource.key(KEY)),
        errorCode,
        errorCode == null ? null : "");
  }
}
