package dev.cks.sim.fault;

import org.jspecify.annotations.Nullable;

/**
 * One line of a plan, and prints as it: {@code after the 2nd GENERATE_KEY at us-east-1b: answer
 * lost}. Each rule counts by itself the times that its moment comes up.
 *
 * @param place an HSM's id or an Availability Zone; null: anywhere
 */
public record FaultRule(
    Moment moment, Occurrence occurrence, FaultPoint point, @Nullable String place, Fault fault) {
  public FaultRule {
    FaultCell cell = new FaultCell(point, moment, fault.kind());
    FaultTable.whyImpossible(cell)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(cell + " makes no sense: " + why);
            });
    if (place != null && !place.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException("neither an HSM nor a zone: " + place);
    }
  }

  /** The cell of the table that this rule strikes in. */
  public FaultCell cell() {
    return new FaultCell(point, moment, fault.kind());
  }

  @Override
  public String toString() {
    String where = place == null ? "" : " at " + place;
    return moment.text() + " " + occurrence + " " + point + where + ": " + fault;
  }
}
