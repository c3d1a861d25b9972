package dev.cks.spi;

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
