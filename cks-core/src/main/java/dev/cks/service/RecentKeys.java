package dev.cks.service;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were named by their ARN lately: most calls name a key as the one before did, and need
 * not read the ARN again. It only saves the reading: the catalog says whether the key is there.
 * Thread-safe.
 */
final class RecentKeys {
  private static final int PLACES = 1024;

  private final Catalog catalog;
  private final AtomicReferenceArray<@Nullable KeyEntry> places =
      new AtomicReferenceArray<>(PLACES);

  RecentKeys(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The key with this ARN, if it was named lately. */
  @Nullable KeyEntry find(String name) {
    KeyEntry entry = places.getAcquire(placeOf(name));
    return entry != null && entry.key().arn().equals(name) && isPresent(entry) ? entry : null;
  }

  @SuppressWarnings("ReferenceEquality") // this very entry: a key id never comes back
  private boolean isPresent(KeyEntry entry) {
    return catalog.key(entry.key().id()) == entry;
  }

  /** Notes that a key was named. */
  void keep(String name, KeyEntry entry) {
    if (entry.key().arn().equals(name)) {
      places.setRelease(placeOf(name), entry);
    }
  }

  /** By the last digits of the key id, which are random; hashing would read the whole ARN. */
  private static int placeOf(String name) {
    int last = name.length() - 1;
    return last < 2
        ? 0
        : (name.charAt(last) * 31 * 31 + name.charAt(last - 1) * 31 + name.charAt(last - 2))
            & (PLACES - 1);
  }
}
