package dev.cks.aws.doctor.report;

import dev.cks.aws.doctor.Diagnosis;
import java.util.Objects;

/**
 * A {@link Diagnosis} as something to read. Each form holds all of it: findings with their
 * evidence, what to do, the state of the key stores and their keys, how it came to this, and what
 * could not be seen. None holds a secret, for a diagnosis has none. Immutable and thread-safe.
 *
 * <p>The forms for people may change their words in any version. The members of {@link #json} stay,
 * and new ones may come; {@code version} is raised where that cannot be kept.
 */
public final class Report {
  private final Diagnosis diagnosis;

  private Report(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  /** A report of what an examination found. */
  public static Report of(Diagnosis diagnosis) {
    return new Report(Objects.requireNonNull(diagnosis));
  }

  /** Plain text for a terminal of 80 columns; lines to be typed are never broken. */
  public String text() {
    return new TextReport(diagnosis).write();
  }

  /** Markdown for an incident ticket, without HTML in it. */
  public String markdown() {
    return new MarkdownReport(diagnosis).write();
  }

  /**
   * One HTML page with the state diagrams of the key stores and of their keys, the current states
   * marked, and the timeline drawn. It needs no other file, runs no script and loads nothing.
   */
  public String html() {
    return new HtmlReport(diagnosis).write();
  }

  /** JSON, UTF-8, with instants in ISO 8601; the names of states and conditions as in the API. */
  public String json() {
    return JsonReport.write(diagnosis);
  }
}
