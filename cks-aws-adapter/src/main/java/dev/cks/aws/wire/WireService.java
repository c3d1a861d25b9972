package dev.cks.aws.wire;

import dev.cks.Kms;
import dev.cks.aws.service.CksKmsClient;
import dev.cks.service.Caller;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * One AWS service that can be reached over the wire: an implementation of the AWS SDK's client
 * interface, which then is the service. Thread-safe if that implementation is.
 */
public final class WireService {
  private final WireProtocol protocol;
  private final OperationTable operations;
  private final Function<WireCaller, ? extends SdkClient> clients;
  private final Function<byte[], Set<String>> keyStores;

  private WireService(
      WireProtocol protocol,
      Class<? extends SdkClient> api,
      Function<WireCaller, ? extends SdkClient> clients,
      Function<byte[], Set<String>> keyStores) {
    this.protocol = protocol;
    this.operations = new OperationTable(api);
    this.clients = clients;
    this.keyStores = keyStores;
  }

  /**
   * KMS, whose calls come from whoever the request says; from the account's root user if nobody.
   */
  public static WireService kms(Kms kms) {
    return kms(() -> kms);
  }

  /**
   * The same of a KMS that may be replaced by another one.
   *
   * @param current which one it is; asked at each request
   */
  public static WireService kms(Supplier<Kms> current) {
    return new WireService(
        WireProtocol.KMS,
        KmsClient.class,
        sender -> {
          Kms kms = current.get();
          Caller caller = sender.in(kms.scope());
          return new CksKmsClient(kms, () -> caller);
        },
        body -> UsedKeyStores.of(current.get(), body));
  }

  /**
   * A service that treats all callers alike.
   *
   * @param api the SDK's synchronous client interface, for example {@code CloudHsmV2Client.class};
   *     its operations are the service's, and those it leaves to their defaults are unknown ones
   * @param client answers the calls; its exceptions become the wire's errors
   */
  public static <C extends SdkClient> WireService of(
      WireProtocol protocol, Class<C> api, C client) {
    return perCaller(protocol, api, anyone -> client);
  }

  /**
   * A service that knows who calls.
   *
   * @param api as in {@link #of}
   * @param clients asked once for each request
   */
  public static <C extends SdkClient> WireService perCaller(
      WireProtocol protocol, Class<C> api, Function<WireCaller, ? extends C> clients) {
    return new WireService(protocol, api, clients, body -> Set.of());
  }

  /** How the service looks on the wire. */
  public WireProtocol protocol() {
    return protocol;
  }

  Set<String> keyStoresIn(byte[] body) {
    return keyStores.apply(body);
  }

  OperationTable operations() {
    return operations;
  }

  SdkClient clientFor(WireCaller caller) {
    return clients.apply(caller);
  }
}
