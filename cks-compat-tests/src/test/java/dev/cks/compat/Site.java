package dev.cks.compat;

import dev.cks.aws.http.Credentials;
import dev.cks.aws.http.Endpoint;
import dev.cks.aws.http.FrontFaults;
import dev.cks.aws.inprocess.InProcessAws;
import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireService;
import dev.cks.local.SimulatedAws;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * A simulated account with its doors, in process and on loopback, and what can go wrong in front of
 * them. {@link #kms} is the direct client: what happens behind the client under test.
 */
final class Site implements AutoCloseable {
  /** Whom requests to the endpoint come from. */
  static final Credentials ALICE = Credentials.example("arn:aws:iam::111122223333:user/Alice");

  final SimulatedAws aws;
  final KmsClient kms;
  final FrontFaults faults = new FrontFaults(1);
  final SeenCalls seen = new SeenCalls();
  private final InProcessAws inProcess;
  private Endpoint endpoint;

  private Site(SimulatedAws aws) {
    this.aws = aws;
    this.kms = aws.kms();
    WireDispatcher dispatcher =
        new WireDispatcher(
            List.of(WireService.kms(aws::core)), () -> aws.core().rootCaller().requestId());
    this.inProcess = InProcessAws.of(front(dispatcher), Region.of(region()));
  }

  static Site create() {
    return create(plan -> plan);
  }

  static Site create(UnaryOperator<SimulatedAws.Builder> plan) {
    return new Site(plan.apply(SimulatedAws.builder()).build());
  }

  private WireHandler front(WireHandler handler) {
    return seen.before(faults.before(handler));
  }

  InProcessAws inProcess() {
    return inProcess;
  }

  /** The SDK's generated client with its defaults, in process. */
  KmsClient generated() {
    return builder().build();
  }

  KmsClientBuilder builder() {
    return inProcess.configure(KmsClient.builder());
  }

  /** The endpoint, started when first asked for. */
  Endpoint endpoint() {
    if (endpoint == null) {
      endpoint =
          aws.endpoint(plan -> plan.credentials(ALICE).front(this::front).grace(Duration.ZERO));
    }
    return endpoint;
  }

  String region() {
    return aws.scope().region();
  }

  /** A new key in the key store; its ARN. */
  String customKey() {
    return kms.createKey(r -> r.customKeyStoreId(storeId()).origin(OriginType.AWS_CLOUDHSM))
        .keyMetadata()
        .arn();
  }

  /** A key store on a cluster of its own, never connected. */
  void anotherStore(String name) {
    SimulatedCluster cluster = aws.cloudHsm().cluster().create();
    kms.createCustomKeyStore(
        r ->
            r.customKeyStoreName(name)
                .cloudHsmClusterId(cluster.id())
                .trustAnchorCertificate(cluster.facts().trustAnchor())
                .keyStorePassword(ClusterBuilder.KMSUSER_PASSWORD));
  }

  String arnOf(String keyId) {
    return kms.describeKey(r -> r.keyId(keyId)).keyMetadata().arn();
  }

  String storeId() {
    return aws.keyStoreId();
  }

  ConnectionStateType connection() {
    return kms.describeCustomKeyStores(r -> r.customKeyStoreId(storeId()))
        .customKeyStores()
        .get(0)
        .connectionState();
  }

  void connect() {
    kms.connectCustomKeyStore(r -> r.customKeyStoreId(storeId()));
    if (connection() != ConnectionStateType.CONNECTED) {
      throw new AssertionError("is " + connection());
    }
  }

  void disconnect() {
    kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(storeId()));
  }

  static SdkBytes bytes(String text) {
    return SdkBytes.fromUtf8String(text);
  }

  @Override
  public void close() {
    aws.close();
  }
}
