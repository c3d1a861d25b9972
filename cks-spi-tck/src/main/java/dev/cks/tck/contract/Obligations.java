package dev.cks.tck.contract;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * Runs the obligations of a contract without JUnit, for tests of contracts: one that finds nothing
 * wrong with an implementation that is broken on purpose is worth nothing.
 */
public final class Obligations {

  /** What came of an obligation. */
  public enum Verdict {
    KEPT,
    BROKEN,
    /** It belongs to a {@link Capability} that is not declared. */
    NOT_ASKED
  }

  private Obligations() {}

  /**
   * The verdict on each obligation, by its name.
   *
   * @param contracts a fresh instance of a contract for each of its obligations
   */
  public static Map<String, Verdict> verdicts(Supplier<?> contracts) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (Method obligation : methods(contracts.get().getClass(), Test.class)) {
      verdicts.put(obligation.getName(), verdict(obligation, contracts.get()));
    }
    return verdicts;
  }

  /** The names of the obligations that are broken. */
  public static Set<String> broken(Supplier<?> contracts) {
    Set<String> broken = new TreeSet<>();
    verdicts(contracts)
        .forEach(
            (name, verdict) -> {
              if (verdict == Verdict.BROKEN) {
                broken.add(name);
              }
            });
    return broken;
  }

  private static Verdict verdict(Method obligation, Object contract) {
    List<Method> steps = new ArrayList<>(methods(contract.getClass(), BeforeEach.class));
    steps.add(obligation);
    Verdict verdict = Verdict.KEPT;
    for (Method step : steps) {
      if (verdict == Verdict.KEPT) {
        verdict = run(step, contract);
      }
    }
    for (Method cleaning : methods(contract.getClass(), AfterEach.class)) {
      run(cleaning, contract); // of what is broken already, nothing is expected
    }
    return verdict;
  }

  private static Verdict run(Method method, Object contract) {
    try {
      method.invoke(contract);
      return Verdict.KEPT;
    } catch (InvocationTargetException failed) {
      return failed.getCause() instanceof TestAbortedException ? Verdict.NOT_ASKED : Verdict.BROKEN;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }

  /** Those of superclasses, which may be package-private, included. */
  private static List<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
    List<Method> found = new ArrayList<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        if (method.isAnnotationPresent(annotation)) {
          found.add(method);
        }
      }
    }
    found.sort(Comparator.comparing(Method::getName));
    return found;
  }
}
