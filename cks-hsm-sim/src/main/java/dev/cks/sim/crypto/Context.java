package dev.cks.sim.crypto;

/** A cipher with a message key, used by one thread at a time: whoever has taken it. */
abstract class Context {
  final XaesKey owner;

  /** Where the ring keeps it; written before the context is shared. */
  int place;

  private volatile boolean retired;

  Context(XaesKey owner) {
    this.owner = owner;
  }

  /** No longer to be used after whoever has it now is done. */
  final void retire() {
    retired = true;
  }

  final boolean isRetired() {
    return retired;
  }

  /** Wipes what belongs to this context alone; only for the thread that has taken it. */
  abstract void wipe();
}
