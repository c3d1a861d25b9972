package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What the first use of cks in a JVM does not pay for. */
class ColdClassesTest {
  /** Loads everything anew, and remembers what. */
  private static final class Recording extends URLClassLoader {
    final Set<String> loaded = ConcurrentHashMap.newKeySet();

    Recording(URL[] classPath) {
      super(classPath, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = super.findClass(name);
      loaded.add(name);
      return found;
    }
  }

  private static URL[] classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(ColdClassesTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void create_inAFreshJvm_loadsNeitherBouncyCastleNorCaffeine() throws Exception {
    try (Recording loader = new Recording(classPath())) {
      Class<?> main = Class.forName(SimulatedAws.class.getName(), true, loader);
      ((AutoCloseable) main.getMethod("create").invoke(null)).close();

      assertThat(loader.loaded)
          .contains(SimulatedAws.class.getName(), "dev.cks.sim.hsm.Fleet")
          .noneMatch(name -> name.startsWith("org.bouncycastle."))
          .noneMatch(name -> name.startsWith("com.github.benmanes.caffeine."));
    }
  }
}
