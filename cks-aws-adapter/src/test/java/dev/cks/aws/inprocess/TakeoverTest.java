package dev.cks.aws.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.aws.service.World;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmV2Exception;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** Code that makes its own clients reaches us without a change. */
class TakeoverTest {
  private final World one = World.ofSeed(1);
  private final World two = World.ofSeed(2);

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private static void createKey() {
    try (KmsClient client = KmsClient.create()) {
      client.createKey();
    }
  }

  private static int keysIn(World world) {
    return world.client.listKeys().keys().size();
  }

  @Test
  void clientsOfOthersReachUs() {
    try (Takeover takeover = InProcessAws.of(one.kms).takeOver()) {
      assertThat(takeover).isNotNull();
      createKey();
      try (KmsAsyncClient client = KmsAsyncClient.create()) {
        assertThat(client.listKeys().join().keys()).hasSize(1);
      }
    }
    assertThat(keysIn(one)).isEqualTo(1);
  }

  @Test
  void oneFollowsAnother() {
    InProcessAws.of(one.kms).takeOver().close();
    try (Takeover takeover = InProcessAws.of(two.kms).takeOver()) {
      assertThat(takeover).isNotNull();
      createKey();
    }
    assertThat(keysIn(one)).isZero();
    assertThat(keysIn(two)).isEqualTo(1);
  }

  @Test
  void thereIsOneAtATime() {
    try (Takeover first = InProcessAws.of(one.kms).takeOver()) {
      InProcessAws other = InProcessAws.of(two.kms);
      assertThatIllegalStateException()
          .isThrownBy(other::takeOver)
          .withMessage(
              "Another takeover of the AWS SDK's default clients is not over: close it first.");
      assertThat(first).isNotNull();
      createKey();
    }
    assertThat(keysIn(one)).isEqualTo(1);
  }

  @Test
  void itRestoresWhatWas() {
    System.setProperty("aws.region", "ap-south-1");
    try {
      Properties before = (Properties) System.getProperties().clone();
      Takeover takeover = InProcessAws.of(one.kms).takeOver();
      assertThat(System.getProperty("aws.region")).isEqualTo("us-east-1");
      takeover.close();
      takeover.close();
      assertThat(System.getProperties()).isEqualTo(before);
    } finally {
      System.clearProperty("aws.region");
    }
  }

  @Test
  void afterwardsTheSdkFindsWhatTheClassPathHas() {
    InProcessAws.of(one.kms).takeOver().close();
    assertThatThrownBy(
            () ->
                KmsClient.builder()
                    .region(Region.US_EAST_1)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .build())
        .isInstanceOf(SdkClientException.class)
        .hasMessage("No HTTP client is on the class path, and no takeover is active.");
  }

  @Test
  void otherServicesAreRefusedByName() {
    try (Takeover takeover = InProcessAws.of(one.kms).takeOver();
        CloudHsmV2Client client = CloudHsmV2Client.create()) {
      assertThat(takeover).isNotNull();
      assertThatThrownBy(client::describeClusters)
          .isInstanceOf(CloudHsmV2Exception.class)
          .hasMessageContaining("BaldrApiService.DescribeClusters");
    }
  }

  @Test
  void itCannotComeTooLate() throws Exception {
    assertThat(inAnotherSdk(Latecomer.class))
        .isEqualTo(
            "The AWS SDK has already chosen its default HTTP client: take over before the first"
                + " client is built without an HTTP client of its own.");
  }

  /** Runs a class in a class loader of its own, whose SDK has not chosen anything yet. */
  private static Object inAnotherSdk(Class<? extends Callable<String>> task) throws Exception {
    URL[] classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(TakeoverTest::urlOf)
            .toArray(URL[]::new);
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      current.setContextClassLoader(loader);
      Object other = loader.loadClass(task.getName()).getDeclaredConstructor().newInstance();
      return ((Callable<?>) other).call();
    } finally {
      current.setContextClassLoader(before);
    }
  }

  private static URL urlOf(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }

  /** Lets the SDK look for an HTTP client before it takes over. */
  public static final class Latecomer implements Callable<String> {
    @Override
    public String call() {
      try (World world = World.ofSeed(1)) {
        assertThatThrownBy(() -> KmsClient.builder().region(Region.US_EAST_1).build())
            .hasMessageContaining("Unable to load an HTTP implementation");
        InProcessAws.of(world.kms).takeOver();
        return "taken over";
      } catch (IllegalStateException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }
}
