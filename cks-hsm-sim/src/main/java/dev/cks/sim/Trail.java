package dev.cks.sim;

import dev.cks.domain.key.KeyId;
import dev.cks.service.Caller;
import dev.cks.sim.api.CloudHsmException;
import dev.cks.sim.time.SeededStream;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import dev.cks.spi.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the calls of the API and records one event for each outcome, refusals included. */
final class Trail {
  private static final Logger LOG = LoggerFactory.getLogger(Trail.class);
  private static final String SOURCE = "cloudhsm.amazonaws.com";

  private final AuditSink sink;
  private final Timeline clock;
  private final SeededStream ids;

  Trail(AuditSink sink, Timeline clock, SeededStream ids) {
    this.sink = sink;
    this.clock = clock;
    this.ids = ids;
  }

  /** What a call adds to its event. */
  static final class Call {
    private final Instant now;
    private final Map<String, Object> request = new LinkedHashMap<>();
    private final Map<String, Object> response = new LinkedHashMap<>();
    private final List<AuditEvent.Resource> resources = new ArrayList<>(1);

    private Call(Instant now) {
      this.now = now;
    }

    Instant now() {
      return now;
    }

    /** A request parameter, unless it was not given. */
    Call requested(String name, @Nullable Object value) {
      if (value != null) {
        request.put(name, value);
      }
      return this;
    }

    Call answered(String name, Object value) {
      response.put(name, value);
      return this;
    }

    Call concerning(String arn) {
      resources.add(new AuditEvent.Resource(type(arn), arn));
      return this;
    }
  }

  /** {@code arn:…:cluster/cluster-…} is an {@code AWS::CloudHSM::Cluster}. */
  private static String type(String arn) {
    String kind = arn.substring(arn.lastIndexOf(':') + 1, arn.lastIndexOf('/'));
    return "AWS::CloudHSM::" + Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
  }

  /** Moves time on, does the work, records the outcome. */
  <R> R perform(String operation, boolean readOnly, Caller caller, Function<Call, R> work) {
    Call call = new Call(clock.next());
    try {
      R result = work.apply(call);
      record(operation, readOnly, caller, call, null);
      return result;
    } catch (CloudHsmException refusal) {
      record(operation, readOnly, caller, call, refusal);
      throw refusal;
    }
  }

  private void record(
      String operation,
      boolean readOnly,
      Caller caller,
      Call call,
      @Nullable CloudHsmException refusal) {
    if (!sink.wants(operation, refusal == null)) {
      return;
    }
    boolean answers = refusal == null && !call.response.isEmpty();
    send(
        new AuditEvent(
            eventId(),
            call.now,
            SOURCE,
            operation,
            caller.principalArn(),
            caller.sourceAddress(),
            caller.userAgent(),
            caller.requestId(),
            readOnly,
            call.request.isEmpty() ? null : call.request,
            answers ? call.response : null,
            null,
            call.resources,
            refusal == null ? null : refusal.code().wireName(),
            refusal == null ? null : refusal.getMessage()));
  }

  private void send(AuditEvent event) {
    try {
      sink.record(event);
    } catch (RuntimeException broken) {
      LOG.warn("the audit sink refused an event of {}", event.name(), broken);
    }
  }

  private String eventId() {
    byte[] drawn = new byte[16];
    ids.fill(drawn);
    return KeyId.ofRandom(drawn).toString();
  }
}
