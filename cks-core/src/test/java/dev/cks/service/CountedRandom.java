package dev.cks.service;

import dev.cks.spi.RandomSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The n-th draw fills everything with n, so that ids are told apart; later ones look random. */
final class CountedRandom implements RandomSource {
  private static final int BYTES = 256;

  private final AtomicInteger draws = new AtomicInteger();
  private final Map<Stream, byte[]> latest = new EnumMap<>(Stream.class);

  /** The very array that was filled last from a stream: who got a secret wipes it. */
  byte[] latest(Stream stream) {
    return latest.get(stream);
  }

  @Override
  public void fill(Stream stream, byte[] into) {
    latest.put(stream, into);
    int draw = draws.incrementAndGet();
    if (draw < BYTES) {
      Arrays.fill(into, (byte) draw);
    } else {
      new SplittableRandom(draw).nextBytes(into);
    }
  }
}
