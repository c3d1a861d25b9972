package dev.cks.sim.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The idle contexts of one key. There is one place, which is enough for most keys; once two threads
 * have met here there are more, far enough apart not to share a cache line, and a thread begins at
 * one of its own. Thread-safe without a lock.
 */
final class Slots<C extends Context> {
  private static final VarHandle FIRST;
  private static final VarHandle MORE;

  private static final int MANY = 8;

  /** In references: 128 bytes, since processors fetch lines in pairs. */
  private static final int APART = 32;

  // both through the handles above
  private volatile @Nullable Context first;
  private volatile @Nullable AtomicReferenceArray<@Nullable C> more;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      FIRST = lookup.findVarHandle(Slots.class, "first", Context.class);
      MORE = lookup.findVarHandle(Slots.class, "more", AtomicReferenceArray.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** An idle context that is now the caller's alone, or {@code null}. */
  @Nullable C take() {
    AtomicReferenceArray<@Nullable C> many = more;
    C found = many == null ? null : takeFrom(many);
    return found == null ? takeFirst() : found;
  }

  @SuppressWarnings("unchecked") // give() puts nothing else there
  private @Nullable C takeFirst() {
    return first == null ? null : (C) FIRST.getAndSet(this, (Context) null);
  }

  private @Nullable C takeFrom(AtomicReferenceArray<@Nullable C> many) {
    int home = home();
    for (int i = 0; i < MANY; i++) {
      int place = place(home + i);
      C context = many.get(place) == null ? null : many.getAndSet(place, null);
      if (context != null) {
        return context;
      }
    }
    return null;
  }

  /** Puts a context back; says whether there was room. */
  boolean give(C context) {
    AtomicReferenceArray<@Nullable C> many = more;
    if (many == null) {
      if (first == null && FIRST.compareAndSet(this, (Context) null, (Context) context)) {
        return true;
      }
      many = widen();
    }
    int home = home();
    for (int i = 0; i < MANY; i++) {
      int place = place(home + i);
      if (many.get(place) == null && many.compareAndSet(place, null, context)) {
        return true;
      }
    }
    return false;
  }

  private AtomicReferenceArray<@Nullable C> widen() {
    AtomicReferenceArray<@Nullable C> fresh = new AtomicReferenceArray<>((MANY + 1) * APART);
    MORE.compareAndSet(this, (AtomicReferenceArray<?>) null, fresh);
    AtomicReferenceArray<@Nullable C> many = more;
    return many == null ? fresh : many;
  }

  /** Takes this one out; says whether it was there. */
  boolean remove(Context context) {
    if (first == context && FIRST.compareAndSet(this, context, (Context) null)) {
      return true;
    }
    AtomicReferenceArray<@Nullable C> many = more;
    for (int i = 0; many != null && i < MANY; i++) {
      C found = many.get(place(i));
      if (found == context && many.compareAndSet(place(i), found, null)) {
        return true;
      }
    }
    return false;
  }

  private static int place(int index) {
    return (index % MANY + 1) * APART;
  }

  private static int home() {
    return (int) (Thread.currentThread().getId() % MANY);
  }
}
