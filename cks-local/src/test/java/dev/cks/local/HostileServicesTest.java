package dev.cks.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Requests to all operations of the three services, well-formed for the most part and made of
 * values that are half right: none fails for a reason that is a bug. {@code
 * -Dcks.hostile.services=100000} sends more.
 */
class HostileServicesTest {
  private static final int REQUESTS = Integer.getInteger("cks.hostile.services", 20_000);
  private static final int REQUESTS_A_WORLD = 5_000;
  private static final long SEED = 20261125;

  private final Map<String, Integer> tally = new TreeMap<>();

  @Test
  void noneIsOurFault() throws IOException {
    for (int sent = 0; sent < REQUESTS; sent += REQUESTS_A_WORLD) {
      attack(SEED + sent, Math.min(REQUESTS_A_WORLD, REQUESTS - sent));
    }
    assertThat(tally.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(REQUESTS);
    assertThat(tally)
        .containsKeys(
            "200",
            "ValidationException",
            "SerializationException",
            "CloudHsmInvalidRequestException",
            "CloudHsmResourceNotFoundException",
            "InvalidLookupAttributesException");
  }

  private void attack(long seed, int requests) throws IOException {
    try (SimulatedAws aws = SimulatedAws.builder().seed(seed).build();
        Fronts fronts = new Fronts(aws, aws.scope())) {
      SdkHttpClient http = fronts.inProcess().httpClient();
      Maker maker = new Maker(seed, aws);
      for (int i = 0; i < requests; i++) {
        Operation operation = maker.operation();
        String body = maker.body(operation);
        tally.merge(kindOf(send(http, operation, body), operation + " " + body), 1, Integer::sum);
        if (i % 100 == 0) {
          aws.clock().advance(Duration.ofMinutes(10));
        }
      }
    }
  }

  private static HttpExecuteResponse send(SdkHttpClient http, Operation operation, String body)
      throws IOException {
    return http.prepareRequest(
            HttpExecuteRequest.builder()
                .request(
                    SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(URI.create("https://somewhere/"))
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("X-Amz-Target", operation.prefix() + "." + operation.name())
                        .build())
                .contentStreamProvider(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))
                .build())
        .call();
  }

  private static String kindOf(HttpExecuteResponse response, String asked) throws IOException {
    byte[] body = response.responseBody().orElseThrow().readAllBytes();
    int status = response.httpResponse().statusCode();
    if (status == 200) {
      return "200";
    }
    JsonNode error = JsonNode.parser().parse(body);
    String code = error.asObject().get("__type").asString();
    // a world of three HSMs can be made to lack capacity, which is not a bug
    assertThat(status).as("%s: %s", asked, error).isEqualTo(400);
    return code;
  }

  /** One operation, and what its request looks like. */
  private record Operation(String prefix, String name, SdkPojo shape) {
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

  /** Requests of the right shape, mostly, with values that mean something, sometimes. */
  private static final class Maker {
    private static final List<String> HOSTILE =
        List.of(
            "null", "true", "-1", "1e400", "[]", "{}", "[null]", "{\"a\":null}", "\"\\u0000\"", "");

    private final Random random;
    private final SimulatedAws aws;
    private final List<Operation> operations;

    Maker(long seed, SimulatedAws aws) {
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

    String body(Operation operation) {
      return structure(operation.shape(), 0);
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
      String lower = name.toLowerCase(java.util.Locale.ROOT);
      if (lower.contains("cluster")) {
        return pick(aws.cluster().id(), "cluster-aaaaaaaaaaa", anyCluster());
      }
      if (lower.contains("backup")) {
        return pick(anyBackup(), "backup-aaaaaaaaaaa");
      }
      if (lower.contains("store")) {
        return pick(aws.keyStoreId(), "cks-1234567890abcdef0", "ExampleKeyStore", "kmsPswd01");
      }
      if (lower.contains("key") || lower.contains("arn") || lower.contains("resource")) {
        return pick(anyKey(), anyKey(), "alias/x", "alias/aws/x", aws.cluster().id(), anyBackup());
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

    private String anyCluster() {
      var clusters = aws.cloudHsm().clusters();
      return clusters.get(random.nextInt(clusters.size())).id();
    }

    private String anyBackup() {
      var backups = aws.cloudHsmV2().describeBackups().backups();
      return backups.isEmpty()
          ? "backup-aaaaaaaaaaa"
          : backups.get(random.nextInt(backups.size())).backupId();
    }

    private String anyKey() {
      var keys = aws.kms().listKeys().keys();
      return keys.isEmpty()
          ? "1234abcd-12ab-34cd-56ef-1234567890ab"
          : keys.get(random.nextInt(keys.size())).keyId();
    }

    private static String quoted(String text) {
      return "\"" + text + "\"";
    }

    @SafeVarargs
    private <T> T pick(T... values) {
      return values[random.nextInt(values.length)];
    }
  }
}
