package dev.cks.local.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.aws.http.Credentials;
import dev.cks.aws.http.Endpoint;
import dev.cks.local.SimulatedAws;
import dev.cks.local.internal.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.kms.model.OriginType;

/** What operators do over HTTP. */
class OperatorRoutesTest {
  private final SimulatedAws aws = SimulatedAws.create();
  private final Endpoint endpoint =
      aws.endpoint(
          builder ->
              new OperatorRoutes(aws)
                  .onto(builder.credentials(Credentials.example(aws.scope().rootArn()))));
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String cluster = "clusters/" + aws.cluster().id();

  @AfterEach
  void close() {
    aws.close();
  }

  private record Said(int status, Map<String, Object> json) {
    Object get(String member) {
      return json.get(member);
    }
  }

  private Said send(URI uri, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve("/_cks/" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Said(answer.statusCode(), Json.readObject(answer.body()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Said get(String path) {
    return send(endpoint.uri(), "GET", path, "");
  }

  private Said post(String path, Map<String, ?> body) {
    return send(endpoint.uri(), "POST", path, Json.write(body));
  }

  private Said delete(String path) {
    return send(endpoint.uri(), "DELETE", path, "");
  }

  private String createKey() {
    return aws.kms()
        .createKey(r -> r.origin(OriginType.AWS_CLOUDHSM).customKeyStoreId(aws.keyStoreId()))
        .keyMetadata()
        .keyId();
  }

  private void encrypt(String keyId) {
    aws.kms().encrypt(r -> r.keyId(keyId).plaintext(SdkBytes.fromUtf8String("x")));
  }

  @Test
  void aClusterIsShownNodeByNode() {
    createKey();
    Said said = get(cluster);
    assertThat(said.status()).isEqualTo(200);
    List<?> hsms = (List<?>) said.get("hsms");
    assertThat(hsms).hasSize(3);
    Map<?, ?> hsm = (Map<?, ?>) hsms.get(0);
    assertThat((List<?>) hsm.get("keys")).hasSize(1);
    assertThat(hsm.get("users").toString()).contains("name=kmsuser", "loggedIn=true");
    assertThat(get("clusters").get("clusters").toString()).contains(aws.cluster().id());
  }

  @Test
  void aToolKeepsItsLoginInItsSession() {
    Said login =
        post(
            cluster + "/console",
            Map.of("tool", "cloudhsm_mgmt_util", "command", "loginHSM CO admin adminPswd01"));
    assertThat(login.get("output").toString()).contains("loginHSM success on server 0");
    String session = (String) login.get("session");
    Said users = post(cluster + "/console", Map.of("session", session, "command", "listUsers"));
    assertThat(users.get("output").toString()).contains("kmsuser");
    assertThat(delete("consoles/" + session).status()).isEqualTo(200);
    assertThat(
            post(cluster + "/console", Map.of("session", session, "command", "listUsers")).status())
        .isEqualTo(404);
  }

  @Test
  void eachToolSpeaksItsDialect() {
    assertThat(
            post(cluster + "/console", Map.of("tool", "cloudhsm-cli", "command", "user list"))
                .get("output")
                .toString())
        .contains("\"error_code\": 0");
    assertThat(
            post(
                    cluster + "/console",
                    Map.of(
                        "tool",
                        "key_mgmt_util",
                        "command",
                        "loginHSM -u CU -s kmsuser -p wrongPswd01"))
                .get("output")
                .toString())
        .contains("Cfm3LoginHSM returned")
        .doesNotContain("wrongPswd01");
  }

  @Test
  void aFaultPlanStrikesUntilItIsCleared() {
    String keyId = createKey();
    Said installed =
        post(
            cluster + "/faults",
            Map.of("plan", "beyond budget\nbefore each ENCRYPT: service error"));
    assertThat(installed.status()).isEqualTo(200);
    assertThatThrownBy(() -> encrypt(keyId)).isInstanceOf(KmsInternalException.class);
    assertThat((List<?>) get(cluster + "/faults").get("strikes")).isNotEmpty();
    assertThat(delete(cluster + "/faults").status()).isEqualTo(200);
    assertThatCode(() -> encrypt(keyId)).doesNotThrowAnyException();
  }

  @Test
  void aFrontFaultHitsTheNextRequest() {
    assertThat(
            post("front-faults", Map.of("operation", "ListKeys", "fault", "throttled", "times", 1))
                .status())
        .isEqualTo(200);
    assertThat(delete("front-faults").status()).isEqualTo(200);
    assertThat(post("front-faults", Map.of("fault", "tired")).status()).isEqualTo(400);
    assertThat(post("front-faults", Map.of("fault", "throttled", "times", 0)).status())
        .isEqualTo(400);
  }

  @Test
  void theClockMovesAndTheJournalGrows() {
    Object before = get("clock").get("now");
    assertThat(post("clock", Map.of("advance", "PT1H")).status()).isEqualTo(200);
    assertThat(get("clock").get("now")).isNotEqualTo(before);
    assertThat(post("clock", Map.of("advance", "-PT1H")).status()).isEqualTo(400);
    assertThat(post("clock", Map.of("advance", "P9999999D")).get("error").toString())
        .contains("3660 days");
    String beyondAllTime = "P" + "9".repeat(14) + "D";
    assertThat(post("clock", Map.of("advance", beyondAllTime)).status()).isEqualTo(400);
    assertThat(post("clock", Map.of("advance", "soon")).get("error").toString()).contains("soon");
    List<?> entries = (List<?>) get("journal").get("entries");
    assertThat(entries).isNotEmpty();
    assertThat((List<?>) get("journal?after=" + entries.size()).get("entries")).isEmpty();
    assertThat(get("journal?after=x").status()).isEqualTo(400);
    assertThat(get("journal?after=x").get("error")).isEqualTo("after is not a whole number: x");
  }

  @Test
  void aNewClusterIsReadyForAKeyStore() {
    Said made = post("clusters", Map.of("nodes", 2));
    aws.kms()
        .createCustomKeyStore(
            r ->
                r.customKeyStoreName("second")
                    .cloudHsmClusterId((String) made.get("clusterId"))
                    .trustAnchorCertificate((String) made.get("trustAnchorCertificate"))
                    .keyStorePassword("kmsPswd01"));
    assertThat(aws.kms().describeCustomKeyStores().customKeyStores()).hasSize(2);
    assertThat(post("clusters", Map.of("nodes", 29)).status()).isEqualTo(400);
    assertThat(post("clusters", Map.of("nodes", "two")).status()).isEqualTo(400);
  }

  @Test
  void resetBeginsAgain() {
    createKey();
    post(cluster + "/console", Map.of("tool", "cloudhsm_cli", "command", "user list"));
    assertThat(post("reset", Map.of()).status()).isEqualTo(200);
    assertThat(aws.kms().listKeys().keys()).isEmpty();
    assertThat(
            post(cluster + "/console", Map.of("session", "console-1", "command", "user list"))
                .status())
        .isEqualTo(404);
  }

  @Test
  void whatIsNotThereOrNotJsonIsAnsweredSo() {
    assertThat(get("nothing").status()).isEqualTo(404);
    assertThat(get("clusters/cluster-aaaaaaaaaaa").status()).isEqualTo(404);
    assertThat(send(endpoint.uri(), "POST", "clock", "{").get("error"))
        .isEqualTo("the text is not JSON");
    assertThat(send(endpoint.uri(), "POST", "clock", "[]").status()).isEqualTo(400);
    assertThat(post("clock", Map.of()).get("error")).isEqualTo("advance is missing");
  }

  @Test
  void withoutBeingPutThereTheyAreNotThere() {
    assertThat(send(aws.endpoint().uri(), "POST", "reset", "{}").status()).isEqualTo(400);
    assertThat(aws.trail().events()).isNotEmpty();
  }

  @Test
  void servingPrintsWhatToPaste() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Serve serve = Serve.start(0)) {
      serve.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
      assertThat(send(serve.uri(), "GET", "clusters", "").status()).isEqualTo(200);
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("export AWS_ENDPOINT_URL=" + serve.uri())
          .contains("export AWS_REGION=us-east-1")
          .contains("export AWS_ACCESS_KEY_ID=")
          .contains("export AWS_SECRET_ACCESS_KEY=");
    }
  }
}
