package dev.cks.aws.wire;

import org.jspecify.annotations.Nullable;

/**
 * Answers requests: the {@link WireDispatcher}, or one with something in front of it that may
 * answer instead. Thread-safe.
 */
public interface WireHandler {

  /**
   * The answer to a request.
   *
   * @throws java.io.UncheckedIOException if there is none because the connection breaks; the
   *     dispatcher itself always answers
   */
  WireResponse dispatch(WireRequest request);

  /**
   * The answer to a request that no service is to see.
   *
   * @param status the HTTP status, 400 to 599
   * @param code the error's name on the wire, for example {@code ThrottlingException}
   * @param message what callers read
   */
  WireResponse refuse(WireRequest request, int status, String code, @Nullable String message);
}
