package dev.cks.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What a test can ask for, and what it gets. */
final class Parameters {
  private static final String SDK = "software.amazon.awssdk.services.";
  private static final String KMS_CLIENT = SDK + "kms.KmsClient";
  private static final String KMS_ASYNC_CLIENT = SDK + "kms.KmsAsyncClient";
  private static final String CLOUD_HSM_CLIENT = SDK + "cloudhsmv2.CloudHsmV2Client";
  private static final String CLOUD_TRAIL_CLIENT = SDK + "cloudtrail.CloudTrailClient";
  private static final String SIMULATED_AWS = "dev.cks.local.SimulatedAws";
  private static final String SIMULATED_CLUSTER = "dev.cks.sim.SimulatedCluster";
  private static final String VIRTUAL_CLOCK = "dev.cks.sim.time.VirtualClock";
  private static final String AUDIT_TRAIL = "dev.cks.audit.AuditTrail";
  private static final String TEST_KEY_STORE = "dev.cks.testkit.TestKeyStore";
  private static final String TEST_KEY = "dev.cks.testkit.TestKey";
  private static final String TEST_WORLD = "dev.cks.testkit.TestWorld";

  /** By name: a class literal would load what most tests do not ask for. */
  private static final List<String> TYPES =
      List.of(
          KMS_CLIENT,
          KMS_ASYNC_CLIENT,
          CLOUD_HSM_CLIENT,
          CLOUD_TRAIL_CLIENT,
          SIMULATED_AWS,
          SIMULATED_CLUSTER,
          VIRTUAL_CLOCK,
          AUDIT_TRAIL,
          TEST_KEY_STORE,
          TEST_KEY,
          TEST_WORLD);

  private Parameters() {}

  /** Whether a parameter is meant for us; one with a qualifier of ours is, whatever its type. */
  static boolean isOurs(ParameterContext parameter) {
    return TYPES.contains(parameter.getParameter().getType().getName())
        || parameter.isAnnotated(ThroughSdk.class)
        || parameter.isAnnotated(Alias.class);
  }

  /** What it gets. */
  static Object resolve(ParameterContext parameter, TestWorld world) {
    Class<?> type = parameter.getParameter().getType();
    Alias alias = parameter.findAnnotation(Alias.class).orElse(null);
    require(alias == null || isNamed(type, TEST_KEY), "@Alias goes with TestKey", type);
    boolean throughSdk = parameter.isAnnotated(ThroughSdk.class);
    require(!throughSdk || isNamed(type, KMS_CLIENT), "@ThroughSdk goes with KmsClient", type);
    try {
      if (alias != null) {
        return world.key(alias.value());
      }
      return throughSdk ? world.aws().kmsThroughSdk() : supply(type, world);
    } catch (IllegalStateException missing) {
      throw new ParameterResolutionException(
          parameter.getParameter() + ": " + missing.getMessage(), missing);
    }
  }

  /** A switch and not a map of functions, each of which a program that starts would link. */
  private static Object supply(Class<?> type, TestWorld world) {
    return switch (type.getName()) {
      case KMS_CLIENT -> world.aws().kms();
      case KMS_ASYNC_CLIENT -> world.aws().kmsAsync();
      case CLOUD_HSM_CLIENT -> world.aws().cloudHsmV2();
      case CLOUD_TRAIL_CLIENT -> world.aws().cloudTrail();
      case SIMULATED_AWS -> world.aws();
      case SIMULATED_CLUSTER -> world.cluster();
      case VIRTUAL_CLOCK -> world.aws().clock();
      case AUDIT_TRAIL -> world.aws().trail();
      case TEST_KEY_STORE -> world.keyStore();
      case TEST_KEY -> world.key();
      case TEST_WORLD -> world;
      default -> throw new ParameterResolutionException(unknown(type));
    };
  }

  private static boolean isNamed(Class<?> type, String name) {
    return type.getName().equals(name);
  }

  private static void require(boolean condition, String rule, Class<?> type) {
    if (!condition) {
      throw new ParameterResolutionException(
          rule + ", not with " + type.getSimpleName() + ": leave the annotation out");
    }
  }

  /** JUnit's word that nobody supplies a parameter, and ours what to write instead. */
  static Throwable explained(Throwable thrown, Class<?> testClass) {
    String message = thrown.getMessage();
    if (!(thrown instanceof ParameterResolutionException)
        || message == null
        || !message.startsWith("No ParameterResolver registered")) {
      return thrown;
    }
    return ReflectionSupport.streamMethods(
            testClass,
            method -> message.contains(method.toGenericString()),
            HierarchyTraversalMode.BOTTOM_UP)
        .flatMap(method -> Arrays.stream(method.getParameters()))
        .filter(parameter -> message.contains("[" + parameter + "]"))
        .<Throwable>map(
            parameter ->
                new ParameterResolutionException(
                    message + " " + unknown(parameter.getType()), thrown))
        .findFirst()
        .orElse(thrown);
  }

  /** What to write instead of a type that nobody supplies. */
  static String unknown(Class<?> type) {
    return "no test is given a "
        + type.getSimpleName()
        + ": "
        + instead(type)
        + TYPES.stream()
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(Collectors.joining(", "));
  }

  private static String instead(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "CloudHsmV2AsyncClient" ->
          "write CloudHsmV2Client, or build it with aws.configure(…); there are ";
      case "CloudTrailAsyncClient" ->
          "write CloudTrailClient, or build it with aws.configure(…); there are ";
      case "String" -> "write TestKey and key.id(), or TestKeyStore and store.id(); there are ";
      case "SimulatedCloudHsm", "Kms" -> "write SimulatedAws, which has it; there are ";
      case "CustomKeyStore", "KeyStoreId", "CustomKeyStoresListEntry" ->
          "write TestKeyStore; there are ";
      case "KmsKey", "KeyId", "KeyMetadata" -> "write TestKey; there are ";
      case "Clock", "Instant", "Timeline" -> "write VirtualClock; there are ";
      default -> "write one of ";
    };
  }
}
