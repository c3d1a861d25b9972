package dev.cks.compat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** One bucket in memory: as much of Amazon S3 as the S3 Encryption Client asks for. */
final class MemoryS3 implements S3AsyncClient {
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();

  /** What S3 sees of an object. */
  record Stored(SdkBytes body, Map<String, String> metadata) {}

  /** What the Encryption Client wants beside the asynchronous client, and does not use here. */
  static final class Unused implements S3Client {
    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  /** An object as it is stored; null if there is none. */
  Stored stored(String key) {
    return objects.get(key);
  }

  @Override
  public CompletableFuture<PutObjectResponse> putObject(
      PutObjectRequest request, AsyncRequestBody body) {
    AsyncResponseTransformer<PutObjectResponse, ResponseBytes<PutObjectResponse>> collector =
        AsyncResponseTransformer.toBytes();
    CompletableFuture<ResponseBytes<PutObjectResponse>> whole = collector.prepare();
    collector.onResponse(PutObjectResponse.builder().eTag("\"1\"").build());
    collector.onStream(body);
    return whole.thenApply(
        all -> {
          objects.put(
              request.key(),
              new Stored(SdkBytes.fromByteArray(all.asByteArrayUnsafe()), request.metadata()));
          return all.response();
        });
  }

  @Override
  public <T> CompletableFuture<T> getObject(
      GetObjectRequest request, AsyncResponseTransformer<GetObjectResponse, T> transformer) {
    CompletableFuture<T> answer = transformer.prepare();
    Stored stored = objects.get(request.key());
    if (stored == null) {
      transformer.exceptionOccurred(NoSuchKeyException.builder().statusCode(404).build());
      return answer;
    }
    transformer.onResponse(
        GetObjectResponse.builder()
            .metadata(stored.metadata())
            .contentLength((long) stored.body().asByteArrayUnsafe().length)
            .build());
    transformer.onStream(AsyncRequestBody.fromBytes(stored.body().asByteArrayUnsafe()));
    return answer;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
