package dev.cks.service;

import dev.cks.spi.RandomSource;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The n-th draw fills everything with n, so that ids are told apart; later ones look random. */
final class CountedRandom implements RandomSource {
  private static final int BYTES = 256;

  private final AtomicInteger draws = new AtomicInteger();

  @Override
  public void fill(Stream stream, byte[] into) {
    int draw = draws.incrementAndGet();
    if (draw < BYTES) {
      Arrays.fill(into, (byte) draw);
    } else {
      new SplittableRandom(draw).nextBytes(into);
    }
  }
}
