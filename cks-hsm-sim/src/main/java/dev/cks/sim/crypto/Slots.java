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
    int home = Stripes.home();
    C found = held(many.get(Stripes.at(home)));
    found = found == null ? heldFirst() : found;
    for (int i = 1; found == null && i < Stripes.COUNT; i++) {
      found = held(many.get(Stripes.at(home + i)));
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
    int home = Stripes.home();
    for (int i = 0; i < Stripes.COUNT; i++) {
      int place = Stripes.at(home + i);
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
    for (int i = 0; many != null && i < Stripes.COUNT; i++) {
      C context = many.get(Stripes.at(i));
      if (context != null) {
        work.accept(context);
      }
    }
  }

  private AtomicReferenceArray<@Nullable C> widen() {
    AtomicReferenceArray<@Nullable C> fresh = Stripes.array();
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
    for (int i = 0; many != null && i < Stripes.COUNT; i++) {
      C found = many.get(Stripes.at(i));
      if (found == context) {
        many.compareAndSet(Stripes.at(i), found, null);
      }
    }
  }
}
