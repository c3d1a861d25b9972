package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmInvalidRequestException;
import software.amazon.awssdk.services.cloudhsmv2.model.Tag;

/** Requests of a wrong shape are refused in AWS's words, and the data files fit the SDK. */
class CloudHsmShapesTest {
  private final SimulatedAws aws = SimulatedAws.create();
  private final CloudHsmV2Client hsm = aws.cloudHsmV2();

  @AfterEach
  void close() {
    aws.close();
  }

  /** One line of a data file. */
  record Row(String service, List<String> columns) {
    SdkPojo emptyRequest() throws ReflectiveOperationException {
      String name =
          "software.amazon.awssdk.services." + service + ".model." + columns.get(0) + "Request";
      return (SdkPojo) Class.forName(name).getMethod("builder").invoke(null);
    }
  }

  static Stream<Row> rows() {
    return Stream.of("cloudhsmv2", "cloudtrail").flatMap(CloudHsmShapesTest::rows);
  }

  private static Stream<Row> rows(String service) {
    try (InputStream in = SimulatedAws.class.getResourceAsStream(service + "-constraints.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> new Row(service, Arrays.asList(line.split("\t", -1))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowIsAMemberThatTheSdkHas(Row row) throws ReflectiveOperationException {
    List<SdkField<?>> fields = row.emptyRequest().sdkFields();
    SdkField<?> field = null;
    for (String part : row.columns().get(1).split("\\.", -1)) {
      String name = part.replace("[]", "").replace("{key}", "");
      field = fields.stream().filter(f -> f.memberName().equals(name)).findFirst().orElseThrow();
      if (part.endsWith("[]")) {
        field = field.getTrait(ListTrait.class).memberFieldInfo();
      }
      if (part.endsWith("{key}")) {
        // the SDK describes a map's values, and its keys are strings
        assertThat(field.marshallingType()).isEqualTo(MarshallingType.MAP);
        field = field.getTrait(MapTrait.class).valueFieldInfo();
        field = field.getTrait(ListTrait.class).memberFieldInfo();
      }
      boolean structure = field.constructor() != null;
      fields = structure ? field.constructor().get().sdkFields() : List.of();
    }
    assertThat(field.marshallingType().getTargetClass().getSimpleName())
        .isEqualToIgnoringCase(
            row.columns().get(2).equals("structure") ? "SdkPojo" : row.columns().get(2));
    String rule = row.columns().size() > 5 ? row.columns().get(5) : "";
    if (rule.startsWith("/")) {
      assertThat(Pattern.compile(rule.substring(1, rule.length() - 1))).isNotNull();
    }
  }

  private static String messageOf(Runnable call) {
    try {
      call.run();
    } catch (CloudHsmInvalidRequestException e) {
      assertThat(e.statusCode()).isEqualTo(400);
      assertThat(e.awsErrorDetails().errorCode()).isEqualTo("CloudHsmInvalidRequestException");
      return e.awsErrorDetails().errorMessage();
    }
    throw new AssertionError("not refused");
  }

  @Test
  void everyViolationIsNamedAtOnce() {
    assertThat(messageOf(() -> hsm.createHsm(r -> r.availabilityZone("nowhere"))))
        .isEqualTo(
            "2 validation errors detected: Value null at 'clusterId' failed to satisfy constraint:"
                + " Member must not be null; Value 'nowhere' at 'availabilityZone' failed to"
                + " satisfy constraint: Member must satisfy regular expression pattern:"
                + " [a-z]{2}(-(gov))?-(east|west|north|south|central){1,2}-\\d[a-z]");
  }

  @Test
  void lengthsRangesAndNestedMembersAreChecked() {
    assertThat(messageOf(() -> hsm.describeClusters(r -> r.maxResults(26))))
        .contains("Value '26' at 'maxResults'", "less than or equal to 25");
    assertThat(
            messageOf(
                () ->
                    hsm.tagResource(
                        r ->
                            r.resourceId(aws.cluster().id())
                                .tagList(Tag.builder().key("").value("v").build()))))
        .contains("at 'tagList.1.member.key'", "greater than or equal to 1");
    assertThat(messageOf(() -> hsm.modifyBackupAttributes(r -> r.backupId("backup-aaaaaaaaaaa"))))
        .isEqualTo(
            "1 validation error detected: Value null at 'neverExpires' failed to satisfy"
                + " constraint: Member must not be null");
    assertThat(messageOf(() -> hsm.createCluster(r -> r.hsmType("hsm1.medium").mode("LAX"))))
        .contains("Member must satisfy enum value set: [FIPS, NON_FIPS]");
  }

  @Test
  void aFilterValueIsNotNull() {
    assertThat(
            messageOf(
                () ->
                    hsm.describeClusters(
                        r -> r.filters(Map.of("states", Collections.singletonList(null))))))
        .contains("Value null at 'filters.states.member.1.member'");
  }

  @Test
  void thereAreAtMost30Filters() {
    assertThat(messageOf(() -> hsm.describeClusters(r -> r.filters(filters(31)))))
        .startsWith("1 validation error detected: Value '{f0=[x], ")
        .endsWith(
            "' at 'filters' failed to satisfy constraint: Member must have length less than or"
                + " equal to 30");
    assertThat(messageOf(() -> hsm.describeBackups(r -> r.filters(filters(31)))))
        .contains("at 'filters'", "less than or equal to 30");
    // the shape is right; that there is no such filter is the service's word
    assertThat(messageOf(() -> hsm.describeBackups(r -> r.filters(filters(30)))))
        .isEqualTo("There is no filter f0.");
  }

  private static Map<String, List<String>> filters(int count) {
    Map<String, List<String>> filters = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      filters.put("f" + i, List.of("x"));
    }
    return filters;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "tag:Name", "cluster.ids", "état", "clusterIds\n"})
  void aFilterIsNamedInLettersDigitsAndHyphens(String name) {
    Map<String, List<String>> filters = Map.of(name, List.of("x"));
    String message =
        "1 validation error detected: Value '{"
            + name
            + "=[x]}' at 'filters' failed to satisfy constraint: Map keys must satisfy constraint:"
            + " [Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+]";
    assertThat(messageOf(() -> hsm.describeClusters(r -> r.filters(filters)))).isEqualTo(message);
    assertThat(messageOf(() -> hsm.describeBackups(r -> r.filters(filters)))).isEqualTo(message);
  }

  @Test
  void whatIsRefusedForItsShapeLeavesNoEvent() {
    int before = aws.trail().events().size();
    assertThatThrownBy(() -> hsm.deleteCluster(r -> {}))
        .isInstanceOf(CloudHsmInvalidRequestException.class);
    assertThat(aws.trail().events()).hasSize(before);
  }
}
