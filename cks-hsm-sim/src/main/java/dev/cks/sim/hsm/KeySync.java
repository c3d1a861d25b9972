package dev.cks.sim.hsm;

import dev.cks.sim.fault.FaultPoint;
import dev.cks.spi.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the cluster does by itself so that each HSM has each key (spec F.3). Never touches users,
 * and never brings a key back to an HSM that destroyed it. Used under the fleet's monitor.
 */
final class KeySync {
  private final Fleet fleet;
  private final Timeline clock;
  private final Duration lag;

  KeySync(Fleet fleet, Timeline clock, Duration lag) {
    this.fleet = fleet;
    this.clock = clock;
    this.lag = lag;
  }

  /** A key was made. */
  void spread(KeyObject key) {
    afterLag("synchronise key " + key.handle(), () -> copyWhereMissing(key));
  }

  /** An HSM came, or came back. */
  void everything() {
    afterLag("synchronise all keys", this::copyAllNow);
  }

  private void afterLag(String what, Runnable work) {
    if (lag.isZero()) {
      work.run();
    } else {
      later(lag, what, work);
    }
  }

  private void later(Duration delay, String what, Runnable work) {
    clock.at(
        clock.now().plus(delay),
        what,
        () -> {
          synchronized (fleet) {
            work.run();
          }
        });
  }

  void copyAllNow() {
    TreeMap<Integer, KeyObject> incomplete = new TreeMap<>();
    List<HsmNode> nodes = reachable();
    for (HsmNode node : nodes) {
      for (KeyObject key : node.keys()) {
        if (!isOnEach(nodes, key)) {
          incomplete.put(key.handle(), key);
        }
      }
    }
    // the latest first: of two keys with one id it is the one that its owner knows
    for (KeyObject key : incomplete.descendingMap().values()) {
      copyWhereMissing(key);
    }
  }

  private static boolean isOnEach(List<HsmNode> nodes, KeyObject key) {
    for (HsmNode node : nodes) {
      if (node.key(key.id()) != key) {
        return false;
      }
    }
    return true;
  }

  private void copyWhereMissing(KeyObject key) {
    Call call = new Call(FaultPoint.KEY_SYNC, null, Integer.toString(key.handle()));
    for (HsmNode node : reachable()) {
      if (node.lacks(key)) {
        copyTo(call.carrying(key), node);
      }
    }
  }

  private void copyTo(Call call, HsmNode node) {
    KeyObject key = call.key();
    if (key == null || reachable().stream().noneMatch(source -> source.key(key.id()) == key)) {
      return; // destroyed meanwhile, or nobody there to copy from
    }
    fleet.ask(
        call,
        node,
        () -> {
          node.synchronise(key);
          return null;
        });
  }

  /** Copies the key to one HSM, later. */
  void copyLater(KeyObject key, HsmNode node, Duration delay) {
    Call call = new Call(FaultPoint.KEY_SYNC, null, Integer.toString(key.handle())).carrying(key);
    later(
        delay,
        "synchronise key " + key.handle() + " late",
        () -> {
          if (reachable().contains(node) && node.lacks(key)) {
            copyTo(call, node);
          }
        });
  }

  private List<HsmNode> reachable() {
    List<HsmNode> reachable = new ArrayList<>();
    for (HsmNode node : fleet.nodes()) {
      if (fleet.answers(node)) {
        reachable.add(node);
      }
    }
    return reachable;
  }
}
