package dev.cks.sim.crypto;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * All contexts of a cluster, at most so many: a new one takes the place of the oldest, which goes.
 * First in, first out is coarse, but costs the encrypt path nothing: the ring is touched only when
 * a context is made or ends. Thread-safe.
 */
final class ContextRing {
  private final AtomicReferenceArray<Context> places;
  private final AtomicLong next = new AtomicLong();

  ContextRing(int size) {
    places = new AtomicReferenceArray<>(size);
  }

  int length() {
    return places.length();
  }

  /** Whether a new context would push none out; a place further on may be free all the same. */
  boolean hasRoom() {
    return places.get((int) (next.get() % places.length())) == null;
  }

  void admit(Context context) {
    context.place = (int) (next.getAndIncrement() % places.length());
    Context oldest = places.getAndSet(context.place, context);
    if (oldest != null) {
      oldest.owner.retire(oldest);
    }
  }

  void remove(Context context) {
    places.compareAndSet(context.place, context, null);
  }

  int size() {
    int size = 0;
    for (int i = 0; i < places.length(); i++) {
      size += places.get(i) == null ? 0 : 1;
    }
    return size;
  }
}
