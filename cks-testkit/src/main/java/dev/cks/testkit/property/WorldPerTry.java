package dev.cks.testkit.property;

import dev.cks.local.SimulatedAws;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.VirtualClock;
import dev.cks.testkit.simulation.KeyStoreWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.ParameterResolutionContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.ResolveParameterHook;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Gives each try of a property a {@link KeyStoreWorld} of its own and closes it afterwards; after a
 * try that succeeded its invariants must hold. A property that fails says how to see it again.
 * Comes with {@link KeyStoreProperties}.
 */
public final class WorldPerTry implements ResolveParameterHook, AroundTryHook, AroundPropertyHook {
  private static final Map<Class<?>, Function<KeyStoreWorld, Object>> PARAMETERS =
      Map.of(
          KeyStoreWorld.class, world -> world,
          SimulatedAws.class, KeyStoreWorld::aws,
          KmsClient.class, KeyStoreWorld::kms,
          SimulatedCluster.class, world -> world.aws().cluster(),
          VirtualClock.class, world -> world.aws().clock());

  /** The world of the present try, once somebody has asked for it. */
  private static final class Present implements AutoCloseable {
    private @Nullable KeyStoreWorld world;

    KeyStoreWorld world() {
      KeyStoreWorld known = world;
      if (known == null) {
        String scenario = System.getProperty(KeyStoreActions.SCENARIO);
        known =
            scenario == null
                ? KeyStoreWorld.create()
                : KeyStoreWorld.before(KeyStoreActions.read(Path.of(scenario)));
        world = known;
      }
      return known;
    }

    @Override
    public void close() {
      if (world != null) {
        world.close();
      }
      world = null;
    }
  }

  private static Present present() {
    return Store.getOrCreate(WorldPerTry.class, Lifespan.TRY, Present::new).get();
  }

  /** The world of the present try. */
  static KeyStoreWorld current() {
    return present().world();
  }

  /** From the class to its properties. */
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public Optional<ParameterSupplier> resolve(
      ParameterResolutionContext parameter, LifecycleContext context) {
    Function<KeyStoreWorld, Object> view = PARAMETERS.get(parameter.typeUsage().getRawType());
    return view == null ? Optional.empty() : Optional.of(within -> view.apply(current()));
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor one, List<Object> parameters) {
    try (Present present = present()) {
      TryExecutionResult result = one.execute(parameters);
      if (present.world != null && result.isSatisfied()) {
        result = invariants(present.world(), result);
      }
      return present.world != null && result.isFalsified()
          ? result.withFootnotes(Scenario.footnotes(context.targetMethod(), present.world()))
          : result;
    }
  }

  private static TryExecutionResult invariants(KeyStoreWorld world, TryExecutionResult result) {
    try {
      world.checkInvariants();
      return result;
    } catch (AssertionError broken) {
      return TryExecutionResult.falsified(broken);
    }
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = property.execute();
    result
        .shrunkSample()
        .ifPresentOrElse(
            sample -> Scenario.keep(context.targetMethod(), sample.footnotes()),
            () ->
                result
                    .originalSample()
                    .ifPresent(
                        sample -> Scenario.keep(context.targetMethod(), sample.footnotes())));
    return result;
  }
}
