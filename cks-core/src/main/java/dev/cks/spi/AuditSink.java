package dev.cks.spi;

import java.util.function.Supplier;

/**
 * Where audit events go. Does not promise to keep them. Must not throw and must not block for long;
 * may be called by several threads at once, in no particular order between them.
 */
public interface AuditSink {

  /**
   * Whether an event of this kind would be kept. Asked before the event is built, so that the
   * encrypt path pays nothing for events that nobody wants.
   */
  boolean wants(String operation, boolean success);

  /** Takes an event that was wanted. */
  void record(AuditEvent event);

  /**
   * Takes an event that was wanted, of an operation that succeeded, to be made when it is looked
   * at. Cryptographic operations are recorded like this: writing an event out takes longer than
   * they do.
   *
   * @param event gives the same event each time, at any time and on any thread; holds no secret
   */
  default void recordLater(String operation, Supplier<AuditEvent> event) {
    record(event.get());
  }

  /**
   * A sink that hands each event to those of the two that want it. One that throws does not keep
   * the other from its event.
   */
  static AuditSink both(AuditSink one, AuditSink other) {
    return new AuditSink() {
      @Override
      public boolean wants(String operation, boolean success) {
        return one.wants(operation, success) || other.wants(operation, success);
      }

      @Override
      public void record(AuditEvent event) {
        try {
          offer(one, event);
        } finally {
          offer(other, event);
        }
      }

      private void offer(AuditSink sink, AuditEvent event) {
        if (sink.wants(event.name(), event.errorCode() == null)) {
          sink.record(event);
        }
      }

      @Override
      public void recordLater(String operation, Supplier<AuditEvent> event) {
        try {
          offerLater(one, operation, event);
        } finally {
          offerLater(other, operation, event);
        }
      }

      private void offerLater(AuditSink sink, String operation, Supplier<AuditEvent> event) {
        if (sink.wants(operation, true)) {
          sink.recordLater(operation, event);
        }
      }
    };
  }

  /** A sink that wants nothing. */
  static AuditSink none() {
    return new AuditSink() {
      @Override
      public boolean wants(String operation, boolean success) {
        return false;
      }

      @Override
      public void record(AuditEvent event) {}
    };
  }
}
