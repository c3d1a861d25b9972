package dev.cks.aws.doctor.report;

import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Evidence;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.Plan;
import dev.cks.aws.doctor.StoreView;
import dev.cks.aws.doctor.TimelineEntry;
import java.util.Locale;
import java.util.regex.Pattern;

/** Plain text. */
final class TextReport {
  private static final int WIDTH = 80;
  private static final Pattern BLANKS = Pattern.compile(" +");

  private final Diagnosis diagnosis;
  private final StringBuilder text = new StringBuilder();

  TextReport(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  String write() {
    heading(Words.title(diagnosis), '=');
    paragraph("", "Examined " + Words.time(diagnosis.examinedAt()) + ".");
    paragraph("", Words.verdict(diagnosis));
    int number = 0;
    for (Finding finding : diagnosis.findings()) {
      number++;
      finding(number, finding);
    }
    states();
    timeline();
    limitations();
    return text.toString();
  }

  private void finding(int number, Finding finding) {
    text.append('\n');
    heading(
        number
            + ". "
            + Words.urgency(finding.urgency()).toUpperCase(Locale.ROOT)
            + "  "
            + finding.condition(),
        '-');
    paragraph("concerns   ", finding.concerns());
    paragraph("symptom    ", finding.symptom());
    paragraph("cause      ", finding.cause());
    paragraph(
        "which is   ", Words.certainty(finding.certainty()) + "; " + Words.kind(finding.kind()));
    paragraph("guide      ", finding.section().title());
    line("           ", finding.section().url());
    for (Evidence evidence : finding.evidence()) {
      paragraph("evidence   ", evidence.call() + " -> " + evidence.answer());
      line("           ", "at " + Words.time(evidence.when()));
    }
    finding.stillExists().forEach(left -> paragraph("what is left  ", left));
    finding.remedy().ifPresent(this::remedy);
  }

  /** As the plan describes itself: one wording for runbooks. */
  private void remedy(Plan plan) {
    text.append('\n');
    plan.describe().lines().forEach(line -> line(line.isEmpty() ? "" : "  ", line));
  }

  private void states() {
    text.append('\n');
    heading("Where things stand", '-');
    for (StoreView store : diagnosis.stores()) {
      paragraph("key store  ", store.id() + " (" + store.name() + ") is " + Words.state(store));
      if (store.cluster() != null) {
        paragraph("cluster    ", Words.cluster(store.cluster()));
      }
    }
    paragraph("keys       ", Words.keys(diagnosis.keys()));
  }

  private void timeline() {
    if (diagnosis.timeline().isEmpty()) {
      return;
    }
    text.append('\n');
    heading("How it came to this", '-');
    for (TimelineEntry entry : diagnosis.timeline()) {
      paragraph(Words.time(entry.when()) + "  ", entry.what());
    }
  }

  private void limitations() {
    if (diagnosis.limitations().isEmpty()) {
      return;
    }
    text.append('\n');
    heading("What could not be seen", '-');
    diagnosis.limitations().forEach(limit -> paragraph("- ", limit));
  }

  private void heading(String title, char under) {
    text.append(Words.plain(title))
        .append('\n')
        .append(String.valueOf(under).repeat(title.length()));
    text.append('\n');
  }

  private void line(String indent, String words) {
    text.append(indent).append(Words.plain(words)).append('\n');
  }

  /** Breaks between words; what follows the first line stands below its first word. */
  private void paragraph(String label, String words) {
    text.append(label);
    int column = label.length();
    for (String word : BLANKS.split(Words.plain(words).strip(), -1)) {
      if (column > label.length() && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(label.length()));
        column = label.length();
      } else if (column > label.length()) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    text.append('\n');
  }
}
