package dev.cks.aws.doctor;

/** Something is not as a step needs it: the plan stops. Its message goes into the run's results. */
final class Surprise extends Exception {
  private static final long serialVersionUID = 1L;

  Surprise(String message) {
    super(message);
  }

  String seen() {
    return String.valueOf(getMessage());
  }
}
