package dev.cks.bench;

import dev.cks.Kms;
import dev.cks.local.SimulatedAws;
import dev.cks.service.KeyRequests;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Days of a key store on three HSMs: each hour it is disconnected and connected, which rotates the
 * password; each hour a key is made and another one is scheduled for deletion, as one comes due;
 * twice a day an HSM restarts; and the cluster is backed up.
 */
final class BusyDay implements AutoCloseable {
  private static final int KEYS = 50;
  private static final int HOURS = 24;

  private final SimulatedAws aws = SimulatedAws.create();
  private final Kms kms = aws.core();
  private final Deque<String> keys = new ArrayDeque<>();
  private int restarts;

  BusyDay() {
    while (keys.size() < KEYS) {
      create();
    }
  }

  @Override
  public void close() {
    aws.close();
  }

  /** One day; how many keys there are in the end, those that wait for deletion included. */
  int pass() {
    for (int hour = 0; hour < HOURS; hour++) {
      kms.keyStores().disconnect(aws.keyStoreId(), kms.rootCaller());
      kms.keyStores().connect(aws.keyStoreId(), kms.rootCaller());
      create();
      kms.keys().scheduleDeletion(keys.remove(), 7, kms.rootCaller());
      if (hour % 12 == 0) {
        restart();
      }
      aws.clock().advance(Duration.ofHours(1));
    }
    return aws.cluster().keysOn("us-east-1a").size();
  }

  private void create() {
    keys.add(
        kms.keys().create(KeyRequests.Create.in(aws.keyStoreId()), kms.rootCaller()).key().arn());
  }

  private void restart() {
    var hsms = aws.cluster().facts().hsms();
    String hsm = hsms.get(restarts++ % hsms.size()).id();
    aws.cluster().stopNode(hsm);
    aws.cluster().startNode(hsm);
  }
}
