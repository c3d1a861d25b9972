package dev.cks.testkit.property;

import java.lang.annotation.Annotation;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Says what is missing when a class of properties is to be run and jqwik is not there: nobody would
 * run it, and the build would be green without it. JUnit's launcher finds this by itself. Refers to
 * nothing of jqwik.
 */
public final class NeedsJqwik implements LauncherDiscoveryListener {
  /** What to add, in test scope. */
  public static final String COORDINATE = "net.jqwik:jqwik:1.9.3";

  private static final String ENGINE = "net.jqwik.engine.JqwikTestEngine";
  private static final String PROPERTIES = "dev.cks.testkit.property.KeyStoreProperties";

  /** For JUnit's launcher. */
  public NeedsJqwik() {}

  @Override
  public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (isThere(ENGINE, loader)) {
      return;
    }
    for (ClassSelector selector : request.getSelectorsByType(ClassSelector.class)) {
      if (holdsProperties(selector.getClassName(), loader)) {
        throw new JUnitException(
            selector.getClassName()
                + " is a class of properties, and jqwik, which runs them, is not on the class path:"
                + " add "
                + COORDINATE
                + " with scope test (1.10 and later are not supported)");
      }
    }
  }

  private static boolean isThere(String name, ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError missing) {
      return false;
    }
  }

  private static boolean holdsProperties(String name, ClassLoader loader) {
    try {
      for (Annotation annotation : Class.forName(name, false, loader).getAnnotations()) {
        if (annotation.annotationType().getName().equals(PROPERTIES)) {
          return true;
        }
      }
      return false;
    } catch (ClassNotFoundException | LinkageError unreadable) {
      return false; // the engines tell
    }
  }
}
