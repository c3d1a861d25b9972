package dev.cks.aws.doctor.report;

import dev.cks.aws.doctor.Command;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Evidence;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.Plan;
import dev.cks.aws.doctor.Step;
import dev.cks.aws.doctor.StoreView;
import dev.cks.aws.doctor.TimelineEntry;

/** Markdown that every ticket system understands: headings, lists, tables, code. */
final class MarkdownReport {
  private final Diagnosis diagnosis;
  private final StringBuilder text = new StringBuilder();

  MarkdownReport(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  String write() {
    line("# " + escape(Words.title(diagnosis)));
    blank();
    line("Examined " + Words.time(diagnosis.examinedAt()) + ".");
    line("**" + escape(Words.verdict(diagnosis)) + "**");
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
    blank();
    line(
        "## "
            + number
            + ". "
            + escape(finding.condition().meaning())
            + " ("
            + Words.urgency(finding.urgency())
            + ")");
    blank();
    item("Concerns", code(finding.concerns()));
    item("Condition", code(finding.condition().name()));
    item("Symptom", escape(finding.symptom()));
    item("Cause", escape(finding.cause()));
    item("Certainty", Words.certainty(finding.certainty()));
    item("Repair", Words.kind(finding.kind()));
    item("Guide", "[" + finding.section().title() + "](" + finding.section().url() + ")");
    if (!finding.stillExists().isEmpty()) {
      blank();
      line("What is left:");
      blank();
      finding.stillExists().forEach(left -> line("- " + escape(left)));
    }
    evidence(finding);
    finding.remedy().ifPresent(this::plan);
  }

  private void evidence(Finding finding) {
    if (finding.evidence().isEmpty()) {
      return;
    }
    blank();
    line("| call | answer | when |");
    line("|---|---|---|");
    for (Evidence evidence : finding.evidence()) {
      row(evidence.call(), evidence.answer(), Words.time(evidence.when()));
    }
  }

  private void plan(Plan plan) {
    blank();
    line("### " + escape(plan.remedy().title()));
    if (!plan.reason().isEmpty()) {
      blank();
      line(escape(plan.reason()));
    }
    blank();
    int number = 0;
    for (Step step : plan.steps()) {
      number++;
      step(number, step);
    }
  }

  private void step(int number, Step step) {
    boolean manual = step instanceof Step.Manual;
    line(number + ". **" + escape(step.title()) + "**" + (manual ? " (by hand)" : ""));
    step.destroys().ifPresent(name -> note("Destroys for good", code(name)));
    note("Needs", escape(step.notes().precondition()));
    if (step instanceof Step.Api api) {
      note("Call", code(api.call()));
    } else if (step instanceof Step.Manual typed && !typed.commands().isEmpty()) {
      commands(typed);
    }
    note("Effect", escape(step.notes().effect()));
    note("Interrupts", escape(step.notes().interrupts()));
    note("Undo", escape(step.notes().undo()));
  }

  private void commands(Step.Manual step) {
    blank();
    line("   ```");
    for (Command command : step.commands()) {
      String asks = Words.asks(command);
      line(
          "   "
              + command.tool().prompt()
              + " "
              + Words.plain(command.line())
              + (asks.isEmpty() ? "" : "    (asks: " + asks + ")"));
    }
    line("   ```");
    blank();
  }

  private void states() {
    blank();
    line("## Where things stand");
    blank();
    for (StoreView store : diagnosis.stores()) {
      item(
          "Key store " + code(store.id()),
          escape(store.name()) + " is " + escape(Words.state(store)));
      if (store.cluster() != null) {
        item("Cluster", escape(Words.cluster(store.cluster())));
      }
    }
    item("Keys", escape(Words.keys(diagnosis.keys())));
  }

  private void timeline() {
    if (diagnosis.timeline().isEmpty()) {
      return;
    }
    blank();
    line("## How it came to this");
    blank();
    line("| when | event | who | what |");
    line("|---|---|---|---|");
    for (TimelineEntry entry : diagnosis.timeline()) {
      row(Words.time(entry.when()), entry.event(), entry.who(), entry.what());
    }
  }

  private void limitations() {
    if (diagnosis.limitations().isEmpty()) {
      return;
    }
    blank();
    line("## What could not be seen");
    blank();
    diagnosis.limitations().forEach(limit -> line("- " + escape(limit)));
  }

  private void item(String name, String what) {
    line("- " + name + ": " + what);
  }

  private void note(String name, String what) {
    if (!what.isEmpty()) {
      line("   - " + name + ": " + what);
    }
  }

  private void row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(escape(cell)).append(' ');
    }
    line("|");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void blank() {
    text.append('\n');
  }

  /** Names and messages of strangers must not become markup, links or mentions. */
  private static String escape(String words) {
    StringBuilder safe = new StringBuilder(words.length());
    for (char c : Words.plain(words).toCharArray()) {
      if ("\\`*_[]<>|#@!~&".indexOf(c) >= 0) {
        safe.append('\\');
      }
      safe.append(c);
    }
    return safe.toString();
  }

  /** A code span, or escaped words where a span cannot hold them. */
  private static String code(String words) {
    return words.isBlank() || words.indexOf('`') >= 0
        ? escape(words)
        : "`" + Words.plain(words) + "`";
  }
}
