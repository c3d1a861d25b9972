package dev.cks.aws.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Takes requests of AWS JSON 1.1 to the services that answer them: what every front that is not a
 * direct call has in common. It checks no signature. Whatever the bytes, the outcome is an answer
 * and never an exception. Thread-safe; the services are called on the calling thread.
 */
public final class WireDispatcher implements WireHandler {
  /** The largest body that is read, in bytes: 1 MiB. The largest request of AWS needs a quarter. */
  public static final int BODY_LIMIT = 1 << 20;

  /** The media type of requests and answers. */
  public static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private static final Logger LOG = LoggerFactory.getLogger(WireDispatcher.class);
  private static final byte[] NOTHING = new byte[0];
  private static final int LONGEST_ECHO = 128;

  private final Map<String, WireService> services = new HashMap<>();
  private final Supplier<String> requestIds;

  /** By target. Only what exists gets in here, so that there is an end to it. */
  private final ConcurrentMap<String, Destination> destinations = new ConcurrentHashMap<>();

  /** Where a request goes to. */
  private record Destination(WireService service, String name, Operation operation) {}

  /**
   * A dispatcher to some services of one account and Region.
   *
   * @param services at most one with the same target prefix
   * @param requestIds asked once for each request, for example {@code () ->
   *     kms.rootCaller().requestId()}
   * @throws IllegalArgumentException if two services have the same target prefix
   */
  public WireDispatcher(List<WireService> services, Supplier<String> requestIds) {
    this.requestIds = requestIds;
    for (WireService service : services) {
      String prefix = service.protocol().targetPrefix();
      if (this.services.put(prefix, service) != null) {
        throw new IllegalArgumentException("two services for the target prefix " + prefix);
      }
    }
  }

  /** The service that a request is for, whether or not it has the operation. */
  public Optional<WireService> serviceFor(WireRequest request) {
    String target = request.target();
    Destination known = destinations.get(target);
    return Optional.ofNullable(known != null ? known.service() : services.get(prefixOf(target)));
  }

  /**
   * The ids of the custom key stores that a cryptographic request works with: those of the keys it
   * names, by whatever name or ciphertext. Nothing is carried out.
   */
  public Set<String> keyStoresUsedBy(WireRequest request) {
    return serviceFor(request).map(service -> service.keyStoresIn(request.body())).orElse(Set.of());
  }

  @Override
  public WireResponse dispatch(WireRequest request) {
    String requestId = requestIds.get();
    try {
      return answer(request, requestId);
    } catch (RuntimeException e) {
      return failure(e, request, requestId);
    }
  }

  private WireResponse failure(RuntimeException thrown, WireRequest request, String requestId) {
    WireProtocol protocol = protocolFor(request);
    if (thrown instanceof WireFault fault) {
      return error(400, requestId, protocol, fault.code(), fault.text());
    }
    if (thrown instanceof AwsServiceException error) {
      return WireErrors.of(error, protocol, requestId);
    }
    if (thrown instanceof UnsupportedOperationException) {
      // what the SDK's interface does by default
      return error(400, requestId, protocol, "UnknownOperationException", notAnswered(request));
    }
    LOG.error("request {} failed for a reason that is a bug", requestId, thrown);
    return error(500, requestId, protocol, "InternalFailure", null);
  }

  /**
   * The answer to a request that is refused before any service sees it, with status 400.
   *
   * @param code the error's name on the wire, for example {@code
   *     MissingAuthenticationTokenException}
   * @param message what callers read
   */
  public WireResponse refuse(WireRequest request, String code, @Nullable String message) {
    return refuse(request, 400, code, message);
  }

  @Override
  public WireResponse refuse(
      WireRequest request, int status, String code, @Nullable String message) {
    return error(status, requestIds.get(), protocolFor(request), code, message);
  }

  private WireResponse answer(WireRequest request, String requestId) {
    Destination to = destinationOf(request);
    checkEnvelope(request);
    AwsResponse response =
        to.operation()
            .call(
                to.service().clientFor(request.caller(requestId)),
                to.operation().read(request.body()));
    return new WireResponse(200, idOf(response, requestId), bodyOf(response, to));
  }

  private Destination destinationOf(WireRequest request) {
    Destination known = destinations.get(request.target());
    return known != null ? known : findDestination(request);
  }

  private Destination findDestination(WireRequest request) {
    WireService service = serviceFor(request).orElseThrow(() -> unknown(request));
    String name = operationOf(request.target());
    Operation operation = service.operations().find(name).orElseThrow(() -> unknown(request));
    Destination found = new Destination(service, name, operation);
    destinations.put(request.target(), found);
    return found;
  }

  private void checkEnvelope(WireRequest request) {
    if (!isRoot(request)) {
      throw unknown(request);
    }
    String contentType = request.header("Content-Type").orElse("");
    if (!contentType.equals(CONTENT_TYPE) && !isAwsJson(contentType)) {
      throw WireFault.serialization("The content type must be " + CONTENT_TYPE);
    }
    if (request.body().length > BODY_LIMIT) {
      throw WireFault.serialization("The request body is larger than " + BODY_LIMIT + " bytes");
    }
  }

  private static boolean isRoot(WireRequest request) {
    return request.method().equals("POST")
        && (request.path().equals("/") || request.path().isEmpty());
  }

  private static boolean isAwsJson(String contentType) {
    int end = contentType.indexOf(';');
    String mediaType = end < 0 ? contentType : contentType.substring(0, end);
    return mediaType.strip().toLowerCase(Locale.ROOT).equals(CONTENT_TYPE);
  }

  private static String idOf(AwsResponse response, String drawnId) {
    // null unless the client that answered thought of it
    return response.responseMetadata() == null ? drawnId : response.responseMetadata().requestId();
  }

  private static byte[] bodyOf(AwsResponse response, Destination from) {
    SdkPojo pojo = response;
    boolean empty =
        pojo.sdkFields().isEmpty() && from.service().protocol().bodiless().test(from.name());
    return empty ? NOTHING : PojoWriter.write(pojo);
  }

  private WireProtocol protocolFor(WireRequest request) {
    return serviceFor(request).map(WireService::protocol).orElse(WireProtocol.KMS);
  }

  private static WireResponse error(
      int status, String requestId, WireProtocol protocol, String code, @Nullable String message) {
    return new WireResponse(status, requestId, WireErrors.body(protocol, code, message, null));
  }

  private WireFault unknown(WireRequest request) {
    return WireFault.unknownOperation(notAnswered(request));
  }

  private String notAnswered(WireRequest request) {
    String asked = request.method() + " " + request.path() + " " + request.target();
    return "cks answers POST / with an X-Amz-Target of "
        + String.join(", ", new TreeSet<>(services.keySet()))
        + ", and not "
        + (asked.length() > LONGEST_ECHO ? asked.substring(0, LONGEST_ECHO) : asked);
  }

  private static String prefixOf(String target) {
    return target.substring(0, Math.max(target.lastIndexOf('.'), 0));
  }

  private static String operationOf(String target) {
    return target.substring(target.lastIndexOf('.') + 1);
  }
}
