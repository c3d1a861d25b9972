package dev.cks.aws.inprocess;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Puts a published body together. What goes beyond the limit is dropped: one byte too many is
 * enough to refuse a request.
 */
final class BodyCollector implements Subscriber<ByteBuffer> {
  private final int limit;
  private final Consumer<byte[]> onBody;
  private final Consumer<Throwable> onFailure;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;

  BodyCollector(int limit, Consumer<byte[]> onBody, Consumer<Throwable> onFailure) {
    this.limit = limit;
    this.onBody = onBody;
    this.onFailure = onFailure;
  }

  @Override
  public void onSubscribe(Subscription given) {
    if (subscription != null) {
      given.cancel();
      return;
    }
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer part) {
    byte[] taken = new byte[Math.min(part.remaining(), limit - bytes.size())];
    part.get(taken);
    bytes.writeBytes(taken);
  }

  @Override
  public void onError(Throwable error) {
    onFailure.accept(error);
  }

  @Override
  public void onComplete() {
    onBody.accept(bytes.toByteArray());
  }
}
