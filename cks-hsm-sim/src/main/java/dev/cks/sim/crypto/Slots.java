package dev.cks.sim.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of one key. There is one place, which is enough for most keys; once two threads have
 * met here there are more, far enough apart not to share a cache line, and a thread begins at one
 * of its own. A context stays in its place until it ends. Thread-safe without a lock.
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

  /** An idle context that the caller holds from now on, or {@code null}. */
  @Nullable C take() {
    AtomicReferenceArray<@Nullable C> many = more;
    if (many == null) {
      return heldFirst();
    }
    int home = home();
    C found = held(many.get(place(home)));
    found = found == null ? heldFirst() : found;
    for (int i = 1; found == null && i < MANY; i++) {
      found = held(many.get(place(home + i)));
    }
    return found;
  }

  @SuppressWarnings("unchecked") // add() puts nothing else there
  private @Nullable C heldFirst() {
    return held((C) first);
  }

  private @Nullable C held(@Nullable C context) {
    return context != null && context.hold() ? context : null;
  }

  /** Whether there is a context, whoever holds it. */
  boolean isInUse() {
    return first != null || more != null;
  }

  /** Gives a context a place; says whether there was room. */
  boolean add(C context) {
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

  /** Does something with each context, whoever holds it. */
  void forEach(Consumer<Context> work) {
    Context present = first;
    if (present != null) {
      work.accept(present);
    }
    AtomicReferenceArray<@Nullable C> many = more;
    for (int i = 0; many != null && i < MANY; i++) {
      C context = many.get(place(i));
      if (context != null) {
        work.accept(context);
      }
    }
  }

  private AtomicReferenceArray<@Nullable C> widen() {
    AtomicReferenceArray<@Nullable C> fresh = new AtomicReferenceArray<>((MANY + 1) * APART);
    MORE.compareAndSet(this, (AtomicReferenceArray<?>) null, fresh);
    AtomicReferenceArray<@Nullable C> many = more;
    return many == null ? fresh : many;
  }

  /** Frees the place of a context that ends. */
  void remove(Context context) {
    if (first == context) {
      FIRST.compareAndSet(this, context, (Context) null);
    }
    AtomicReferenceArray<@Nullable C> many = more;
    for (int i = 0; many != null && i < MANY; i++) {
      C found = many.get(place(i));
      if (found == context) {
        many.compareAndSet(place(i), found, null);
      }
    }
  }

  private static int place(int index) {
    return (index % MANY + 1) * APART;
  }

  private static int home() {
    return (int) (Thread.currentThread().getId() % MANY);
  }
}
