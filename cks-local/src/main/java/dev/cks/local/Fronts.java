package dev.cks.local;

import dev.cks.aws.http.Endpoint;
import dev.cks.aws.inprocess.InProcessAws;
import dev.cks.aws.inprocess.Takeover;
import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireProtocol;
import dev.cks.aws.wire.WireService;
import dev.cks.domain.key.AccountRegion;
import dev.cks.service.Caller;
import dev.cks.sim.api.CloudHsmV2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The ways into an account other than its direct KMS client, made when they are first asked for: a
 * test that needs none of them pays for none. Thread-safe.
 */
final class Fronts implements AutoCloseable {
  private final SimulatedAws aws;
  private final AccountRegion scope;
  private final List<AutoCloseable> open = new ArrayList<>();

  private @Nullable CloudHsmV2Client cloudHsmV2;
  private @Nullable CloudTrailClient cloudTrail;
  private @Nullable WireDispatcher dispatcher;
  private @Nullable InProcessAws inProcess;
  private @Nullable KmsClient kmsThroughSdk;
  private @Nullable KmsAsyncClient kmsAsync;

  Fronts(SimulatedAws aws, AccountRegion scope) {
    this.aws = aws;
    this.scope = scope;
  }

  private Caller rootCaller() {
    return aws.core().rootCaller();
  }

  private CloudHsmV2 cloudHsmApi() {
    return aws.cloudHsm().api();
  }

  synchronized CloudHsmV2Client cloudHsmV2() {
    if (cloudHsmV2 == null) {
      cloudHsmV2 =
          new SimulatedCloudHsmV2Client(this::cloudHsmApi, this::rootCaller, scope.region());
    }
    return cloudHsmV2;
  }

  synchronized CloudTrailClient cloudTrail() {
    if (cloudTrail == null) {
      cloudTrail = cloudTrail(() -> rootCaller().requestId());
    }
    return cloudTrail;
  }

  private CloudTrailClient cloudTrail(Supplier<String> requestIds) {
    return new SimulatedCloudTrailClient(
            new TrailLookup(aws.trail()), scope, requestIds, () -> aws.clock().now())
        .refusingOthers();
  }

  private WireDispatcher dispatcher() {
    if (dispatcher == null) {
      dispatcher =
          new WireDispatcher(
              List.of(WireService.kms(aws::core), cloudHsmService(), cloudTrailService()),
              () -> rootCaller().requestId());
    }
    return dispatcher;
  }

  private WireService cloudHsmService() {
    return WireService.perCaller(
        WireProtocol.CLOUD_HSM_V2,
        CloudHsmV2Client.class,
        sender -> {
          Caller caller = sender.in(scope);
          return new SimulatedCloudHsmV2Client(this::cloudHsmApi, () -> caller, scope.region());
        });
  }

  private WireService cloudTrailService() {
    return WireService.perCaller(
        WireProtocol.CLOUD_TRAIL, CloudTrailClient.class, sender -> cloudTrail(sender::requestId));
  }

  synchronized InProcessAws inProcess() {
    if (inProcess == null) {
      inProcess = InProcessAws.of(dispatcher(), Region.of(scope.region()));
    }
    return inProcess;
  }

  synchronized KmsClient kmsThroughSdk() {
    if (kmsThroughSdk == null) {
      kmsThroughSdk = closing(inProcess().configure(KmsClient.builder()).build());
    }
    return kmsThroughSdk;
  }

  synchronized KmsAsyncClient kmsAsync() {
    if (kmsAsync == null) {
      kmsAsync = closing(inProcess().configure(KmsAsyncClient.builder()).build());
    }
    return kmsAsync;
  }

  synchronized Takeover takeOver() {
    return closing(inProcess().takeOver());
  }

  synchronized Endpoint endpoint(UnaryOperator<Endpoint.Builder> plan) {
    try {
      return closing(plan.apply(Endpoint.builder(dispatcher(), scope.region())).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T extends AutoCloseable> T closing(T front) {
    open.add(front);
    return front;
  }

  /** Ends what was opened, the latest first. */
  @Override
  public void close() {
    List<AutoCloseable> closing;
    synchronized (this) {
      closing = new ArrayList<>(open);
      open.clear();
    }
    for (int i = closing.size() - 1; i >= 0; i--) {
      close(closing.get(i));
    }
  }

  private static void close(AutoCloseable front) {
    try {
      front.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("none of the fronts throws this", e);
    }
  }
}
