package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Condition;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Doctor;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;

/** Less is seen, and said so; what AWS comes up with one day is reported as it is. */
final class DegradedTest {

  static Stream<Permission> readOnly() {
    return Doctor.permissions().stream().filter(Permission::readOnly);
  }

  private static String method(Permission permission) {
    String operation = permission.action().substring(permission.action().indexOf(':') + 1);
    return Character.toLowerCase(operation.charAt(0)) + operation.substring(1);
  }

  private static Doctor doctor(Clinic clinic, Map<String, Tampered.Answer> answers) {
    return Doctor.builder(
            Tampered.client(KmsClient.class, clinic.kms, answers),
            Tampered.client(CloudHsmV2Client.class, clinic.cloudHsm, answers),
            Tampered.client(CloudTrailClient.class, clinic.cloudTrail, answers))
        .pacing(clinic.pacing())
        .build();
  }

  @ParameterizedTest
  @MethodSource("readOnly")
  void permissionMissing_isASentence_whereItIsNeeded(Permission missing) {
    List<String> said = new ArrayList<>();
    for (Trouble trouble : List.of(Trouble.CLUSTER_DELETED, Trouble.MATERIAL_DELETED)) {
      try (Clinic clinic = new Clinic()) {
        Doctor doctor = doctor(clinic, Map.of(method(missing), Tampered.denied()));
        said.addAll(doctor.examine(clinic.key).limitations());
        trouble.happenTo(clinic);
        for (String id : List.of(clinic.key, clinic.store)) {
          said.addAll(doctor.examine(id).limitations());
        }
        doctor.explain(clinic.key);
      }
    }
    assertThat(said).anyMatch(sentence -> sentence.contains("The permission " + missing.action()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"DISCONNECTED", "CHANGED_PASSWORD", "NETWORK_DOWN", "NO_HSMS"})
  void withoutCloudTrail_theCauseIsStillFound(Trouble trouble) {
    try (Clinic clinic = new Clinic()) {
      trouble.happenTo(clinic);

      Diagnosis diagnosis =
          doctor(clinic, Map.of("lookupEvents", Tampered.denied())).examine(clinic.store);

      assertThat(diagnosis.first().orElseThrow().condition()).isEqualTo(trouble.expected);
      assertThat(diagnosis.timeline()).isEmpty();
    }
  }

  @Test
  void noNetworkToAws_isASentence() {
    try (Clinic clinic = new Clinic()) {
      Tampered.Answer offline =
          (request, real) -> {
            throw SdkClientException.create("no route to host");
          };

      Diagnosis diagnosis =
          doctor(clinic, Map.of("describeCustomKeyStores", offline)).examine(clinic.store);

      assertThat(diagnosis.limitations())
          .singleElement()
          .asString()
          .contains("did not get an answer");
      assertThat(diagnosis.isHealthy()).as("nothing was seen").isFalse();
    }
  }

  private static Tampered.Answer store(UnaryOperator<CustomKeyStoresListEntry.Builder> change) {
    return (request, real) -> {
      DescribeCustomKeyStoresResponse answer = (DescribeCustomKeyStoresResponse) real.get();
      return answer.toBuilder()
          .customKeyStores(
              answer.customKeyStores().stream()
                  .map(entry -> change.apply(entry.toBuilder()).build())
                  .toList())
          .build();
    };
  }

  private static Finding first(Clinic clinic, Map<String, Tampered.Answer> answers) {
    return doctor(clinic, answers).examine(clinic.key).first().orElseThrow();
  }

  @Test
  void connectionState_ofTheFuture_isReported() {
    try (Clinic clinic = new Clinic()) {
      Finding first =
          first(
              clinic,
              Map.of("describeCustomKeyStores", store(entry -> entry.connectionState("DREAMING"))));

      assertThat(first.condition()).isEqualTo(Condition.UNKNOWN_CONNECTION_STATE);
      assertThat(first.symptom()).contains("DREAMING");
    }
  }

  @Test
  void errorCode_ofTheFuture_isReported() {
    try (Clinic clinic = new Clinic()) {
      Finding first =
          first(
              clinic,
              Map.of(
                  "describeCustomKeyStores",
                  store(
                      entry ->
                          entry.connectionState("FAILED").connectionErrorCode("HSM_ON_HOLIDAY"))));

      assertThat(first.condition()).isEqualTo(Condition.UNKNOWN_ERROR_CODE);
      assertThat(first.symptom()).contains("HSM_ON_HOLIDAY");
    }
  }

  @Test
  void keyState_ofTheFuture_isReported() {
    try (Clinic clinic = new Clinic()) {
      Tampered.Answer pondering =
          (request, real) -> {
            DescribeKeyResponse answer = (DescribeKeyResponse) real.get();
            return answer.toBuilder()
                .keyMetadata(answer.keyMetadata().toBuilder().keyState("Pondering").build())
                .build();
          };

      Finding first = first(clinic, Map.of("describeKey", pondering));

      assertThat(first.condition()).isEqualTo(Condition.UNKNOWN_KEY_STATE);
      assertThat(first.symptom()).contains("Pondering");
    }
  }

  @Test
  void externalKeyStore_isRecognised() {
    try (Clinic clinic = new Clinic()) {
      Finding first =
          first(
              clinic,
              Map.of(
                  "describeCustomKeyStores",
                  store(
                      entry ->
                          entry
                              .customKeyStoreType("EXTERNAL_KEY_STORE")
                              .connectionState("FAILED")
                              .connectionErrorCode("XKS_PROXY_TIMED_OUT"))));

      assertThat(first.condition()).isEqualTo(Condition.EXTERNAL_KEY_STORE);
      assertThat(first.cause()).contains("250 ms");
    }
  }
}
