package dev.cks.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.aws.service.FakeCluster;
import dev.cks.aws.service.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmResourceNotFoundException;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersResponse;
import software.amazon.awssdk.services.kms.KmsClient;

/** What goes over the wire, byte by byte. */
class WireDispatcherTest {
  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final World world = World.ofSeed(7);
  private final WireDispatcher dispatcher = Wire.to(world);

  @AfterEach
  void close() {
    world.close();
  }

  private WireResponse call(String operation, String body) {
    return dispatcher.dispatch(Wire.post(Wire.KMS + operation, body));
  }

  private static void assertAnswer(WireResponse response, int status, String body) {
    assertThat(Wire.textOf(response)).isEqualTo(body);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.requestId()).matches(ID);
    assertThat(response.headers())
        .isEqualTo(
            Map.of(
                "x-amzn-RequestId",
                response.requestId(),
                "Content-Type",
                "application/x-amz-json-1.1"));
  }

  @Test
  void anAnswerIsAnObject() {
    assertAnswer(call("ListKeys", "{}"), 200, "{\"Keys\":[],\"Truncated\":false}");
  }

  @Test
  void noBodyIsAnEmptyRequest() {
    assertAnswer(call("ListKeys", ""), 200, "{\"Keys\":[],\"Truncated\":false}");
  }

  @Test
  void timesAreSecondsWithAFraction() {
    String storeId = world.createStore();
    String body = Wire.textOf(call("DescribeCustomKeyStores", "{}"));
    String seconds = body.replaceFirst(".*\"CreationDate\":([^,}]*).*", "$1");
    assertThat(body).startsWith("{\"CustomKeyStores\":[{\"CustomKeyStoreId\":\"" + storeId);
    assertThat(seconds).matches("\\d{10}\\.\\d{3}");
    long millis = world.describe(storeId).creationDate().toEpochMilli();
    assertThat(seconds.replace(".", "")).isEqualTo(Long.toString(millis));
  }

  @Test
  void anOperationWithoutOutputHasNoBody() {
    String keyId = world.client.createKey().keyMetadata().keyId();
    assertAnswer(call("DisableKey", "{\"KeyId\":\"" + keyId + "\"}"), 200, "");
  }

  @Test
  void anOperationOnAKeyStoreAnswersAnEmptyObject() {
    String storeId = world.createStore();
    assertAnswer(
        call("ConnectCustomKeyStore", "{\"CustomKeyStoreId\":\"" + storeId + "\"}"), 200, "{}");
  }

  @Test
  void bytesAreBase64() {
    String storeId = world.createConnectedStore();
    assertAnswer(
        call("GenerateRandom", "{\"NumberOfBytes\":3,\"CustomKeyStoreId\":\"" + storeId + "\"}"),
        200,
        "{\"Plaintext\":\"BAQE\"}");
  }

  @Test
  void anErrorHasATypeAndAMessage() {
    assertAnswer(
        call("DescribeKey", "{\"KeyId\":\"none\"}"),
        400,
        "{\"__type\":\"NotFoundException\",\"message\":\"Invalid keyId 'none'\"}");
  }

  @Test
  void anErrorMayHaveNoMessage() {
    world.createConnectedStore();
    assertAnswer(
        call("Decrypt", "{\"CiphertextBlob\":\"YWJj\"}"),
        400,
        "{\"__type\":\"InvalidCiphertextException\"}");
  }

  @Test
  void constraintsAreCheckedAllAtOnce() {
    assertAnswer(
        call("Encrypt", "{\"Plaintext\":\"\",\"EncryptionAlgorithm\":\"ROT13\"}"),
        400,
        "{\"__type\":\"ValidationException\",\"message\":\"3 validation errors detected: "
            + "Value null at 'keyId' failed to satisfy constraint: Member must not be null; "
            + "Value at 'plaintext' failed to satisfy constraint: "
            + "Member must have length greater than or equal to 1; "
            + "Value 'ROT13' at 'encryptionAlgorithm' failed to satisfy constraint: "
            + "Member must satisfy enum value set: "
            + "[SYMMETRIC_DEFAULT, RSAES_OAEP_SHA_1, RSAES_OAEP_SHA_256, SM2PKE]\"}");
  }

  @Test
  void unknownMembersAndNullsArePassedOver() {
    assertAnswer(
        call("ListKeys", "{\"New\":{\"a\":[{}]},\"Limit\":null,\"Marker\":null}"),
        200,
        "{\"Keys\":[],\"Truncated\":false}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DescribeKey             | {"KeyId":1}                       | NUMBER_VALUE can not be converted to a String
          DescribeKey             | {"KeyId":true}                    | TRUE_VALUE can not be converted to a String
          DescribeKey             | {"KeyId":{}}                      | Start of structure or map can not be converted to a String
          DescribeKey             | {"GrantTokens":"t"}               | STRING_VALUE found where a list was expected
          DescribeKey             | {"KeyId":"a","KeyId":"b"}         | The request body is not valid JSON
          DescribeKey             | {"KeyId":"a"}}                    | The request body is not valid JSON
          DescribeKey             | {"KeyId":"a"} {}                  | The request body goes on after its end
          DescribeKey             | {"KeyId":"a                       | The request body is not valid JSON
          DescribeKey             | {'KeyId':'a'}                     | The request body is not valid JSON
          DescribeKey             | /**/{}                            | The request body is not valid JSON
          DescribeKey             | []                                | Start of list found where a structure or map was expected
          DescribeKey             | null                              | NULL_VALUE found where a structure or map was expected
          DescribeKey             | "text"                            | STRING_VALUE found where a structure or map was expected
          ListKeys                | {"Limit":"1"}                     | STRING_VALUE can not be converted to an Integer
          ListKeys                | {"Limit":1.0}                     | NUMBER_VALUE can not be converted to an Integer
          ListKeys                | {"Limit":1e1}                     | NUMBER_VALUE can not be converted to an Integer
          ListKeys                | {"Limit":2147483648}              | NUMBER_VALUE can not be converted to an Integer
          ListKeys                | {"Limit":-99999999999999999999}   | NUMBER_VALUE can not be converted to an Integer
          ListKeys                | {"Limit":NaN}                     | The request body is not valid JSON
          Encrypt                 | {"DryRun":"true"}                 | STRING_VALUE can not be converted to a Boolean
          Encrypt                 | {"DryRun":1}                      | NUMBER_VALUE can not be converted to a Boolean
          Encrypt                 | {"EncryptionContext":[]}          | Start of list found where a structure or map was expected
          Encrypt                 | {"EncryptionContext":{"a":1}}     | NUMBER_VALUE can not be converted to a String
          Encrypt                 | {"EncryptionContext":{"a":"1","a":"1"}} | The request body is not valid JSON
          Encrypt                 | {"Plaintext":"a b"}               | A Blob is not valid base64
          Encrypt                 | {"Plaintext":"YW=="}x             | The request body is not valid JSON
          Encrypt                 | {"Plaintext":"_-_-"}              | A Blob is not valid base64
          Encrypt                 | {"Plaintext":1}                   | NUMBER_VALUE can not be converted to a Blob
          TagResource             | {"Tags":[[]]}                     | Start of list found where a structure or map was expected
          """)
  void aBodyOfTheWrongShapeIsNotRead(String operation, String body, String message) {
    assertAnswer(
        call(operation, body),
        400,
        "{\"__type\":\"SerializationException\",\"message\":\"" + message + "\"}");
  }

  @Test
  void aNullInAListIsForTheConstraints() {
    assertThat(Wire.textOf(call("TagResource", "{\"KeyId\":\"k\",\"Tags\":[null]}")))
        .contains("Value null at 'tags.1.member' failed to satisfy constraint");
  }

  @ParameterizedTest
  @CsvSource({"31, 200", "32, 400", "100000, 400"})
  void nestingHasALimit(int depth, int status) {
    String body = "{\"New\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    assertThat(call("ListKeys", body).status()).isEqualTo(status);
  }

  @Test
  void aBodyHasALimit() {
    String fits = "{}" + " ".repeat(WireDispatcher.BODY_LIMIT - 2);
    assertThat(call("ListKeys", fits).status()).isEqualTo(200);
    assertAnswer(
        call("ListKeys", fits + " "),
        400,
        "{\"__type\":\"SerializationException\",\"message\":\"The request body is larger than"
            + " 1048576 bytes\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "application/json", "application/x-amz-json-1.0", "text/plain"})
  void otherContentTypesAreRefused(String contentType) {
    WireResponse response =
        dispatcher.dispatch(
            new WireRequest(
                "POST", "/", Wire.headers(Wire.KMS + "ListKeys", contentType), new byte[0]));
    assertAnswer(
        response,
        400,
        "{\"__type\":\"SerializationException\",\"message\":\"The content type must be"
            + " application/x-amz-json-1.1\"}");
  }

  @Test
  void aContentTypeMayHaveParametersAndAnyCase() {
    WireRequest request =
        new WireRequest(
            "POST",
            "",
            Wire.headers(Wire.KMS + "ListKeys", "Application/X-Amz-Json-1.1; charset=utf-8"),
            new byte[0]);
    assertThat(dispatcher.dispatch(request).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "TrentService",
        "TrentService.",
        "TrentService.listKeys",
        "TrentService.Kms",
        "TrentService.ListKeysX",
        "TrentService.Listkeys",
        "trentservice.ListKeys",
        "TrentService.Create.Key",
        "TrentService.../../Key",
        "TrentService.KMS\u00e9",
        "DynamoDB_20120810.ListTables",
        "BaldrApiService.DescribeClusters"
      })
  void anythingElseIsAnUnknownOperation(String target) {
    WireResponse response = dispatcher.dispatch(Wire.post(target, "not even JSON"));
    assertThat(response.status()).isEqualTo(400);
    assertThat(Wire.textOf(response)).startsWith("{\"__type\":\"UnknownOperationException\"");
  }

  @Test
  void aRefusalSaysWhatIsAnswered() {
    assertAnswer(
        dispatcher.dispatch(Wire.post("DynamoDB_20120810.ListTables", "{}")),
        400,
        "{\"__type\":\"UnknownOperationException\",\"message\":\"cks answers POST / with an"
            + " X-Amz-Target of TrentService, and not POST / DynamoDB_20120810.ListTables\"}");
  }

  @Test
  void onlyUtf8IsText() {
    byte[] latin1 = "{\"KeyId\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16BE);
    for (byte[] body : List.of(latin1, utf16)) {
      assertAnswer(
          dispatcher.dispatch(Wire.post(Wire.KMS + "ListKeys", body)),
          400,
          "{\"__type\":\"SerializationException\",\"message\":\"The request body is not valid"
              + " JSON\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, /", "PUT, /", "POST, /keys", "post, /"})
  void onlyThePostToTheRootIsAnOperation(String method, String path) {
    WireRequest request =
        new WireRequest(
            method,
            path,
            Wire.headers(Wire.KMS + "ListKeys", WireDispatcher.CONTENT_TYPE),
            new byte[0]);
    assertThat(Wire.textOf(dispatcher.dispatch(request)))
        .startsWith("{\"__type\":\"UnknownOperationException\"");
  }

  @Test
  void anUnpairedSurrogateComesBackAsItWent() {
    assertAnswer(
        call("DescribeKey", "{\"KeyId\":\"\\ud800\"}"),
        400,
        "{\"__type\":\"NotFoundException\",\"message\":\"Invalid keyId '\\uD800'\"}");
  }

  @Test
  void cloudHsmWritesItsMessagesDifferently() {
    assertAnswer(
        cloudHsm().dispatch(Wire.post("BaldrApiService.DescribeClusters", "{}")),
        400,
        "{\"__type\":\"CloudHsmResourceNotFoundException\",\"Message\":\"gone\"}");
  }

  @Test
  void whatAServiceDoesNotOverrideIsUnknown() {
    assertThat(
            Wire.textOf(
                cloudHsm()
                    .dispatch(Wire.post("BaldrApiService.DeleteHsm", "{\"ClusterId\":\"c\"}"))))
        .startsWith("{\"__type\":\"UnknownOperationException\",\"Message\":");
  }

  @Test
  void aBugIsAnInternalFailureThatTellsNothing() {
    assertAnswer(
        cloudHsm().dispatch(Wire.post("BaldrApiService.DescribeClusters", "{\"MaxResults\":7}")),
        500,
        "{\"__type\":\"InternalFailure\"}");
  }

  /** A service whose exceptions carry nothing but a message. */
  private WireDispatcher cloudHsm() {
    CloudHsmV2Client client =
        new CloudHsmV2Client() {
          @Override
          public String serviceName() {
            return "cloudhsm";
          }

          @Override
          public DescribeClustersResponse describeClusters(DescribeClustersRequest request) {
            if (request.maxResults() != null) {
              throw new IllegalStateException("secret");
            }
            throw CloudHsmResourceNotFoundException.builder().message("gone").build();
          }

          @Override
          public void close() {}
        };
    return new WireDispatcher(
        List.of(WireService.of(WireProtocol.CLOUD_HSM_V2, CloudHsmV2Client.class, client)),
        () -> world.kms.rootCaller().requestId());
  }

  @Test
  void theServiceLearnsWhoCalls() {
    List<WireCaller> callers = new ArrayList<>();
    WireDispatcher curious =
        new WireDispatcher(
            List.of(
                WireService.perCaller(
                    WireProtocol.KMS,
                    KmsClient.class,
                    caller -> {
                      callers.add(caller);
                      return world.client;
                    })),
            () -> "the-id");
    WireRequest request =
        new WireRequest(
            "POST",
            "/",
            Map.of(
                "X-AMZ-TARGET", List.of(Wire.KMS + "ListKeys"),
                "Content-Type", List.of(WireDispatcher.CONTENT_TYPE),
                "User-Agent", List.of("aws-cli/2")),
            new byte[0]);
    curious.dispatch(request);
    curious.dispatch(request.from("arn:aws:iam::111122223333:user/a", "10.0.0.1"));
    assertThat(callers)
        .containsExactly(
            new WireCaller(null, "127.0.0.1", "aws-cli/2", "the-id"),
            new WireCaller("arn:aws:iam::111122223333:user/a", "10.0.0.1", "aws-cli/2", "the-id"));
  }

  @Test
  void aUserAgentIsKeptNoLongerThanCloudTrailKeepsIt() {
    WireRequest request =
        new WireRequest("POST", "/", Map.of("User-Agent", List.of("a".repeat(9_000))), new byte[0]);
    assertThat(request.caller("id").userAgent()).isEqualTo("a".repeat(1_024));
  }

  @Test
  void aFrontCanRefuseInTheServicesOwnWords() {
    WireRequest request = Wire.post(Wire.KMS + "ListKeys", "");
    assertThat(dispatcher.serviceFor(request).orElseThrow().protocol()).isSameAs(WireProtocol.KMS);
    assertAnswer(
        dispatcher.refuse(request, "MissingAuthenticationTokenException", null),
        400,
        "{\"__type\":\"MissingAuthenticationTokenException\"}");
  }

  @Test
  void noTwoServicesShareAPrefix() {
    List<WireService> twice = List.of(WireService.kms(world.kms), WireService.kms(world.kms));
    assertThatThrownBy(() -> new WireDispatcher(twice, () -> "id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two services for the target prefix TrentService");
  }

  @Test
  void neitherRequestsNorAnswersPrintTheirBodies() {
    WireRequest request = Wire.post(Wire.KMS + "CreateCustomKeyStore", FakeCluster.TRUST_ANCHOR);
    assertThat(request).hasToString("POST / (" + FakeCluster.TRUST_ANCHOR.length() + " bytes)");
    assertThat(dispatcher.dispatch(request).toString()).matches("400 " + ID + " \\(\\d+ bytes\\)");
  }
}
