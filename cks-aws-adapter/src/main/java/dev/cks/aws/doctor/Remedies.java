package dev.cks.aws.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Remedies for people who know what they want. Making a plan reads what it needs to know and
 * changes nothing. The remedies that an examination chooses backups for are in its findings.
 */
public final class Remedies {
  private static final int SHORTEST_WINDOW = 7;
  private static final int LONGEST_WINDOW = 30;

  private final Practice practice;
  private final Plans plans;

  Remedies(Practice practice) {
    this.practice = practice;
    this.plans = new Plans(practice);
  }

  /**
   * Connects the key store.
   *
   * @throws IllegalArgumentException here and below, if the key store cannot be described
   */
  public Plan reconnect(String keyStoreId) {
    return plans.reconnect(store(keyStoreId));
  }

  /** An admin sets a new password of {@code kmsuser}, which ends a lock-out, and KMS is told. */
  public Plan repairCredentials(String keyStoreId) {
    return plans.repairCredentials(store(keyStoreId));
  }

  /** KMS is told the password that {@code kmsuser} has, and nothing is changed in the cluster. */
  public Plan tellPassword(String keyStoreId) {
    return plans.tellPassword(store(keyStoreId));
  }

  /** The session of {@code kmsuser} that somebody forgot is ended first. */
  public Plan endForgottenSession(String keyStoreId) {
    return plans.endForgottenSession(store(keyStoreId));
  }

  /** {@code kmsuser} is created where it is missing. */
  public Plan recreateKmsuser(String keyStoreId) {
    return plans.recreateKmsuser(store(keyStoreId));
  }

  /** Adds HSMs until there is an active one in each of two Availability Zones. */
  public Plan addHsms(String keyStoreId) {
    return plans.addHsmsOnly(store(keyStoreId));
  }

  /** Disconnects, lets a person work as {@code kmsuser}, and connects again. */
  public Plan logInAsKmsuser(String keyStoreId) {
    return plans.logInAsKmsuser(store(keyStoreId));
  }

  /**
   * Deletes the key object that a deleted KMS key left behind.
   *
   * @param keyArn its label, which the consent must name
   */
  public Plan deleteOrphan(String keyStoreId, String keyArn) {
    return plans.deleteOrphan(store(keyStoreId), keyArn);
  }

  /**
   * Deletes every key of the key store, and then the key store. The run stops after the keys are
   * scheduled and is resumed when their windows have ended.
   *
   * @param pendingWindowInDays 7 to 30
   * @throws IllegalArgumentException also if the window is out of range
   * @throws IllegalStateException if not all keys could be seen
   */
  public Plan decommission(String keyStoreId, int pendingWindowInDays) {
    if (pendingWindowInDays < SHORTEST_WINDOW || pendingWindowInDays > LONGEST_WINDOW) {
      throw new IllegalArgumentException("the window has 7 to 30 days, not " + pendingWindowInDays);
    }
    StoreView store = store(keyStoreId);
    Survey survey = new Survey(Integer.MAX_VALUE);
    KeyWalk walk = new KeyWalk(practice, Map.of(store.id(), survey));
    Answer<Long> walked = Questions.keyIds(practice.calls(), walk);
    if (walked.found().isEmpty() || !walk.limitations().isEmpty()) {
      throw new IllegalStateException("not all keys could be seen: " + walk.limitations());
    }
    List<KeyView> keys = new ArrayList<>(survey.enabled());
    keys.addAll(survey.others());
    return plans.ofKeys().decommission(store, keys, pendingWindowInDays);
  }

  private StoreView store(String id) {
    return Questions.stores(practice.calls(), id)
        .found()
        .flatMap(found -> found.stream().findFirst())
        .orElseThrow(() -> new IllegalArgumentException("no key store " + id + " can be seen"));
  }
}
