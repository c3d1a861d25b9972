package dev.cks.local;

import dev.cks.aws.service.RequestShapes;
import dev.cks.aws.service.SdkAnswers;
import dev.cks.domain.key.AccountRegion;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailServiceClientConfiguration;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidEventCategoryException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidLookupAttributesException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidMaxResultsException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidTimeRangeException;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;

/**
 * AWS CloudTrail's event history as code knows it: LookupEvents over the trail of a simulated
 * account. It records no call of its own. Its other operations are the interface's defaults, which
 * {@link UnknownOperations} stands before. Thread-safe; nothing to close.
 */
final class SimulatedCloudTrailClient implements CloudTrailClient {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedCloudTrailClient.class);
  private static final int CALLERS_FAULT = 400;
  private static final int SERVICES_FAULT = 500;
  private static final RequestShapes SHAPES =
      RequestShapes.of(
          Objects.requireNonNull(
              SimulatedCloudTrailClient.class.getResource("cloudtrail-constraints.tsv")));

  private final TrailLookup lookup;
  private final TrailEnvelope envelope;
  private final String region;
  private final Supplier<String> requestIds;
  private final InstantSource clock;

  SimulatedCloudTrailClient(
      TrailLookup lookup, AccountRegion scope, Supplier<String> requestIds, InstantSource clock) {
    this.lookup = lookup;
    this.envelope = new TrailEnvelope(scope);
    this.region = scope.region();
    this.requestIds = requestIds;
    this.clock = clock;
  }

  /** The client that also refuses what it does not have as the service does. */
  CloudTrailClient refusingOthers() {
    return UnknownOperations.refused(
        CloudTrailClient.class,
        this,
        () -> exception("UnknownOperationException", CALLERS_FAULT, null, requestIds.get()));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The Region, and nothing else that could be configured: there is no transport. */
  @Override
  public CloudTrailServiceClientConfiguration serviceClientConfiguration() {
    return CloudTrailServiceClientConfiguration.builder()
        .region(Region.of(region))
        .overrideConfiguration(ClientOverrideConfiguration.builder().build())
        .build();
  }

  /** Does nothing: the trail belongs to whoever made it. */
  @Override
  public void close() {}

  @Override
  public LookupEventsResponse lookupEvents(LookupEventsRequest request) {
    Objects.requireNonNull(request, "request");
    String requestId = requestIds.get();
    try {
      return SdkAnswers.describe(answer(request), requestId).build();
    } catch (TrailLookup.Refused e) {
      throw exception(e.code(), CALLERS_FAULT, e.getMessage(), requestId);
    } catch (RuntimeException e) {
      LOG.error("request {} failed for a reason that is a bug", requestId, e);
      throw exception("InternalFailure", SERVICES_FAULT, null, requestId);
    }
  }

  private LookupEventsResponse.Builder answer(LookupEventsRequest request) {
    SHAPES
        .check(request)
        .ifPresent(
            broken -> {
              throw new TrailLookup.Refused(codeFor(broken.firstMember()), broken.message());
            });
    TrailLookup.Found found = lookup.find(request, clock.instant());
    return LookupEventsResponse.builder()
        .events(found.events().stream().map(envelope::toSdk).toList())
        .nextToken(found.nextToken());
  }

  /** CloudTrail has an error for each parameter. */
  private static String codeFor(String member) {
    if (member.equals("maxResults")) {
      return "InvalidMaxResultsException";
    }
    return member.equals("eventCategory")
        ? "InvalidEventCategoryException"
        : "InvalidLookupAttributesException";
  }

  private static AwsServiceException exception(
      String code, int status, @Nullable String message, String requestId) {
    return SdkAnswers.exception(
        builder(code), new SdkAnswers.Refusal("CloudTrail", code, status, message), requestId);
  }

  private static CloudTrailException.Builder builder(String code) {
    return switch (code) {
      case "InvalidEventCategoryException" -> InvalidEventCategoryException.builder();
      case "InvalidLookupAttributesException" -> InvalidLookupAttributesException.builder();
      case "InvalidMaxResultsException" -> InvalidMaxResultsException.builder();
      case "InvalidNextTokenException" -> InvalidNextTokenException.builder();
      case "InvalidTimeRangeException" -> InvalidTimeRangeException.builder();
      default -> CloudTrailException.builder();
    };
  }
}
