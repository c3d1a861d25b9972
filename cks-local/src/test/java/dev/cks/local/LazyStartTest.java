package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Whoever needs the direct KMS client only does not pay for the other ways in. */
class LazyStartTest {
  private static final List<String> FRONTS =
      List.of(
          "dev.cks.aws.http.",
          "dev.cks.aws.inprocess.",
          "dev.cks.aws.wire.",
          "dev.cks.local.Fronts",
          "dev.cks.local.operator.",
          "software.amazon.awssdk.services.cloudhsmv2.",
          "software.amazon.awssdk.services.cloudtrail.",
          "software.amazon.awssdk.services.kms.KmsAsyncClient");

  /** Loads everything itself and remembers what. */
  private static final class Recording extends URLClassLoader {
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();

    Recording(URL[] classPath) {
      super(classPath, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      loaded.add(name);
      return super.findClass(name);
    }
  }

  private static URL[] classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> url(Path.of(entry)))
        .toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a test that needs KMS only does. Not through reflection, which loads signatures. */
  public static final class Direct implements Callable<Integer> {
    @Override
    public Integer call() {
      try (SimulatedAws aws = SimulatedAws.create()) {
        return aws.kms().listKeys().keys().size();
      }
    }
  }

  /** The same, and a look at the clusters. */
  public static final class WithClusters implements Callable<Integer> {
    @Override
    public Integer call() {
      try (SimulatedAws aws = SimulatedAws.create()) {
        return aws.cloudHsmV2().describeClusters().clusters().size();
      }
    }
  }

  private static List<String> frontsLoadedBy(Class<?> work) throws Exception {
    return loadedBy(work).stream().filter(LazyStartTest::isOfAFront).toList();
  }

  private static Set<String> loadedBy(Class<?> work) throws Exception {
    try (Recording loader = new Recording(classPath())) {
      Callable<?> there =
          (Callable<?>) loader.loadClass(work.getName()).getDeclaredConstructor().newInstance();
      assertThat(there.call()).isNotNull();
      assertThat(loader.loaded).contains("dev.cks.aws.service.CksKmsClient");
      return loader.loaded;
    }
  }

  private static boolean isOfAFront(String name) {
    return FRONTS.stream().anyMatch(name::startsWith);
  }

  @Test
  void noFrontIsLoadedBeforeItIsAskedFor() throws Exception {
    assertThat(frontsLoadedBy(Direct.class)).isEmpty();
  }

  /** To verify a class, the JVM loads every class that it passes on as another one. */
  @Test
  void noRequestIsLoadedThatIsNotMade() throws Exception {
    String model = "software.amazon.awssdk.services.kms.model.";
    assertThat(loadedBy(Direct.class))
        .filteredOn(name -> name.startsWith(model) && name.endsWith("Request"))
        .contains(model + "ListKeysRequest")
        // what Encrypt and Decrypt are recognised by
        .isSubsetOf(
            model + "KmsRequest",
            model + "ListKeysRequest",
            model + "EncryptRequest",
            model + "DecryptRequest");
  }

  @Test
  void whatIsLoadedIsSeen() throws Exception {
    assertThat(frontsLoadedBy(WithClusters.class))
        .contains("dev.cks.local.Fronts")
        .noneMatch(name -> name.startsWith("dev.cks.aws.inprocess."));
  }
}
