package dev.cks.bench;

import dev.cks.Kms;
import dev.cks.local.SimulatedAws;
import dev.cks.service.KeyRequests;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A busy control plane: the calls that people make, in a mix that can go on for ever. Keys, aliases
 * and tags come and go; each thousand steps a day passes, so that deletions come due.
 */
final class ControlPlane implements AutoCloseable {
  private static final int KEYS = 200;
  private static final int STEPS_A_DAY = 1000;
  private static final List<KeyRequests.Tag> TAGS = List.of(new KeyRequests.Tag("purpose", "x"));
  private static final List<String> TAG_KEYS = List.of("purpose");

  private final SimulatedAws aws;
  private final Kms kms;
  private final SplittableRandom draws = new SplittableRandom(1);
  private final List<String> keys = new ArrayList<>();
  private final Deque<Named> aliases = new ArrayDeque<>();
  private long steps;

  private record Named(String alias, String key) {}

  ControlPlane() {
    aws = SimulatedAws.create();
    kms = aws.core();
    while (keys.size() < KEYS) {
      create();
    }
  }

  @Override
  public void close() {
    aws.close();
  }

  /** One call, or two that belong together; how many it was. */
  int step() {
    if (++steps % STEPS_A_DAY == 0) {
      aws.clock().advance(Duration.ofDays(1));
    }
    int drawn = draws.nextInt(100);
    if (drawn < 40) {
      kms.keys().describe(any(), kms.rootCaller());
      return 1;
    }
    if (drawn < 60) {
      return disableAndEnable(any());
    }
    if (drawn < 76) {
      return tag(any());
    }
    return drawn < 90 ? alias() : rarely(drawn);
  }

  private String any() {
    return keys.get(draws.nextInt(keys.size()));
  }

  private int disableAndEnable(String key) {
    kms.keys().disable(key, kms.rootCaller());
    kms.keys().enable(key, kms.rootCaller());
    return 2;
  }

  private int tag(String key) {
    kms.keys().tag(key, TAGS, kms.rootCaller());
    kms.keys().untag(key, TAG_KEYS, kms.rootCaller());
    return 2;
  }

  private int alias() {
    String name = "alias/a" + steps;
    String key = any();
    kms.keys().aliases().create(name, key, kms.rootCaller());
    aliases.add(new Named(name, key));
    if (aliases.size() < KEYS) {
      return 1;
    }
    kms.keys().aliases().delete(aliases.remove().alias(), kms.rootCaller());
    return 2;
  }

  private int rarely(int drawn) {
    if (drawn < 95) {
      return scheduleAndCancel(any());
    }
    if (drawn < 99) {
      return replace(draws.nextInt(keys.size()));
    }
    kms.keyStores().disconnect(aws.keyStoreId(), kms.rootCaller());
    kms.keyStores().connect(aws.keyStoreId(), kms.rootCaller());
    return 2;
  }

  private int scheduleAndCancel(String key) {
    kms.keys().scheduleDeletion(key, 7, kms.rootCaller());
    kms.keys().cancelDeletion(key, kms.rootCaller());
    kms.keys().enable(key, kms.rootCaller());
    return 3;
  }

  /** A new key for one that goes, with the aliases that are still its own. */
  private int replace(int index) {
    String key = keys.remove(index);
    kms.keys().scheduleDeletion(key, 7, kms.rootCaller());
    aliases.removeIf(named -> named.key().equals(key));
    create();
    return 2;
  }

  private void create() {
    boolean custom = keys.size() % 2 == 0;
    keys.add(
        kms.keys()
            .create(
                custom ? KeyRequests.Create.in(aws.keyStoreId()) : KeyRequests.Create.standard(),
                kms.rootCaller())
            .key()
            .arn());
  }
}
