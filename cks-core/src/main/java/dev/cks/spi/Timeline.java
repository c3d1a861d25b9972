package dev.cks.spi;

import java.time.Instant;

/**
 * The one source of time. Does not promise that time ticks between two reads, that it moves by
 * itself, or that due work runs punctually: only in order, and never inside a cryptographic call.
 * Implementations are thread-safe.
 */
public interface Timeline {

  /** The present instant; reading it moves nothing. */
  Instant now();

  /**
   * The instant of a control-plane call, asked for once at its beginning. A virtual timeline moves
   * on by one millisecond here, so that no two calls share an instant, and runs what became due.
   */
  default Instant next() {
    return now();
  }

  /**
   * Runs {@code work} once, at {@code due} or as soon after it as time passes; immediately due work
   * waits for the next step of time, it never runs inside this call.
   *
   * @param what for people: appears in journals
   */
  void at(Instant due, String what, Runnable work);
}
