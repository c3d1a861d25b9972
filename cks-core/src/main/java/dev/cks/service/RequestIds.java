package dev.cks.service;

import dev.cks.domain.key.KeyId;
import dev.cks.spi.RandomSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Request ids: UUIDs whose first half is drawn once and whose second half is a counter, mixed so
 * that ids look as they do on AWS. No draw per call, and no two ids alike.
 */
final class RequestIds {
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

  private final long high;
  private final AtomicLong counter;

  RequestIds(RandomSource random) {
    KeyId drawn = Uuids.nextKeyId(random);
    this.high = drawn.high();
    this.counter = new AtomicLong(drawn.low());
  }

  /** The next id as a number, for whoever may never need the text. */
  long nextNumber() {
    return counter.getAndIncrement();
  }

  /** The id with this number. */
  String text(long number) {
    // an odd factor permutes the counter's values, also modulo 2^62
    long mixed = ((number * ODD) & VARIANT_MASK) | VARIANT;
    return new UUID(high, mixed).toString();
  }
}
