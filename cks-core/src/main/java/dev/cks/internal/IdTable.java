package dev.cks.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import org.jspecify.annotations.Nullable;

/**
 * Objects by the id that each of them carries. It keeps a reference and a byte for each place, and
 * asks an object for its id when it has to know: a quarter of what a {@code ConcurrentHashMap}
 * takes, which counts with a million objects, and fewer places in memory to visit for a look-up.
 *
 * <p>Thread-safe. Reading takes no lock; changes take turns. What was there before an iteration
 * began and stays there is seen by it once; what comes or goes meanwhile may be seen or not.
 *
 * @param <K> the ids; their hash codes should spread
 * @param <V> the objects; an object's id never changes
 */
public abstract class IdTable<K, V> {
  private static final VarHandle TAGS = MethodHandles.arrayElementVarHandle(byte[].class);
  private static final VarHandle OBJECTS = MethodHandles.arrayElementVarHandle(Object[].class);

  private static final int SMALLEST = 16;

  /** Nothing was ever here: whoever looks for something has not found it. */
  private static final byte FREE = 0;

  /** Something was here: go on looking. */
  private static final byte GONE = 1;

  /** Of anything that is there: seven bits of its hash code, and this one. */
  private static final int PRESENT = 0x80;

  /** As many tags as objects, a power of two. Replaced when full; what is replaced stays as is. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Places(byte[] tags, Object[] objects) {
    static Places of(int count) {
      return new Places(new byte[count], new Object[count]);
    }

    int first(int hash) {
      return hash >>> (Integer.numberOfLeadingZeros(tags.length) + 1);
    }

    int after(int place) {
      return (place + 1) & (tags.length - 1);
    }

    byte tag(int place) {
      return (byte) TAGS.getAcquire(tags, place);
    }

    @Nullable Object object(int place) {
      return OBJECTS.getAcquire(objects, place);
    }

    /** The tag comes last: whoever sees it sees the object. */
    void set(int place, byte tag, Object object) {
      OBJECTS.setRelease(objects, place, object);
      TAGS.setRelease(tags, place, tag);
    }

    void clear(int place) {
      TAGS.setRelease(tags, place, GONE);
      OBJECTS.setRelease(objects, place, (Object) null);
    }
  }

  private volatile Places places = Places.of(SMALLEST);
  private volatile int size;

  /** How many places are not free; guarded by this. */
  private int taken;

  /** An empty table. */
  protected IdTable() {}

  /** The id of an object. */
  protected abstract K idOf(V object);

  /** Whether this is the id of the object, where there is a faster way to say so. */
  protected boolean is(V object, K id) {
    return idOf(object).equals(id);
  }

  /** The object with this id; null if there is none. */
  public final @Nullable V get(K id) {
    Places now = places;
    int hash = hash(id);
    byte wanted = tag(hash);
    int place = now.first(hash);
    for (byte tag = now.tag(place); tag != FREE; tag = now.tag(place)) {
      if (tag == wanted) {
        V found = object(now, place);
        if (found != null && is(found, id)) {
          return found;
        }
      }
      place = now.after(place);
    }
    return null;
  }

  /** Puts an object where the one with its id was; returns that, or null. */
  public final synchronized @Nullable V put(V object) {
    K id = idOf(object);
    int hash = hash(id);
    int place = find(id, hash);
    if (place >= 0) {
      V replaced = object(places, place);
      places.set(place, tag(hash), object);
      return replaced;
    }
    if (4 * (taken + 1) > 3 * places.tags().length) {
      rebuild();
    }
    insert(places, hash, object);
    size++;
    return null;
  }

  /** Takes the object with this id out; returns it, or null if there was none. */
  public final synchronized @Nullable V remove(K id) {
    int place = find(id, hash(id));
    if (place < 0) {
      return null;
    }
    V removed = object(places, place);
    places.clear(place);
    size--;
    return removed;
  }

  /** How many objects there are. */
  public final int size() {
    return size;
  }

  /** The objects, in no particular order; a live view. */
  public final Collection<V> values() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<V> iterator() {
        return new Walk(places);
      }

      @Override
      public Spliterator<V> spliterator() {
        // of no known size: objects come and go while a stream runs
        return Spliterators.spliteratorUnknownSize(
            iterator(), Spliterator.CONCURRENT | Spliterator.NONNULL);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private int find(K id, int hash) {
    byte wanted = tag(hash);
    int place = places.first(hash);
    for (byte tag = places.tag(place); tag != FREE; tag = places.tag(place)) {
      V found = tag == wanted ? object(places, place) : null;
      if (found != null && is(found, id)) {
        return place;
      }
      place = places.after(place);
    }
    return -1;
  }

  /** Takes the first place that is free, or was left: the id is not in the table. */
  private void insert(Places into, int hash, V object) {
    int place = into.first(hash);
    while (into.tag(place) != FREE && into.tag(place) != GONE) {
      place = into.after(place);
    }
    taken += into.tag(place) == FREE ? 1 : 0;
    into.set(place, tag(hash), object);
  }

  /** Twice as many places, or as many if most of them were left. */
  private void rebuild() {
    Places before = places;
    int count = before.tags().length;
    Places fresh = Places.of(2 * size < count ? count : 2 * count);
    taken = 0;
    for (int place = 0; place < count; place++) {
      V object = object(before, place);
      if (object != null) {
        insert(fresh, hash(idOf(object)), object);
      }
    }
    places = fresh;
  }

  private static int hash(Object id) {
    return id.hashCode() * 0x9E37_79B9; // the golden ratio: the first bits depend on all
  }

  private static byte tag(int hash) {
    return (byte) (hash | PRESENT);
  }

  @SuppressWarnings("unchecked") // put() puts nothing else there
  private @Nullable V object(Places of, int place) {
    return (V) of.object(place);
  }

  private final class Walk implements Iterator<V> {
    private final Places walked;
    private int place = -1;
    private @Nullable V next;

    Walk(Places walked) {
      this.walked = walked;
      step();
    }

    private void step() {
      next = null;
      while (next == null && ++place < walked.objects().length) {
        next = object(walked, place);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public V next() {
      V present = next;
      if (present == null) {
        throw new NoSuchElementException();
      }
      step();
      return present;
    }
  }
}
