package dev.cks.local.operator;

import dev.cks.aws.http.FrontFault;
import dev.cks.aws.http.FrontFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can go wrong between clients and services. */
final class FrontFaultActions {
  private final FrontFaults faults;

  FrontFaultActions(FrontFaults faults) {
    this.faults = faults;
  }

  void addTo(List<Action> actions) {
    actions.add(Action.of("POST", "front-faults", (names, arguments) -> plan(arguments)));
    actions.add(Action.of("DELETE", "front-faults", (names, arguments) -> clear()));
  }

  private Object plan(Arguments arguments) {
    FrontFault fault = fault(arguments.requiredText("fault"), arguments);
    String operation = arguments.text("operation").orElse(FrontFaults.ANY);
    Optional<Double> probability = arguments.fraction("probability");
    if (probability.isPresent()) {
      faults.sometimes(probability.get(), operation, fault);
    } else {
      faults.times(arguments.number("times").orElse(1), operation, fault);
    }
    return Map.of("operation", operation);
  }

  private static FrontFault fault(String name, Arguments arguments) {
    return switch (name) {
      case "throttled" -> FrontFault.throttled();
      case "internal failure" -> FrontFault.internalFailure();
      case "unavailable" -> FrontFault.unavailable();
      case "request lost" -> FrontFault.requestLost();
      case "answer lost" -> FrontFault.answerLost();
      case "delayed" -> FrontFault.delayed(delay(arguments));
      default ->
          throw new IllegalArgumentException(
              "fault is one of throttled, internal failure, unavailable, request lost, answer"
                  + " lost, delayed");
    };
  }

  private static Duration delay(Arguments arguments) {
    return arguments.requiredDuration("by");
  }

  private Object clear() {
    faults.clear();
    return Map.of();
  }
}
