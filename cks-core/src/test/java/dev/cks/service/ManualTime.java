package dev.cks.service;

import dev.cks.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Time that each control-plane call moves on by a second, and that tests move on at will. */
final class ManualTime implements Timeline {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private record Due(Instant at, int sequence, String what, Runnable work) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::sequence));
  private Instant now = START;
  private int sequence;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant next() {
    advance(Duration.ofSeconds(1));
    return now;
  }

  @Override
  public void at(Instant due, String what, Runnable work) {
    queue.add(new Due(due, sequence++, what, work));
  }

  void advance(Duration time) {
    now = now.plus(time);
    while (!queue.isEmpty() && !queue.element().at().isAfter(now)) {
      queue.remove().work().run();
    }
  }

  /** What a process forgets when it ends. */
  void forget() {
    queue.clear();
  }

  /** What is to come, in its order. */
  List<String> agenda() {
    List<Due> sorted = new ArrayList<>(queue);
    sorted.sort(queue.comparator());
    return sorted.stream().map(due -> due.at() + " " + due.what()).toList();
  }
}
