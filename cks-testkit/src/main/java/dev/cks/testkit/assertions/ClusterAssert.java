package dev.cks.testkit.assertions;

import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.user.UserView;
import dev.cks.spi.ClusterFacts;
import dev.cks.testkit.TestKey;
import dev.cks.testkit.TestKeyStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** What the HSMs of a cluster hold and who is known there; for the people who run it. */
public final class ClusterAssert extends AbstractAssert<ClusterAssert, SimulatedCluster> {
  private static final String KMS_KEY = "arn:aws[a-z-]*:kms:.*:key/.*";

  ClusterAssert(SimulatedCluster actual) {
    super(actual, ClusterAssert.class);
  }

  /** This many HSMs are active. */
  public ClusterAssert hasActiveHsms(int expected) {
    isNotNull();
    int active = active().size();
    if (active != expected) {
      failWithMessage(
          "Expecting cluster %s to have %s active HSMs, but it has %s of %s",
          actual.id(), expected, active, actual.facts().hsms().size());
    }
    return this;
  }

  /** Key material is left that belongs to no key of this key store any more. */
  public ClusterAssert hasOrphans(TestKeyStore store) {
    isNotNull();
    if (orphans(store).isEmpty()) {
      failWithMessage(
          "Expecting cluster %s to hold key material that is no key of %s, but there is none",
          actual.id(), store.id());
    }
    return this;
  }

  /** The material of exactly these keys is left, which are no keys of this key store any more. */
  public ClusterAssert hasOrphans(TestKeyStore store, TestKey... keys) {
    isNotNull();
    Set<String> expected = new TreeSet<>();
    for (TestKey key : keys) {
      expected.add(key.arn());
    }
    Set<String> orphans = orphans(store);
    if (!orphans.equals(expected)) {
      failWithMessage(
          "Expecting cluster %s to have the orphans%n  %s%nof key store %s, but it has%n  %s",
          actual.id(), expected, store.id(), orphans);
    }
    return this;
  }

  /** Every KMS key whose material is there is a key of this key store. */
  public ClusterAssert hasNoOrphans(TestKeyStore store) {
    isNotNull();
    Set<String> orphans = orphans(store);
    if (!orphans.isEmpty()) {
      failWithMessage(
          "Expecting cluster %s to hold no key material that is no key of %s, but it holds%n  %s",
          actual.id(), store.id(), orphans);
    }
    return this;
  }

  /** Each active HSM has the material of a key. */
  public ClusterAssert hasMaterialOf(TestKey key) {
    isNotNull();
    List<String> without =
        active().stream().filter(hsm -> !actual.labelsOn(hsm).contains(key.arn())).toList();
    if (!without.isEmpty()) {
      failWithMessage(
          "Expecting each HSM of cluster %s to have the material of %s, but %s have not",
          actual.id(), key.arn(), without);
    }
    return this;
  }

  /** No HSM, active or not, has the material of a key. */
  public ClusterAssert hasNoMaterialOf(TestKey key) {
    isNotNull();
    List<String> with =
        all().stream().filter(hsm -> actual.labelsOn(hsm).contains(key.arn())).toList();
    if (!with.isEmpty()) {
      failWithMessage(
          "Expecting no HSM of cluster %s to have the material of %s, but %s have",
          actual.id(), key.arn(), with);
    }
    return this;
  }

  /** Each active HSM knows the user. */
  public ClusterAssert hasUser(String name) {
    return onEach(name, user -> user.isPresent(), "to know the user");
  }

  /** No active HSM knows the user. */
  public ClusterAssert hasNoUser(String name) {
    return onEach(name, user -> user.isEmpty(), "not to know the user");
  }

  /** Each active HSM has locked the user out. */
  public ClusterAssert userIsLocked(String name) {
    return onEach(name, is(UserView::locked), "to have locked out the user");
  }

  /** No active HSM has locked the user out. */
  public ClusterAssert userIsNotLocked(String name) {
    return onEach(name, is(user -> !user.locked()), "not to have locked out the user");
  }

  /** Somebody is logged in as the user on each active HSM. */
  public ClusterAssert userIsLoggedIn(String name) {
    return onEach(name, is(UserView::loggedIn), "to have logged in the user");
  }

  /** Nobody is logged in as the user on any active HSM. */
  public ClusterAssert userIsNotLoggedIn(String name) {
    return onEach(name, is(user -> !user.loggedIn()), "not to have logged in the user");
  }

  private static Predicate<Optional<UserView>> is(Predicate<UserView> condition) {
    return user -> user.filter(condition).isPresent();
  }

  private ClusterAssert onEach(String name, Predicate<Optional<UserView>> condition, String text) {
    isNotNull();
    for (String hsm : active()) {
      Optional<UserView> user =
          actual.users(hsm).stream().filter(known -> known.name().equals(name)).findFirst();
      if (!condition.test(user)) {
        failWithMessage(
            "Expecting each HSM of cluster %s %s %s, but on %s it is %s",
            actual.id(), text, name, hsm, user.map(UserView::toString).orElse("unknown"));
      }
    }
    return this;
  }

  private Set<String> orphans(TestKeyStore store) {
    Set<String> material = new TreeSet<>();
    all().forEach(hsm -> material.addAll(actual.labelsOn(hsm)));
    material.removeIf(label -> !label.matches(KMS_KEY));
    material.removeAll(KeysOfStore.of(store));
    return material;
  }

  private List<String> all() {
    return actual.facts().hsms().stream().map(ClusterFacts.Hsm::id).toList();
  }

  private List<String> active() {
    return actual.facts().hsms().stream()
        .filter(hsm -> hsm.state() == ClusterFacts.HsmState.ACTIVE)
        .map(ClusterFacts.Hsm::id)
        .toList();
  }
}
