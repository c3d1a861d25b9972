package dev.cks.sim.hsm;

import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that HSMs have and whose callers gave up. They are worked off when their latency is over
 * or, as an HSM keeps the order of its requests, before the next change there. They die with the
 * HSM. Used under the fleet's monitor.
 */
final class LateWork {
  private final Fleet fleet;
  private final Timeline clock;
  private final JournalLog journal;
  private final Map<HsmNode, Deque<Request>> waiting = new HashMap<>();

  private record Request(Call call, Supplier<@Nullable Reason> work) {}

  LateWork(Fleet fleet, Timeline clock, JournalLog journal) {
    this.fleet = fleet;
    this.clock = clock;
    this.journal = journal;
  }

  void add(HsmNode node, Duration latency, Call call, Supplier<@Nullable Reason> work) {
    KeyObject key = call.key();
    if (key != null) {
      key.retain();
    }
    Request request = new Request(call, work);
    waiting.computeIfAbsent(node, some -> new ArrayDeque<>()).add(request);
    clock.at(
        clock.now().plus(latency),
        "late " + call.what() + " on " + node.id(),
        () -> due(node, request));
  }

  private void due(HsmNode node, Request request) {
    synchronized (fleet) {
      Deque<Request> requests = waiting.get(node);
      while (requests != null && requests.contains(request)) {
        workOffFirst(node, requests);
      }
    }
  }

  void workOff(HsmNode node) {
    Deque<Request> requests = waiting.get(node);
    while (requests != null && !requests.isEmpty()) {
      workOffFirst(node, requests);
    }
  }

  private void workOffFirst(HsmNode node, Deque<Request> requests) {
    Request first = requests.remove();
    Reason failure = first.work().get();
    journal.enter(first.call().who(), "late " + first.call().what(), node.id(), failure);
    letGo(first);
  }

  void drop(HsmNode node) {
    Deque<Request> requests = waiting.remove(node);
    if (requests != null) {
      requests.forEach(LateWork::letGo);
    }
  }

  private static void letGo(Request request) {
    KeyObject key = request.call().key();
    if (key != null) {
      key.release();
    }
  }
}
