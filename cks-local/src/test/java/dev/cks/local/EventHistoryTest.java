package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.local.internal.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.InvalidEventCategoryException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidLookupAttributesException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidMaxResultsException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidTimeRangeException;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.Tag;

/** LookupEvents, and the JSON that each event carries. */
class EventHistoryTest {
  private final SimulatedAws aws = SimulatedAws.create();
  private final CloudTrailClient cloudTrail = aws.cloudTrail();

  @AfterEach
  void close() {
    aws.close();
  }

  private List<Event> with(LookupAttributeKey key, String value) {
    return cloudTrail.lookupEvents(r -> r.lookupAttributes(attribute(key, value))).events();
  }

  private static LookupAttribute attribute(LookupAttributeKey key, String value) {
    return LookupAttribute.builder().attributeKey(key).attributeValue(value).build();
  }

  private String createKeyInStore() {
    return aws.kms()
        .createKey(r -> r.origin(OriginType.AWS_CLOUDHSM).customKeyStoreId(aws.keyStoreId()))
        .keyMetadata()
        .arn();
  }

  private static Map<String, Object> json(String text) {
    return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theNewestEventComesFirstAndBothServicesAreInOneTrail() {
    createKeyInStore();
    aws.cloudHsmV2().describeClusters();
    assertThat(cloudTrail.lookupEvents(r -> {}).events())
        .extracting(Event::eventName)
        .containsExactly(
            "DescribeClusters", "CreateKey", "ConnectCustomKeyStore", "CreateCustomKeyStore");
    assertThat(with(LookupAttributeKey.EVENT_SOURCE, "cloudhsm.amazonaws.com")).hasSize(1);
    assertThat(with(LookupAttributeKey.EVENT_SOURCE, "kms.amazonaws.com")).hasSize(3);
  }

  @Test
  void eachAttributeSelects() {
    String arn = createKeyInStore();
    aws.kms().describeKey(r -> r.keyId(arn));
    Event created = with(LookupAttributeKey.EVENT_NAME, "CreateKey").get(0);
    assertThat(with(LookupAttributeKey.EVENT_ID, created.eventId())).containsExactly(created);
    assertThat(with(LookupAttributeKey.RESOURCE_NAME, arn)).hasSize(2);
    assertThat(with(LookupAttributeKey.RESOURCE_NAME, arn.substring(arn.indexOf('/') + 1)))
        .hasSize(2);
    assertThat(with(LookupAttributeKey.RESOURCE_TYPE, "AWS::KMS::Key")).hasSize(2);
    assertThat(with(LookupAttributeKey.READ_ONLY, "true")).hasSize(1);
    assertThat(with(LookupAttributeKey.READ_ONLY, "false")).hasSize(3);
    assertThat(with(LookupAttributeKey.USERNAME, "root")).hasSize(4);
    assertThat(with(LookupAttributeKey.USERNAME, "Alice")).isEmpty();
    assertThat(with(LookupAttributeKey.ACCESS_KEY_ID, "AKIAIOSFODNN7EXAMPLE")).hasSize(4);
    assertThat(with(LookupAttributeKey.ACCESS_KEY_ID, "AKIAI44QH8DHBEXAMPLE")).isEmpty();
  }

  @Test
  void theTimeRangeIncludesItsEnds() {
    Instant before = aws.clock().now();
    aws.clock().advance(Duration.ofHours(1));
    createKeyInStore();
    Instant created = aws.clock().now();
    assertThat(cloudTrail.lookupEvents(r -> r.startTime(created).endTime(created)).events())
        .extracting(Event::eventName)
        .containsExactly("CreateKey");
    assertThat(cloudTrail.lookupEvents(r -> r.endTime(before)).events()).hasSize(2);
  }

  @Test
  void eventsAreShownForNinetyDays() {
    aws.clock().advance(Duration.ofDays(89));
    assertThat(cloudTrail.lookupEvents(r -> {}).events()).hasSize(2);
    aws.clock().advance(Duration.ofDays(2));
    assertThat(cloudTrail.lookupEvents(r -> {}).events()).isEmpty();
  }

  @Test
  void pagesJoinUpAlthoughEventsArrive() {
    for (int i = 0; i < 5; i++) {
      aws.kms().listKeys();
    }
    LookupEventsResponse first = cloudTrail.lookupEvents(r -> r.maxResults(3));
    aws.kms().listAliases();
    LookupEventsResponse second =
        cloudTrail.lookupEvents(r -> r.maxResults(50).nextToken(first.nextToken()));
    assertThat(first.events()).extracting(Event::eventName).containsOnly("ListKeys");
    assertThat(second.events())
        .extracting(Event::eventName)
        .containsExactly("ListKeys", "ListKeys", "ConnectCustomKeyStore", "CreateCustomKeyStore");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void thePaginatorSeesEveryEventOnce() {
    for (int i = 0; i < 60; i++) {
      aws.kms().listKeys();
    }
    assertThat(cloudTrail.lookupEventsPaginator(r -> r.maxResults(7)).events().stream())
        .extracting(Event::eventId)
        .hasSize(62)
        .doesNotHaveDuplicates();
  }

  @Test
  void aTokenOfAnotherQuestionIsRefused() {
    aws.kms().listKeys();
    String token = cloudTrail.lookupEvents(r -> r.maxResults(1)).nextToken();
    assertThatThrownBy(
            () ->
                cloudTrail.lookupEvents(
                    r ->
                        r.nextToken(token)
                            .lookupAttributes(attribute(LookupAttributeKey.READ_ONLY, "true"))))
        .isInstanceOf(InvalidNextTokenException.class);
    assertThatThrownBy(() -> cloudTrail.lookupEvents(r -> r.nextToken("%")))
        .isInstanceOf(InvalidNextTokenException.class);
  }

  @ParameterizedTest
  @CsvSource({"0", "51", "-1"})
  void aPageHasOneToFiftyEvents(int size) {
    assertThatThrownBy(() -> cloudTrail.lookupEvents(r -> r.maxResults(size)))
        .isInstanceOfSatisfying(
            InvalidMaxResultsException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorMessage())
                  .startsWith("1 validation error detected: Value '" + size + "' at 'maxResults'");
            });
  }

  @Test
  void whatDoesNotMakeAQuestionIsRefused() {
    LookupAttribute attribute = attribute(LookupAttributeKey.READ_ONLY, "maybe");
    assertThatThrownBy(() -> cloudTrail.lookupEvents(r -> r.lookupAttributes(attribute)))
        .isInstanceOf(InvalidLookupAttributesException.class);
    assertThatThrownBy(() -> cloudTrail.lookupEvents(r -> r.lookupAttributes(attribute, attribute)))
        .isInstanceOf(InvalidLookupAttributesException.class);
    assertThatThrownBy(
            () ->
                cloudTrail.lookupEvents(
                    r ->
                        r.lookupAttributes(
                            LookupAttribute.builder()
                                .attributeKey("Colour")
                                .attributeValue("red")
                                .build())))
        .isInstanceOf(InvalidLookupAttributesException.class);
    assertThatThrownBy(
            () ->
                cloudTrail.lookupEvents(r -> r.lookupAttributes(LookupAttribute.builder().build())))
        .isInstanceOf(InvalidLookupAttributesException.class);
    assertThatThrownBy(() -> cloudTrail.lookupEvents(r -> r.eventCategory("outsight")))
        .isInstanceOf(InvalidEventCategoryException.class);
    assertThatThrownBy(
            () ->
                cloudTrail.lookupEvents(
                    r -> r.startTime(Instant.EPOCH.plusSeconds(1)).endTime(Instant.EPOCH)))
        .isInstanceOf(InvalidTimeRangeException.class);
    assertThat(cloudTrail.lookupEvents(r -> r.eventCategory("insight")).events()).isEmpty();
  }

  @Test
  void aQuestionAboutInsightEventsIsCheckedTheSame() {
    LookupAttribute attribute = attribute(LookupAttributeKey.EVENT_NAME, "Encrypt");
    assertThatThrownBy(
            () ->
                cloudTrail.lookupEvents(
                    r -> r.eventCategory("insight").lookupAttributes(attribute, attribute)))
        .isInstanceOf(InvalidLookupAttributesException.class);
    assertThatThrownBy(
            () ->
                cloudTrail.lookupEvents(
                    r ->
                        r.eventCategory("insight")
                            .startTime(Instant.EPOCH.plusSeconds(1))
                            .endTime(Instant.EPOCH)))
        .isInstanceOf(InvalidTimeRangeException.class);
    aws.kms().listKeys();
    String token = cloudTrail.lookupEvents(r -> r.maxResults(1)).nextToken();
    assertThatThrownBy(
            () -> cloudTrail.lookupEvents(r -> r.eventCategory("insight").nextToken(token)))
        .isInstanceOf(InvalidNextTokenException.class);
  }

  @Test
  void theEnvelopeIsCloudTrails() {
    String arn = createKeyInStore();
    aws.kms()
        .tagResource(
            r -> r.keyId(arn).tags(Tag.builder().tagKey("a").tagValue("\"b\"\n\\").build()));
    Map<String, Object> event =
        json(with(LookupAttributeKey.EVENT_NAME, "CreateKey").get(0).cloudTrailEvent());
    assertThat(event.keySet())
        .containsSubsequence(
            "eventVersion",
            "userIdentity",
            "eventTime",
            "eventSource",
            "eventName",
            "awsRegion",
            "sourceIPAddress",
            "userAgent",
            "requestParameters",
            "responseElements",
            "additionalEventData",
            "requestID",
            "eventID",
            "readOnly",
            "resources",
            "eventType",
            "managementEvent",
            "recipientAccountId",
            "eventCategory");
    assertThat(event)
        .containsEntry("eventVersion", "1.08")
        .containsEntry("eventSource", "kms.amazonaws.com")
        .containsEntry("awsRegion", "us-east-1")
        .containsEntry("eventTime", "2026-01-01T00:00:00Z")
        .containsEntry("eventType", "AwsApiCall")
        .containsEntry("readOnly", false)
        .containsEntry("managementEvent", true)
        .containsEntry("eventCategory", "Management")
        .containsEntry(
            "userIdentity",
            Map.of(
                "type", "Root",
                "principalId", "111122223333",
                "arn", "arn:aws:iam::111122223333:root",
                "accountId", "111122223333",
                "accessKeyId", "AKIAIOSFODNN7EXAMPLE"))
        .containsEntry(
            "resources",
            List.of(Map.of("accountId", "111122223333", "type", "AWS::KMS::Key", "ARN", arn)));
    Object backingKey = ((Map<?, ?>) event.get("additionalEventData")).get("backingKey");
    assertThat(json((String) backingKey)).containsOnlyKeys("keyHandle", "backingKeyId");
    assertThat(json(with(LookupAttributeKey.EVENT_NAME, "TagResource").get(0).cloudTrailEvent()))
        .extractingByKey("requestParameters")
        .hasToString("{keyId=" + arn + ", tags=[{tagKey=a, tagValue=\"b\"\n\\}]}");
  }

  @Test
  void aRefusalHasItsErrorAndNoAnswer() {
    assertThatThrownBy(() -> aws.kms().describeKey(r -> r.keyId("alias/none")));
    Event event = with(LookupAttributeKey.EVENT_NAME, "DescribeKey").get(0);
    assertThat(event.cloudTrailEvent()).contains("\"responseElements\":null");
    assertThat(json(event.cloudTrailEvent()))
        .containsEntry("errorCode", "NotFoundException")
        .containsKey("errorMessage")
        .doesNotContainKey("resources");
  }

  @Test
  void theDeletionOfAKeyIsTheServicesOwnEvent() {
    String arn = createKeyInStore();
    aws.kms().scheduleKeyDeletion(r -> r.keyId(arn).pendingWindowInDays(7));
    aws.clock().advance(Duration.ofDays(8));
    Event event = with(LookupAttributeKey.EVENT_NAME, "DeleteKey").get(0);
    assertThat(event.username()).isNull();
    assertThat(event.accessKeyId()).isNull();
    Map<String, Object> json = json(event.cloudTrailEvent());
    assertThat(json)
        .containsEntry("eventType", "AwsServiceEvent")
        .containsEntry("sourceIPAddress", "AWS Internal")
        .containsEntry("userAgent", "AWS Internal")
        .containsEntry(
            "userIdentity", Map.of("accountId", "111122223333", "invokedBy", "AWS Internal"))
        .doesNotContainKey("requestID");
    Map<?, ?> more = (Map<?, ?>) json.get("additionalEventData");
    assertThat((String) more.get("backingKeysDeletionStatus"))
        .startsWith("[{\"keyHandle\":\"")
        .endsWith("\"deletionStatus\":\"SUCCESS\"}]");
    assertThat((String) more.get("backingKeys")).startsWith("[{\"keyHandle\":\"");
  }

  @Test
  void everyOtherOperationIsUnknown() {
    assertThatThrownBy(() -> cloudTrail.createTrail(r -> r.name("t")))
        .isInstanceOfSatisfying(
            CloudTrailException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.requestId()).isNotNull();
            });
    assertThat(cloudTrail.serviceName()).isEqualTo("cloudtrail");
    assertThat(cloudTrail.serviceClientConfiguration().region().id()).isEqualTo("us-east-1");
    assertThat(cloudTrail).isEqualTo(aws.cloudTrail()).isNotEqualTo("cloudtrail");
  }
}
