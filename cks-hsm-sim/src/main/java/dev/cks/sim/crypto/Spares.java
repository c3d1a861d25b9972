package dev.cks.sim.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The idle spare ciphers of a cluster. Where far more keys take turns than there can be contexts, a
 * context would be made and thrown away for each message; a spare is keyed anew, and is still in
 * the processor's caches. Thread-safe without a lock.
 */
final class Spares {
  private final AtomicReferenceArray<Spare> places = Stripes.array();

  /** How many are kept at most. */
  static int most() {
    return Stripes.COUNT;
  }

  /** One that is now the caller's alone. */
  Spare take() throws GeneralSecurityException {
    int home = Stripes.home();
    for (int i = 0; i < Stripes.COUNT; i++) {
      int place = Stripes.at(home + i);
      Spare spare = places.get(place) == null ? null : places.getAndSet(place, null);
      if (spare != null) {
        return spare;
      }
    }
    return new Spare();
  }

  /** Keeps one for the next message, if there is room. */
  void give(Spare spare) {
    int home = Stripes.home();
    for (int i = 0; i < Stripes.COUNT; i++) {
      int place = Stripes.at(home + i);
      if (places.get(place) == null && places.compareAndSet(place, null, spare)) {
        return;
      }
    }
  }

  /** Lets those go that know a message key of this key; those in use are their users' to drop. */
  void forget(XaesKey key) {
    for (int i = 0; i < Stripes.COUNT; i++) {
      Spare spare = places.get(Stripes.at(i));
      if (spare != null && spare.last() == key) {
        places.compareAndSet(Stripes.at(i), spare, null);
      }
    }
  }

  int size() {
    int size = 0;
    for (int i = 0; i < Stripes.COUNT; i++) {
      size += places.get(Stripes.at(i)) == null ? 0 : 1;
    }
    return size;
  }
}
