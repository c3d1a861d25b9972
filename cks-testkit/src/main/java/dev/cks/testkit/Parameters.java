package dev.cks.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What a test can ask for, and what it gets. */
final class Parameters {
  /** By name: a class literal would load what most tests do not ask for. */
  private static final Map<String, Function<TestWorld, Object>> BY_TYPE = new LinkedHashMap<>();

  private static final String SDK = "software.amazon.awssdk.services.";
  private static final String KMS_CLIENT = SDK + "kms.KmsClient";
  private static final String TEST_KEY = "dev.cks.testkit.TestKey";

  static {
    BY_TYPE.put(KMS_CLIENT, world -> world.aws().kms());
    BY_TYPE.put(SDK + "kms.KmsAsyncClient", world -> world.aws().kmsAsync());
    BY_TYPE.put(SDK + "cloudhsmv2.CloudHsmV2Client", world -> world.aws().cloudHsmV2());
    BY_TYPE.put(SDK + "cloudtrail.CloudTrailClient", world -> world.aws().cloudTrail());
    BY_TYPE.put("dev.cks.local.SimulatedAws", TestWorld::aws);
    BY_TYPE.put("dev.cks.sim.SimulatedCluster", TestWorld::cluster);
    BY_TYPE.put("dev.cks.sim.time.VirtualClock", world -> world.aws().clock());
    BY_TYPE.put("dev.cks.audit.AuditTrail", world -> world.aws().trail());
    BY_TYPE.put("dev.cks.testkit.TestKeyStore", TestWorld::keyStore);
    BY_TYPE.put(TEST_KEY, TestWorld::key);
    BY_TYPE.put("dev.cks.testkit.TestWorld", world -> world);
  }

  private Parameters() {}

  /** Whether a parameter is meant for us; one with a qualifier of ours is, whatever its type. */
  static boolean isOurs(ParameterContext parameter) {
    return BY_TYPE.containsKey(parameter.getParameter().getType().getName())
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
      return throughSdk ? world.aws().kmsThroughSdk() : supplier(type).apply(world);
    } catch (IllegalStateException missing) {
      throw new ParameterResolutionException(
          parameter.getParameter() + ": " + missing.getMessage(), missing);
    }
  }

  private static Function<TestWorld, Object> supplier(Class<?> type) {
    Function<TestWorld, Object> supplier = BY_TYPE.get(type.getName());
    if (supplier == null) {
      throw new ParameterResolutionException(unknown(type));
    }
    return supplier;
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
        + BY_TYPE.keySet().stream()
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
