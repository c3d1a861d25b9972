package dev.cks.aws.http;

import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireRequest;
import dev.cks.aws.wire.WireResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes things go wrong in front of the services, by plan: a number of times for an operation, or
 * with a probability. The same seed and the same order of requests give the same faults. It stands
 * before the endpoint's dispatcher or before the in-process clients':
 *
 * <pre>{@code
 * FrontFaults faults = new FrontFaults(1);
 * InProcessAws.of(faults.before(dispatcher), region);
 * faults.times(2, "Encrypt", FrontFault.throttled());
 * }</pre>
 *
 * <p>What the clusters and the key stores do wrong is caused there; this is the network and the
 * service's front door. Thread-safe.
 */
public final class FrontFaults {
  /** Stands for every operation. */
  public static final String ANY = "*";

  /** How {@link FrontFault#delayed} passes its time. */
  interface Waiting {
    void pass(Duration time) throws InterruptedException;
  }

  private final List<Plan> plans = new ArrayList<>();
  private final SplittableRandom random;
  private final Waiting waiting;

  /** Nothing goes wrong yet. */
  public FrontFaults(long seed) {
    this(seed, RealTime::pass);
  }

  FrontFaults(long seed, Waiting waiting) {
    this.random = new SplittableRandom(seed);
    this.waiting = waiting;
  }

  /** A fault that is still to come; probability 1 and a count, or a probability and no end. */
  private static final class Plan {
    private final String operation;
    private final FrontFault fault;
    private final double probability;
    private long left;

    Plan(String operation, FrontFault fault, double probability, long left) {
      this.operation = operation;
      this.fault = fault;
      this.probability = probability;
      this.left = left;
    }

    boolean isFor(String name) {
      return operation.equals(ANY) || operation.equals(name);
    }
  }

  /**
   * The next requests for an operation go wrong. Plans for one operation come one after the other,
   * in the order they were made.
   *
   * @param count how many, at least 1
   * @param operation its name as in the API, for example {@code Encrypt}, or {@link #ANY}
   * @throws IllegalArgumentException if the count is less than 1
   */
  public synchronized FrontFaults times(int count, String operation, FrontFault fault) {
    if (count < 1) {
      throw new IllegalArgumentException("less than one: " + count);
    }
    plans.add(new Plan(operation, fault, 1, count));
    return this;
  }

  /**
   * From now on requests for an operation go wrong now and then.
   *
   * @param probability 0 to 1
   * @param operation as in {@link #times}
   * @throws IllegalArgumentException if the probability is out of range
   */
  public synchronized FrontFaults sometimes(
      double probability, String operation, FrontFault fault) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("not a probability: " + probability);
    }
    plans.add(new Plan(operation, fault, probability, Long.MAX_VALUE));
    return this;
  }

  /** Nothing goes wrong from now on. */
  public synchronized void clear() {
    plans.clear();
  }

  /** The same handler, with these faults in front of it. */
  public WireHandler before(WireHandler handler) {
    return new WireHandler() {
      @Override
      public WireResponse dispatch(WireRequest request) {
        return draw(Target.operationOf(request))
            .map(fault -> happen(fault, request, handler))
            .orElseGet(() -> handler.dispatch(request));
      }

      @Override
      public WireResponse refuse(
          WireRequest request, int status, String code, @Nullable String message) {
        return handler.refuse(request, status, code, message);
      }
    };
  }

  private synchronized Optional<FrontFault> draw(String operation) {
    for (Iterator<Plan> all = plans.iterator(); all.hasNext(); ) {
      Plan plan = all.next();
      if (plan.isFor(operation) && (plan.probability >= 1 || happens(plan))) {
        plan.left--;
        if (plan.left == 0) {
          all.remove();
        }
        return Optional.of(plan.fault);
      }
    }
    return Optional.empty();
  }

  private boolean happens(Plan plan) {
    return random.nextDouble() < plan.probability;
  }

  private WireResponse happen(FrontFault fault, WireRequest request, WireHandler handler) {
    if (fault instanceof FrontFault.Refused refused) {
      return handler.refuse(request, refused.status(), refused.code(), refused.message());
    }
    if (fault instanceof FrontFault.Delayed delayed) {
      waitFor(delayed.time());
      return handler.dispatch(request);
    }
    if (fault instanceof FrontFault.Lost lost && lost.carriedOut()) {
      var unused = handler.dispatch(request);
    }
    throw new UncheckedIOException(new IOException("the connection broke, as planned"));
  }

  private void waitFor(Duration time) {
    try {
      waiting.pass(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while the request was late", e));
    }
  }
}
