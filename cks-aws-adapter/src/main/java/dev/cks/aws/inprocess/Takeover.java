package dev.cks.aws.inprocess;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The time during which clients that others build without an HTTP client end here; see {@link
 * InProcessAws#takeOver()}. At most one at a time in a JVM. Thread-safe.
 */
public final class Takeover implements AutoCloseable {
  private static final AtomicReference<@Nullable Takeover> ACTIVE = new AtomicReference<>();

  private final InProcessAws aws;
  private final Map<String, Optional<String>> before = new HashMap<>();

  private Takeover(InProcessAws aws) {
    this.aws = aws;
  }

  /** Whoever has taken over, if anybody. */
  static Optional<InProcessAws> active() {
    return Optional.ofNullable(ACTIVE.get()).map(takeover -> takeover.aws);
  }

  static Takeover begin(InProcessAws aws) {
    Takeover takeover = new Takeover(aws);
    if (!ACTIVE.compareAndSet(null, takeover)) {
      throw new IllegalStateException(
          "Another takeover of the AWS SDK's default clients is not over: close it first.");
    }
    takeover.setProperties();
    if (!isEffective()) {
      takeover.close();
      throw new IllegalStateException(
          "The AWS SDK has already chosen its default HTTP client: take over before the first"
              + " client is built without an HTTP client of its own.");
    }
    return takeover;
  }

  private void setProperties() {
    set("software.amazon.awssdk.http.service.impl", InProcessHttpService.class.getName());
    set(
        "software.amazon.awssdk.http.async.service.impl",
        InProcessAsyncHttpService.class.getName());
    set("aws.region", aws.region().id());
    set("aws.accessKeyId", InProcessAws.CREDENTIALS.accessKeyId());
    set("aws.secretAccessKey", InProcessAws.CREDENTIALS.secretAccessKey());
    set("aws.sessionToken", null);
  }

  private void set(String property, @Nullable String value) {
    before.put(property, Optional.ofNullable(System.getProperty(property)));
    write(property, value);
  }

  private static void write(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  /** The SDK looks for its default HTTP client once; building clients shows what it found. */
  private static boolean isEffective() {
    try {
      if (!InProcessHttpService.isChosen()) {
        KmsClient.create().close();
      }
      if (!InProcessAsyncHttpService.isChosen()) {
        KmsAsyncClient.create().close();
      }
    } catch (SdkClientException e) {
      return false; // it looked before, and found none
    }
    return InProcessHttpService.isChosen() && InProcessAsyncHttpService.isChosen();
  }

  /** Restores the JVM's properties. A second call does nothing. */
  @Override
  public void close() {
    if (ACTIVE.get() == this) {
      before.forEach((property, value) -> write(property, value.orElse(null)));
      ACTIVE.compareAndSet(this, null);
    }
  }
}
