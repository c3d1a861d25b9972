package dev.cks.aws.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Answers requests that are not AWS's, under a path prefix of its own: see {@link
 * Endpoint.Builder#route}. Called on the endpoint's threads, several at once. What it throws is
 * logged and answered with status 500 and without details.
 *
 * <p>Requests are not signed. Those that a web page makes are refused before they come here, but a
 * browser does not always say so: let a GET change nothing.
 */
@FunctionalInterface
public interface Route {

  /** The answer to one request. */
  Answer answer(Call call);

  /**
   * What is asked.
   *
   * @param method the HTTP method
   * @param path the whole path, as sent
   * @param query as sent, without the question mark; empty if there is none
   * @param body as sent, at most as long as the endpoint allows
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on and never compared
  record Call(String method, String path, String query, byte[] body) {
    /** Without query and body, which may hold secrets. */
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * What is answered.
   *
   * @param status the HTTP status, 200 to 599
   * @param contentType the media type of the body
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on and never compared
  record Answer(int status, String contentType, byte[] body) {
    private static final int FIRST = 200;
    private static final int LAST = 599;

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the status is out of range or the media type has a line
     *     break
     */
    public Answer {
      if (status < FIRST || status > LAST) {
        throw new IllegalArgumentException("not the status of an answer: " + status);
      }
      if (contentType.chars().anyMatch(c -> c < ' ' || c >= 0x7f)) {
        throw new IllegalArgumentException("not a media type");
      }
    }

    /** JSON with status 200. */
    public static Answer json(String text) {
      return new Answer(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Plain text. */
    public static Answer text(int status, String text) {
      return new Answer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    Reply reply() {
      return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    /** Without the body, which may hold secrets. */
    @Override
    public String toString() {
      return status + " " + contentType;
    }
  }
}
