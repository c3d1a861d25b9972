package dev.cks.aws.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where a plan's steps meet: the world as it is now, and what earlier steps found out. */
final class Scene {
  /** The key store. */
  static final String STORE = "store";

  /** The cluster that commands go to; a replaced one takes its place. */
  static final String CLUSTER = "cluster";

  /** Subnets that a person chose. */
  static final String SUBNETS = ManualTask.SUBNETS;

  private final Practice practice;
  private final Map<String, String> known;

  Scene(Practice practice, Map<String, String> known) {
    this.practice = practice;
    this.known = known;
  }

  AwsCalls calls() {
    return practice.calls();
  }

  Practice practice() {
    return practice;
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  String get(String name) throws Surprise {
    return find(name).orElseThrow(() -> new Surprise("the " + name + " is not known"));
  }

  void learn(String name, String value) {
    known.put(name, value);
  }

  /** The cluster that steps go to: the key store's, unless one was made to replace it. */
  String clusterId() throws Surprise {
    Optional<String> known = find(CLUSTER);
    return known.isPresent() ? known.get() : Texts.orEmpty(store().clusterId());
  }

  StoreView store() throws Surprise {
    String id = get(STORE);
    List<StoreView> stores =
        value(Questions.stores(calls(), id), "DescribeCustomKeyStores", Function.identity());
    return stores.stream()
        .findFirst()
        .orElseThrow(() -> new Surprise("there is no key store " + id));
  }

  Optional<ClusterView> cluster(String id) throws Surprise {
    return value(Questions.cluster(calls(), id), "DescribeClusters", Function.identity());
  }

  KeyView key(String id) throws Surprise {
    return value(Questions.key(calls(), id), "DescribeKey", Function.identity());
  }

  private static <T, R> R value(Answer<T> answer, String call, Function<T, R> use) throws Surprise {
    if (answer instanceof Answer.Got<T> got) {
      return use.apply(got.value());
    }
    if (answer instanceof Answer.Refused<T> refused) {
      throw new Surprise(call + " answered " + refused.code() + ": " + refused.message());
    }
    throw new Surprise(answer instanceof Answer.Unseen<T> unseen ? unseen.sentence() : call);
  }
}
