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
