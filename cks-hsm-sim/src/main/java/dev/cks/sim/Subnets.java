package dev.cks.sim;

import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts.Subnet;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The subnets of a cluster's configuration and their free addresses. Thread-safe. */
final class Subnets {
  private final List<Entry> entries = new ArrayList<>();

  private static final class Entry {
    final Subnet subnet;
    int free;
    boolean deleted;

    Entry(Subnet subnet, int free) {
      this.subnet = subnet;
      this.free = free;
    }
  }

  synchronized void add(Subnet subnet, int free) {
    entries.add(new Entry(subnet, free));
  }

  /** Also those that were deleted: the configuration still names them. */
  synchronized List<Subnet> configured() {
    return entries.stream().map(entry -> entry.subnet).toList();
  }

  /** One address in each subnet, or nothing. */
  synchronized Attachment attach() {
    for (Entry entry : entries) {
      if (entry.deleted) {
        throw new HsmException(
            Reason.SUBNET_NOT_FOUND, "subnet " + entry.subnet.id() + " does not exist");
      }
    }
    for (Entry entry : entries) {
      if (entry.free < 1) {
        throw new HsmException(
            Reason.NO_FREE_ADDRESS, "subnet " + entry.subnet.id() + " has no free address");
      }
    }
    entries.forEach(entry -> entry.free--);
    AtomicBoolean held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        giveBack();
      }
    };
  }

  private synchronized void giveBack() {
    entries.forEach(entry -> entry.free++);
  }

  synchronized int free(String name) {
    return entry(name).free;
  }

  /** Takes {@code count} addresses; a negative count gives them back. */
  synchronized void take(String name, int count) {
    Entry entry = entry(name);
    if (count > entry.free) {
      throw new IllegalArgumentException(
          "subnet " + entry.subnet.id() + " has " + entry.free + " free addresses");
    }
    entry.free -= count;
  }

  synchronized void delete(String name) {
    entry(name).deleted = true;
  }

  private Entry entry(String name) {
    return entries.stream()
        .filter(entry -> entry.subnet.id().equals(name) || entry.subnet.zone().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no subnet " + name));
  }
}
