package dev.cks.tck.outside;

import dev.cks.audit.AuditTrail;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import dev.cks.tck.contract.AuditSinkContract;
import dev.cks.tck.contract.Capability;
import java.util.List;
import java.util.Set;

/** The library's own trail keeps the contract; from another package, as everybody's sinks do. */
class AuditTrailContractTest extends AuditSinkContract {
  @Override
  protected AuditSink create() {
    return AuditTrail.ofCapacity(1000);
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.READING);
  }

  @Override
  protected List<AuditEvent> read(AuditSink used) {
    return ((AuditTrail) used).events();
  }
}
