package dev.cks.service;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were named by their ARN lately: most calls name a key as the one before did, and need
 * not read the ARN again. It only saves the reading: the catalog says whether the key is there.
 * Thread-safe.
 *
 * <p>Where a million keys take turns, none is found here, and looking must not cost anything: a
 * key's place and its mark are made of the name's end, and only what was named twice is kept.
 */
final class RecentKeys {
  private static final int PLACES = 4096;

  /** How many characters at a name's end are looked at. */
  private static final int END = 5;

  private final Catalog catalog;
  private final AtomicReferenceArray<@Nullable KeyEntry> places =
      new AtomicReferenceArray<>(PLACES);

  /** Of the name that asked for a place last. Read and written without order: only a hint. */
  private final byte[] marks = new byte[PLACES];

  RecentKeys(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The key with this ARN, if it was named lately. */
  @Nullable KeyEntry find(String name) {
    if (name.length() < END) {
      return null;
    }
    int place = placeOf(name);
    if (marks[place] != markOf(name)) {
      return null;
    }
    KeyEntry entry = places.getAcquire(place);
    return entry != null && entry.key().arn().equals(name) && isPresent(entry) ? entry : null;
  }

  @SuppressWarnings("ReferenceEquality") // this very entry: a key id never comes back
  private boolean isPresent(KeyEntry entry) {
    return catalog.key(entry.id()) == entry;
  }

  /** Notes that a key was named. */
  void keep(String name, KeyEntry entry) {
    if (name.length() < END) {
      return;
    }
    int place = placeOf(name);
    byte mark = markOf(name);
    if (marks[place] != mark) {
      marks[place] = mark;
    } else if (entry.key().arn().equals(name)) {
      places.setRelease(place, entry);
    }
  }

  /** By the last digits of the key id, which are random; hashing would read the whole ARN. */
  private static int placeOf(String name) {
    int last = name.length() - 1;
    return (name.charAt(last) * 31 * 31 + name.charAt(last - 1) * 31 + name.charAt(last - 2))
        & (PLACES - 1);
  }

  private static byte markOf(String name) {
    int last = name.length() - 1;
    return (byte) (name.charAt(last - 3) * 31 + name.charAt(last - 4));
  }
}
