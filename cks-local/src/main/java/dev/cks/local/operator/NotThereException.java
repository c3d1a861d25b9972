package dev.cks.local.operator;

/** What a path names is not there. */
final class NotThereException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotThereException(String what) {
    super("there is no " + what);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
