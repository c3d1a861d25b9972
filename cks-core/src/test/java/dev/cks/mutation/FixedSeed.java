package dev.cks.mutation;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives every property the seed and the number of tries that the system properties {@code
 * cks.properties.seed} and {@code cks.properties.tries} name, if they are set: a mutant must meet
 * the same samples as the code that it was made from.
 */
public final class FixedSeed implements AroundPropertyHook {
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public int aroundPropertyProximity() {
    return -100; // before anything of the property itself
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    String seed = System.getProperty("cks.properties.seed");
    if (seed != null) {
      context.attributes().setSeed(seed);
    }
    Integer tries = Integer.getInteger("cks.properties.tries");
    if (tries != null) {
      context.attributes().setTries(tries);
    }
    return property.execute();
  }
}
