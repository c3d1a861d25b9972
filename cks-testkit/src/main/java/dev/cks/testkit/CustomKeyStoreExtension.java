package dev.cks.testkit;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Gives each test its {@link TestWorld}. {@link CustomKeyStoreTest} registers it; whoever needs
 * more than annotations can say does so himself:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CustomKeyStoreExtension AWS =
 *     CustomKeyStoreExtension.perTest(
 *         world -> world.nodes(5).account(account -> account.quotas(Quotas.none())));
 * }</pre>
 *
 * <p>{@link KeyStore} and {@link Key} on the class or a test method count here, too. Holds no state
 * of its own: worlds live in JUnit's store and are closed with it. Runs on JUnit 5.12 or later, and
 * on 6. Thread-safe.
 */
public final class CustomKeyStoreExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        InvocationInterceptor,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(CustomKeyStoreExtension.class);
  private static final String OWNER = "owner";
  private static final String WORLD = "world";
  private static final String SHARED = "shared world";

  /** Null: what the annotation says. */
  private final @Nullable Lifecycle lifecycle;

  private final UnaryOperator<TestWorld.Builder> declared;

  /** For JUnit, which makes it where {@link CustomKeyStoreTest} stands. */
  public CustomKeyStoreExtension() {
    this(null, UnaryOperator.identity());
  }

  private CustomKeyStoreExtension(
      @Nullable Lifecycle lifecycle, UnaryOperator<TestWorld.Builder> declared) {
    this.lifecycle = lifecycle;
    this.declared = declared;
  }

  /** A fresh world for each test. */
  public static CustomKeyStoreExtension perTest(UnaryOperator<TestWorld.Builder> declared) {
    return new CustomKeyStoreExtension(Lifecycle.PER_METHOD, declared);
  }

  /** One world for all tests of a class. */
  public static CustomKeyStoreExtension perClass(UnaryOperator<TestWorld.Builder> declared) {
    return new CustomKeyStoreExtension(Lifecycle.PER_CLASS, declared);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    own(context);
    if (isShared(context)) {
      shared(context); // the outermost class has it
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    own(context);
    TestWorld world = world(context);
    if (isShared(context)) {
      shared(context).enter();
      world.timeline().note(context.getDisplayName() + " begins");
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Throwable failure = context.getExecutionException().orElse(null);
    TestWorld world = present(context);
    if (world == null) {
      return; // it could not be made, and that is what failed
    }
    try {
      check(context, world, failure == null);
    } catch (AssertionError broken) {
      broken.addSuppressed(new WhatHappened(world, context));
      throw broken;
    } finally {
      if (failure != null) {
        report(failure, world, context);
      }
      if (!isShared(context)) {
        world.close();
      }
    }
  }

  private void check(ExtensionContext context, TestWorld world, boolean passed) {
    if (isShared(context)) {
      shared(context).leave(passed);
    } else if (passed) {
      world.check();
    }
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext context)
      throws Throwable {
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      ExtensionContext ofFactory = methodContext(context);
      TestWorld world = present(ofFactory);
      if (world != null) {
        report(failure, world, ofFactory);
      }
      throw failure;
    }
  }

  private static void report(Throwable failure, TestWorld world, ExtensionContext context) {
    if (!(failure instanceof TestAbortedException)) {
      failure.addSuppressed(new WhatHappened(world, context));
    }
  }

  // parameters

  /** A constructor sees the test that it is called for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    boolean ours = Parameters.isOurs(parameter);
    if (ours) {
      own(context);
    }
    return ours;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (!isShared(context) && context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          parameter.getParameter()
              + ": each test has its own world, and here is none yet. Ask for it in the test or in"
              + " @BeforeEach, or give the class one world with @CustomKeyStoreTest(world ="
              + " PER_CLASS)");
    }
    return Parameters.resolve(parameter, world(context));
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    throw Parameters.explained(thrown, context.getRequiredTestClass());
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    throw Parameters.explained(thrown, context.getRequiredTestClass());
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    throw Parameters.explained(thrown, context.getRequiredTestClass());
  }

  // worlds

  private boolean isShared(ExtensionContext context) {
    Lifecycle said = lifecycle;
    return (said == null ? Declarations.lifecycle(context.getRequiredTestClass()) : said)
        == Lifecycle.PER_CLASS;
  }

  private TestWorld world(ExtensionContext context) {
    if (isShared(context)) {
      SharedWorld shared = shared(context);
      if (Declarations.hasOwn(context, shared.holder())) {
        throw new ExtensionConfigurationException(
            Declarations.name(context)
                + ": all tests of "
                + shared.holder().getSimpleName()
                + " share one world, so this cannot declare its own: move the declaration to that"
                + " class, or leave world = PER_CLASS out");
      }
      return shared.get();
    }
    return store(context)
        .getOrComputeIfAbsent(WORLD, key -> new TestWorld(plan(context)), TestWorld.class);
  }

  /** The world if it was made. */
  private @Nullable TestWorld present(ExtensionContext context) {
    if (isShared(context)) {
      SharedWorld shared = store(context).get(SHARED, SharedWorld.class);
      return shared == null ? null : shared.get();
    }
    return store(context).get(WORLD, TestWorld.class);
  }

  private SharedWorld shared(ExtensionContext context) {
    ExtensionContext ofClass = classContext(context);
    return store(ofClass)
        .getOrComputeIfAbsent(
            SHARED,
            key ->
                new SharedWorld(ofClass.getRequiredTestClass(), () -> new TestWorld(plan(ofClass))),
            SharedWorld.class);
  }

  private WorldPlan plan(ExtensionContext context) {
    return Declarations.complete(
        declared.apply(Declarations.begin(context.getRequiredTestClass())), context);
  }

  /** A dynamic test is not itself one of the class's methods, but some method made it. */
  private static ExtensionContext methodContext(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getTestMethod().isEmpty()) {
      at = at.getParent().orElseThrow();
    }
    return at;
  }

  private static ExtensionContext classContext(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getTestMethod().isPresent()) {
      at = at.getParent().orElseThrow();
    }
    return at;
  }

  /** One of us for each test: two would be two worlds. */
  private void own(ExtensionContext context) {
    Object owner = store(context).getOrComputeIfAbsent(OWNER, key -> this, Object.class);
    if (owner != this) {
      throw new ExtensionConfigurationException(
          Declarations.name(context)
              + ": two worlds for one test. Leave one out: @CustomKeyStoreTest, or the"
              + " @RegisterExtension field of type CustomKeyStoreExtension");
    }
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }
}
