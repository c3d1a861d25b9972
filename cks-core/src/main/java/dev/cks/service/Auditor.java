package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditEvent.Resource;
import dev.cks.spi.AuditSink;
import dev.cks.spi.RandomSource;
import dev.cks.spi.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs control-plane calls and records what became of them: one event for each outcome, refusals
 * and bugs included. A sink that throws is contained.
 */
final class Auditor {
  private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);
  private static final String SOURCE = "kms.amazonaws.com";
  private static final String AWS_INTERNAL = "AWS Internal";

  private final AuditSink sink;
  private final Timeline timeline;
  private final RandomSource random;
  private volatile @Nullable RequestIds quickIds;

  Auditor(ServicePorts ports) {
    this.sink = ports.audit();
    this.timeline = ports.timeline();
    this.random = ports.random();
  }

  /** What a call adds to its event while it runs. */
  static final class Call {
    private final Instant now;
    private @Nullable Map<String, Object> request;
    private @Nullable Map<String, Object> response;
    private @Nullable Map<String, Object> additional;
    private final List<Resource> resources = new ArrayList<>(1);

    Call(Instant now) {
      this.now = now;
    }

    /** The instant of the call. */
    Instant now() {
      return now;
    }

    /** A request parameter, unless it was not given. */
    Call requested(String name, @Nullable Object value) {
      request = put(request, name, value);
      return this;
    }

    Call answered(String name, @Nullable Object value) {
      response = put(response, name, value);
      return this;
    }

    Call adding(String name, @Nullable Object value) {
      additional = put(additional, name, value);
      return this;
    }

    Call addingUnlessThere(String name, Object value) {
      return additional != null && additional.containsKey(name) ? this : adding(name, value);
    }

    Call concerning(Resource resource) {
      resources.add(resource);
      return this;
    }

    Call concerningKey(String arn) {
      return concerning(Resource.key(arn));
    }

    /** For operations whose event tells the key's ARN, although their answer does not. */
    Call changedKey(String arn) {
      return answered("keyId", arn);
    }

    private static @Nullable Map<String, Object> put(
        @Nullable Map<String, Object> map, String name, @Nullable Object value) {
      if (value == null) {
        return map;
      }
      Map<String, Object> target = map == null ? new LinkedHashMap<>() : map;
      target.put(name, value);
      return target;
    }
  }

  /** The body of a call. */
  interface Work<R> {
    R run(Call call);
  }

  /** A body without a result. */
  interface Action {
    void run(Call call);
  }

  /** Runs a call that changes something. */
  void change(String operation, Caller caller, Action action) {
    perform(
        operation,
        caller,
        call -> {
          action.run(call);
          return Boolean.TRUE;
        });
  }

  /** Runs a call: moves time on, does the work, records the outcome. */
  <R> R perform(String operation, Caller caller, Work<R> work) {
    Call call = new Call(timeline.next());
    try {
      R result = work.run(call);
      record(operation, caller, call, null);
      return result;
    } catch (RuntimeException failure) {
      record(operation, caller, call, asRefusal(failure));
      throw failure;
    }
  }

  /** What a failure looks like in an event: of a bug no more than that it was one. */
  static KmsException asRefusal(RuntimeException failure) {
    return failure instanceof KmsException refusal
        ? refusal
        : new KmsException(KmsErrorCode.KMS_INTERNAL, null, failure);
  }

  /** Records a refused cryptographic call; ask {@link #wants} first. */
  void recordRefusal(String operation, Caller caller, Call call, KmsException refusal) {
    send(event(operation, caller, call, refusal));
  }

  /** Records a successful cryptographic call; ask {@link #wants} first. */
  void recordLater(String operation, Supplier<AuditEvent> event) {
    try {
      sink.recordLater(operation, event);
    } catch (RuntimeException broken) {
      LOG.warn("the audit sink refused an event of {}", operation, broken);
    }
  }

  /** An id for an event, as a number first: see {@link RequestIds}. */
  long nextQuickId() {
    return quickIds().nextNumber();
  }

  String quickId(long number) {
    return quickIds().text(number);
  }

  /** Made when first needed, since it draws an id. */
  private RequestIds quickIds() {
    RequestIds known = quickIds;
    return known != null ? known : makeQuickIds();
  }

  private synchronized RequestIds makeQuickIds() {
    RequestIds known = quickIds;
    if (known == null) {
      known = new RequestIds(random);
      quickIds = known;
    }
    return known;
  }

  Instant now() {
    return timeline.now();
  }

  boolean wants(String operation, boolean success) {
    try {
      return sink.wants(operation, success);
    } catch (RuntimeException broken) {
      LOG.warn("the audit sink does not say whether it wants {}", operation, broken);
      return false;
    }
  }

  /** A call that does not move time. */
  Call quietCall() {
    return new Call(timeline.now());
  }

  /** Records what the service did by itself. */
  void recordServiceEvent(String name, Call call) {
    if (wants(name, true)) {
      send(event(name, null, call, null));
    }
  }

  private void record(String operation, Caller caller, Call call, @Nullable KmsException refusal) {
    if (wants(operation, refusal == null)) {
      send(event(operation, caller, call, refusal));
    }
  }

  private AuditEvent event(
      String name, @Nullable Caller caller, Call call, @Nullable KmsException refusal) {
    return event(Uuids.next(random), name, caller, call, refusal);
  }

  static AuditEvent event(
      String id, String name, @Nullable Caller caller, Call call, @Nullable KmsException refusal) {
    return new AuditEvent(
        id,
        call.now,
        SOURCE,
        name,
        caller == null ? null : caller.principalArn(),
        caller == null ? AWS_INTERNAL : caller.sourceAddress(),
        caller == null ? AWS_INTERNAL : caller.userAgent(),
        caller == null ? null : caller.requestId(),
        ReadOnlyOperations.contains(name),
        call.request,
        refusal == null ? call.response : null,
        call.additional,
        call.resources,
        refusal == null ? null : refusal.code().wireName(),
        refusal == null ? null : refusal.getMessage());
  }

  private void send(AuditEvent event) {
    try {
      sink.record(event);
    } catch (RuntimeException broken) {
      LOG.warn("the audit sink refused an event of {}", event.name(), broken);
    }
  }
}
