package dev.cks.aws.inprocess;

import java.util.Optional;
import java.util.ServiceLoader;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * What the AWS SDK loads in place of its default HTTP client during a {@link Takeover}; public only
 * for that. The SDK never asks again which one to load, so afterwards it hands out whatever the
 * class path offers.
 */
public final class InProcessHttpService implements SdkHttpService {
  private static volatile boolean chosen;

  /** For the SDK. */
  public InProcessHttpService() {
    chosen();
  }

  private static void chosen() {
    chosen = true;
  }

  static boolean isChosen() {
    return chosen;
  }

  @Override
  public SdkHttpClient.Builder<?> createHttpClientBuilder() {
    return Takeover.active()
        .<SdkHttpClient.Builder<?>>map(Ours::new)
        .orElseGet(InProcessHttpService::ofTheClassPath);
  }

  private static SdkHttpClient.Builder<?> ofTheClassPath() {
    Optional<SdkHttpService> other = ServiceLoader.load(SdkHttpService.class).findFirst();
    return other
        .orElseThrow(
            () ->
                SdkClientException.create(
                    "No HTTP client is on the class path, and no takeover is active."))
        .createHttpClientBuilder();
  }

  private record Ours(InProcessAws aws) implements SdkHttpClient.Builder<Ours> {

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return aws.httpClient();
    }
  }
}
