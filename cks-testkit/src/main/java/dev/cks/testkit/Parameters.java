package dev.cks.testkit;

import dev.cks.audit.AuditTrail;
import dev.cks.local.SimulatedAws;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.VirtualClock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** What a test can ask for, and what it gets. */
final class Parameters {
  private static final Map<Class<?>, Function<TestWorld, Object>> BY_TYPE = new LinkedHashMap<>();

  static {
    BY_TYPE.put(KmsClient.class, world -> world.aws().kms());
    BY_TYPE.put(KmsAsyncClient.class, world -> world.aws().kmsAsync());
    BY_TYPE.put(CloudHsmV2Client.class, world -> world.aws().cloudHsmV2());
    BY_TYPE.put(CloudTrailClient.class, world -> world.aws().cloudTrail());
    BY_TYPE.put(SimulatedAws.class, TestWorld::aws);
    BY_TYPE.put(SimulatedCluster.class, TestWorld::cluster);
    BY_TYPE.put(VirtualClock.class, world -> world.aws().clock());
    BY_TYPE.put(AuditTrail.class, world -> world.aws().trail());
    BY_TYPE.put(TestKeyStore.class, TestWorld::keyStore);
    BY_TYPE.put(TestKey.class, TestWorld::key);
    BY_TYPE.put(TestWorld.class, world -> world);
  }

  private Parameters() {}

  /** Whether a parameter is meant for us; one with a qualifier of ours is, whatever its type. */
  static boolean isOurs(ParameterContext parameter) {
    return BY_TYPE.containsKey(parameter.getParameter().getType())
        || parameter.isAnnotated(ThroughSdk.class)
        || parameter.isAnnotated(Alias.class);
  }

  /** What it gets. */
  static Object resolve(ParameterContext parameter, TestWorld world) {
    Class<?> type = parameter.getParameter().getType();
    Alias alias = parameter.findAnnotation(Alias.class).orElse(null);
    require(alias == null || type == TestKey.class, "@Alias goes with TestKey", type);
    boolean throughSdk = parameter.isAnnotated(ThroughSdk.class);
    require(!throughSdk || type == KmsClient.class, "@ThroughSdk goes with KmsClient", type);
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
    Function<TestWorld, Object> supplier = BY_TYPE.get(type);
    if (supplier == null) {
      throw new ParameterResolutionException(unknown(type));
    }
    return supplier;
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
        + BY_TYPE.keySet().stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
  }

  private static String instead(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "CloudHsmV2AsyncClient" -> "write CloudHsmV2Client, or build it with aws.configure(…); there are ";
      case "CloudTrailAsyncClient" -> "write CloudTrailClient, or build it with aws.configure(…); there are ";
      case "String" -> "write TestKey and key.id(), or TestKeyStore and store.id(); there are ";
      case "SimulatedCloudHsm", "Kms" -> "write SimulatedAws, which has it; there are ";
      case "CustomKeyStore", "KeyStoreId", "CustomKeyStoresListEntry" -> "write TestKeyStore; there are ";
      case "KmsKey", "KeyId", "KeyMetadata" -> "write TestKey; there are ";
      case "Clock", "Instant", "Timeline" -> "write VirtualClock; there are ";
      default -> "write one of ";
    };
  }
}
