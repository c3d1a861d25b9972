package dev.cks.aws.inprocess;

import java.util.Optional;
import java.util.ServiceLoader;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpService;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * What the AWS SDK loads in place of its default asynchronous HTTP client during a {@link
 * Takeover}; public only for that. The SDK never asks again which one to load, so afterwards it
 * hands out whatever the class path offers.
 */
public final class InProcessAsyncHttpService implements SdkAsyncHttpService {
  private static volatile boolean chosen;

  /** For the SDK. */
  public InProcessAsyncHttpService() {
    chosen();
  }

  private static void chosen() {
    chosen = true;
  }

  static boolean isChosen() {
    return chosen;
  }

  @Override
  public SdkAsyncHttpClient.Builder<?> createAsyncHttpClientFactory() {
    return Takeover.active()
        .<SdkAsyncHttpClient.Builder<?>>map(Ours::new)
        .orElseGet(InProcessAsyncHttpService::ofTheClassPath);
  }

  private static SdkAsyncHttpClient.Builder<?> ofTheClassPath() {
    Optional<SdkAsyncHttpService> other = ServiceLoader.load(SdkAsyncHttpService.class).findFirst();
    return other
        .orElseThrow(
            () ->
                SdkClientException.create(
                    "No asynchronous HTTP client is on the class path, and no takeover is active."))
        .createAsyncHttpClientFactory();
  }

  private record Ours(InProcessAws aws) implements SdkAsyncHttpClient.Builder<Ours> {

    @Override
    public SdkAsyncHttpClient buildWithDefaults(AttributeMap defaults) {
      return aws.asyncHttpClient();
    }
  }
}
