package dev.cks.service;

import dev.cks.domain.key.KeyId;
import dev.cks.spi.RandomSource;

/** UUIDs from the stream of ids: keys, events, requests. */
final class Uuids {
  private Uuids() {}

  static KeyId nextKeyId(RandomSource random) {
    byte[] bytes = new byte[16];
    random.fill(RandomSource.Stream.IDS, bytes);
    return KeyId.ofRandom(bytes);
  }

  static String next(RandomSource random) {
    return nextKeyId(random).toString();
  }
}
