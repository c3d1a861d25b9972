package dev.cks.sim.crypto;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The idle contexts of one key. A thread begins at a place of its own, so that threads rarely meet.
 * Thread-safe without a lock.
 */
final class Slots<C extends Context> {
  private static final int COUNT = 8;

  private final AtomicReferenceArray<@Nullable C> places = new AtomicReferenceArray<>(COUNT);

  /** An idle context that is now the caller's alone, or {@code null}. */
  @Nullable C take() {
    int home = home();
    for (int i = 0; i < COUNT; i++) {
      int place = (home + i) % COUNT;
      C context = places.get(place) == null ? null : places.getAndSet(place, null);
      if (context != null) {
        return context;
      }
    }
    return null;
  }

  /** Puts a context back; says whether there was room. */
  boolean give(C context) {
    int home = home();
    for (int i = 0; i < COUNT; i++) {
      int place = (home + i) % COUNT;
      if (places.get(place) == null && places.compareAndSet(place, null, context)) {
        return true;
      }
    }
    return false;
  }

  /** Takes this one out; says whether it was there. */
  boolean remove(Context context) {
    for (int i = 0; i < COUNT; i++) {
      C found = places.get(i);
      if (found == context && places.compareAndSet(i, found, null)) {
        return true;
      }
    }
    return false;
  }

  private static int home() {
    return (int) (Thread.currentThread().getId() % COUNT);
  }
}
