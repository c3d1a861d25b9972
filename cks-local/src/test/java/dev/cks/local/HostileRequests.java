package dev.cks.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Requests to the three services: of the right shape, mostly, with values that mean something,
 * sometimes; and one in four broken further.
 */
final class HostileRequests {
  private static final int REQUESTS_BETWEEN_LOOKS = 25;

  /** One operation, and what its request looks like. */
  record Operation(String prefix, String name, SdkPojo shape) {
    String target() {
      return prefix + "." + name;
    }

    /** The service in a signature's scope. */
    String signingName() {
      return switch (prefix) {
        case "BaldrApiService" -> "cloudhsm";
        case "TrentService" -> "kms";
        default -> "cloudtrail";
      };
    }

    static Stream<Operation> of(String prefix, Class<?> api) {
      return Arrays.stream(api.getMethods())
          .filter(
              method ->
                  method.getParameterCount() == 1
                      && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                      && AwsResponse.class.isAssignableFrom(method.getReturnType()))
          .sorted(Comparator.comparing(Method::getName))
          .map(method -> new Operation(prefix, nameOf(method), shapeOf(method)));
    }

    private static String nameOf(Method method) {
      String request = method.getParameterTypes()[0].getSimpleName();
      return request.substring(0, request.length() - "Request".length());
    }

    private static SdkPojo shapeOf(Method method) {
      try {
        return (SdkPojo) method.getParameterTypes()[0].getMethod("builder").invoke(null);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("the SDK is another one", e);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<String> HOSTILE =
      List.of(
          "null", "true", "-1", "1e400", "[]", "{}", "[null]", "{\"a\":null}", "\"\\u0000\"", "");

  private final Random random;
  private final SimulatedAws aws;
  private final List<Operation> operations;

  private int looks;
  private List<String> clusters = List.of();
  private List<String> backups = List.of();
  private List<String> keys = List.of();

  HostileRequests(long seed, SimulatedAws aws) {
    this.random = new Random(seed);
    this.aws = aws;
    String trail = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101";
    List<Operation> lookup =
        Operation.of(trail, CloudTrailClient.class)
            .filter(operation -> operation.name().equals("LookupEvents"))
            .toList();
    this.operations =
        Stream.of(
                Operation.of("BaldrApiService", CloudHsmV2Client.class).toList(),
                Operation.of("TrentService", KmsClient.class).toList(),
                lookup,
                lookup,
                lookup)
            .flatMap(List::stream)
            .toList();
  }

  Operation operation() {
    return operations.get(random.nextInt(operations.size()));
  }

  byte[] body(Operation operation) {
    if (looks++ % REQUESTS_BETWEEN_LOOKS == 0) {
      look();
    }
    byte[] body = structure(operation.shape(), 0).getBytes(UTF_8);
    if (random.nextInt(4) == 0) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        body = broken(body);
      }
    }
    return body;
  }

  /** What there is in the account now. */
  private void look() {
    clusters = aws.cloudHsm().clusters().stream().map(cluster -> cluster.id()).toList();
    backups = aws.cloudHsmV2().describeBackups().backups().stream().map(b -> b.backupId()).toList();
    keys = aws.kms().listKeys().keys().stream().map(key -> key.keyId()).toList();
  }

  /** Some bytes with one thing wrong. */
  byte[] broken(byte[] good) {
    int at = random.nextInt(good.length + 1);
    int until = at + random.nextInt(good.length - at + 1);
    return switch (random.nextInt(5)) {
      case 0 -> replaced(good, at, at, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replaced(good, at, at, HOSTILE.get(random.nextInt(HOSTILE.size())).getBytes(UTF_8));
      case 2 -> replaced(good, at, Math.min(until, at + 4), new byte[0]);
      case 3 -> replaced(good, at, at, Arrays.copyOfRange(good, at, until));
      default -> Arrays.copyOf(good, at);
    };
  }

  private static byte[] replaced(byte[] good, int from, int to, byte[] by) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(good, 0, from);
    all.writeBytes(by);
    all.write(good, to, good.length - to);
    return all.toByteArray();
  }

  private String structure(SdkPojo shape, int depth) {
    StringBuilder text = new StringBuilder("{");
    for (SdkField<?> field : shape.sdkFields()) {
      if (random.nextInt(5) > 1) {
        text.append(text.length() > 1 ? "," : "");
        text.append('"').append(field.locationName()).append("\":");
        text.append(value(field, field.memberName(), depth));
      }
    }
    return text.append('}').toString();
  }

  private String value(SdkField<?> field, String name, int depth) {
    if (random.nextInt(40) == 0) {
      return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> quoted(text(name));
      case BOOLEAN -> Boolean.toString(random.nextBoolean());
      case INTEGER, LONG -> Integer.toString(pick(0, 1, 2, 7, 30, 50, 100, 1000, -5, 2147483647));
      case INSTANT ->
          pick("0", "1767225600", "1767225600.5", "-1", "253402300799", "99999999999999");
      case SDK_BYTES ->
          quoted(pick("", "QUJD", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "&"));
      case SDK_POJO -> depth > 3 ? "{}" : structure(field.constructor().get(), depth + 1);
      case LIST -> list(field.getTrait(ListTrait.class).memberFieldInfo(), name, depth);
      case MAP -> map(field.getTrait(MapTrait.class).valueFieldInfo(), name, depth);
      default -> "1";
    };
  }

  private String list(SdkField<?> element, String name, int depth) {
    StringBuilder text = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(text.length() > 1 ? "," : "").append(value(element, name, depth + 1));
    }
    return text.append(']').toString();
  }

  private String map(SdkField<?> element, String name, int depth) {
    String key = pick("clusterIds", "states", "vpcIds", "backupIds", "sourceBackupIds", "a", "");
    return random.nextInt(4) == 0
        ? "{}"
        : "{" + quoted(key) + ":" + value(element, name, depth + 1) + "}";
  }

  /** Something that a member of this name could hold, or could not. */
  private String text(String name) {
    if (random.nextInt(6) == 0) {
      return pick("", " ", "a", "é漢", "\\u0001", "x".repeat(5000), "arn:aws:kms:::", "${}");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("cluster")) {
      return pick(aws.cluster().id(), "cluster-aaaaaaaaaaa", any(clusters));
    }
    if (lower.contains("backup")) {
      return pick(any(backups), "backup-aaaaaaaaaaa");
    }
    if (lower.contains("store")) {
      return pick(aws.keyStoreId(), "cks-1234567890abcdef0", "ExampleKeyStore", "kmsPswd01");
    }
    if (lower.contains("key") || lower.contains("arn") || lower.contains("resource")) {
      return pick(any(keys), any(keys), "alias/x", "alias/aws/x", any(clusters), any(backups));
    }
    return pick(
        "us-east-1a",
        "us-west-2",
        "hsm1.medium",
        "DAYS",
        "30",
        "EventName",
        "ReadOnly",
        "true",
        "SYMMETRIC_DEFAULT",
        "AWS_CLOUDHSM",
        "AES_256",
        "alias/x",
        "Encrypt",
        "Decrypt",
        "default",
        "arn:aws:iam::111122223333:role/R",
        "subnet-12345678",
        "{\\\"Version\\\":\\\"2012-10-17\\\"}",
        "insight",
        "FIPS",
        "10.0.0.1",
        "hsm-aaaaaaaaaaa");
  }

  private String any(List<String> ids) {
    return ids.isEmpty()
        ? "1234abcd-12ab-34cd-56ef-1234567890ab"
        : ids.get(random.nextInt(ids.size()));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
