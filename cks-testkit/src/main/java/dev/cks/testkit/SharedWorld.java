package dev.cks.testkit;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one world of a class. It is made when first asked for, and checked after each test, unless
 * another one is under way: then after that. Closed by JUnit with its store. Thread-safe.
 */
final class SharedWorld implements AutoCloseable {
  private final Class<?> holder;
  private final Supplier<TestWorld> maker;
  private @Nullable TestWorld world;
  private int running;

  SharedWorld(Class<?> holder, Supplier<TestWorld> maker) {
    this.holder = holder;
    this.maker = maker;
  }

  /** The class that has it. */
  Class<?> holder() {
    return holder;
  }

  synchronized TestWorld get() {
    TestWorld known = world;
    if (known == null) {
      known = maker.get();
      world = known;
    }
    return known;
  }

  /** A test begins; it waits while the world is checked. */
  synchronized void enter() {
    running++;
  }

  /** A test is over. */
  synchronized void leave(boolean check) {
    running--;
    if (running == 0 && check) {
      get().check();
    }
  }

  @Override
  public synchronized void close() {
    TestWorld known = world;
    if (known != null) {
      known.close();
    }
  }
}
