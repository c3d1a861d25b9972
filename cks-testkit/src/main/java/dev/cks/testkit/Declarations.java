package dev.cks.testkit;

import dev.cks.domain.key.KeyState;
import dev.cks.domain.keystore.ConnectionErrorCode;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What a test class and its methods say about their world. */
final class Declarations {
  private static final String SEED_PARAMETER = "cks.seed";

  private Declarations() {}

  /** What {@link CustomKeyStoreTest} says of a class, or else of the nearest around it. */
  static Optional<CustomKeyStoreTest> of(Class<?> testClass) {
    for (Class<?> at = testClass; at != null; at = at.getEnclosingClass()) {
      Optional<CustomKeyStoreTest> found =
          AnnotationSupport.findAnnotation(at, CustomKeyStoreTest.class);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  static Lifecycle lifecycle(Class<?> testClass) {
    return of(testClass).map(CustomKeyStoreTest::world).orElse(Lifecycle.PER_METHOD);
  }

  /** Begins with what the annotation on the class says. */
  static TestWorld.Builder begin(Class<?> testClass) {
    TestWorld.Builder world = TestWorld.builder();
    of(testClass)
        .ifPresent(said -> world.seed(said.seed()).nodes(said.nodes()).zones(said.zones()));
    return world;
  }

  /** Adds what the classes from outside to inside and the test method say. */
  static WorldPlan complete(TestWorld.Builder world, ExtensionContext context) {
    try {
      for (AnnotatedElement element : elements(context)) {
        declare(world, element);
      }
      seed(context).ifPresent(world::seed);
      return world.plan();
    } catch (IllegalArgumentException impossible) {
      throw new ExtensionConfigurationException(
          name(context) + ": " + impossible.getMessage(), impossible);
    }
  }

  /** Whether a test method, or a class inside the one that has the world, declares its own. */
  static boolean hasOwn(ExtensionContext context, Class<?> holder) {
    return elements(context).stream()
        .filter(element -> !(element instanceof Class<?> type && isAround(type, holder)))
        .anyMatch(Declarations::declaresSomething);
  }

  private static boolean declaresSomething(AnnotatedElement element) {
    return AnnotationSupport.isAnnotated(element, KeyStore.class)
        || !AnnotationSupport.findRepeatableAnnotations(element, Key.class).isEmpty()
        || AnnotationSupport.isAnnotated(element, CustomKeyStoreTest.class);
  }

  private static boolean isAround(Class<?> type, Class<?> inner) {
    for (Class<?> at = inner; at != null; at = at.getEnclosingClass()) {
      if (type.equals(at)) {
        return true;
      }
    }
    return false;
  }

  private static List<AnnotatedElement> elements(ExtensionContext context) {
    Deque<AnnotatedElement> elements = new ArrayDeque<>();
    for (Class<?> at = context.getRequiredTestClass(); at != null; at = at.getEnclosingClass()) {
      elements.addFirst(at);
    }
    context.getTestMethod().ifPresent(elements::addLast);
    return new ArrayList<>(elements);
  }

  private static void declare(TestWorld.Builder world, AnnotatedElement element) {
    AnnotationSupport.findAnnotation(element, KeyStore.class)
        .ifPresent(said -> world.keyStore(new StorePlan(said.state(), code(said))));
    Set<String> aliases = new HashSet<>();
    for (Key said : AnnotationSupport.findRepeatableAnnotations(element, Key.class)) {
      KeyPlan key = new KeyPlan(said.alias(), state(said));
      if (!aliases.add(key.alias())) {
        throw new IllegalArgumentException(
            "two keys " + key + ": write @Key(alias = …) with another alias for each");
      }
      world.key(key);
    }
  }

  private static @Nullable ConnectionErrorCode code(KeyStore said) {
    ConnectionErrorCode[] codes = said.code();
    if (codes.length > 1) {
      throw new IllegalArgumentException(
          "a connection fails for one reason: write @KeyStore(state = FAILED, code = "
              + codes[0]
              + ")");
    }
    return codes.length == 0 ? null : codes[0];
  }

  private static @Nullable KeyState state(Key said) {
    KeyState[] states = said.state();
    if (states.length > 1) {
      throw new IllegalArgumentException(
          "a key is in one state: write @Key(state = " + states[0] + ")");
    }
    return states.length == 0 ? null : states[0];
  }

  private static Optional<Long> seed(ExtensionContext context) {
    return context.getConfigurationParameter(SEED_PARAMETER, Declarations::number);
  }

  private static Long number(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          SEED_PARAMETER + " = " + text + ": write a whole number, for example -Dcks.seed=42",
          noNumber);
    }
  }

  /** As Maven's {@code -Dtest} takes it. */
  static String name(ExtensionContext context) {
    String type = context.getRequiredTestClass().getName();
    return context.getTestMethod().map(method -> type + "#" + method.getName()).orElse(type);
  }
}
