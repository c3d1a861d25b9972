package dev.cks.sim.fault;

/** One cell of the {@link FaultTable}: a kind of fault at a moment of some work. */
public record FaultCell(FaultPoint point, Moment moment, Fault.Kind kind) {
  @Override
  public String toString() {
    return moment.text() + " " + point + ": " + kind;
  }
}
