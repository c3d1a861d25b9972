package dev.cks.aws.doctor.report;

import dev.cks.aws.doctor.Command;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Evidence;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.KeyView;
import dev.cks.aws.doctor.Plan;
import dev.cks.aws.doctor.Step;
import dev.cks.aws.doctor.StoreView;
import dev.cks.aws.doctor.TimelineEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One page that needs nothing else. */
final class HtmlReport {
  private static final String STYLE = "report.css";

  private final Diagnosis diagnosis;
  private final Markup page = new Markup();

  HtmlReport(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  String write() {
    head();
    page.element("h1", Words.title(diagnosis));
    page.element("p", "class=\"when\"", "Examined " + Words.time(diagnosis.examinedAt()));
    page.element(
        "p",
        "class=\"verdict " + (diagnosis.isHealthy() ? "good" : "bad") + '"',
        Words.verdict(diagnosis));
    states();
    int number = 0;
    for (Finding finding : diagnosis.findings()) {
      number++;
      finding(number, finding);
    }
    timeline();
    limitations();
    return page.close("main").close("body").close("html").toString();
  }

  private void head() {
    page.raw("<!DOCTYPE html>").open("html", "lang=\"en\"").open("head", "");
    page.raw("<meta charset=\"utf-8\">");
    page.raw(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
            + " 'unsafe-inline'\">");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.element("title", Words.title(diagnosis));
    page.open("style", "").raw(style()).close("style");
    page.close("head").open("body", "").open("main", "");
  }

  private static String style() {
    try (InputStream css = HtmlReport.class.getResourceAsStream(STYLE)) {
      return new String(Objects.requireNonNull(css, STYLE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void finding(int number, Finding finding) {
    String urgency = finding.urgency().name().toLowerCase(Locale.ROOT);
    page.open("section", "class=\"finding " + urgency + '"');
    page.open("h2", "");
    page.element("span", "class=\"badge\"", Words.urgency(finding.urgency()));
    page.raw(Markup.escape(number + ". " + finding.condition().meaning())).close("h2");
    page.open("dl", "");
    item("Concerns", finding.concerns());
    item("Symptom", finding.symptom());
    item("Cause", finding.cause());
    item("Certainty", Words.certainty(finding.certainty()));
    item("Repair", Words.kind(finding.kind()));
    page.element("dt", "Guide").open("dd", "");
    page.element(
        "a", "href=\"" + Markup.escape(finding.section().url()) + '"', finding.section().title());
    page.close("dd").close("dl");
    left(finding);
    evidence(finding);
    finding.remedy().ifPresent(this::plan);
    page.close("section");
  }

  private void left(Finding finding) {
    if (finding.stillExists().isEmpty()) {
      return;
    }
    page.element("h3", "What is left").open("ul", "");
    finding.stillExists().forEach(left -> page.element("li", left));
    page.close("ul");
  }

  private void evidence(Finding finding) {
    if (finding.evidence().isEmpty()) {
      return;
    }
    page.open("details", "").element("summary", "Evidence").open("table", "");
    for (Evidence evidence : finding.evidence()) {
      page.open("tr", "");
      page.open("td", "").element("code", evidence.call()).close("td");
      page.element("td", evidence.answer());
      page.element("td", Words.time(evidence.when()));
      page.close("tr");
    }
    page.close("table").close("details");
  }

  private void plan(Plan plan) {
    page.element("h3", "What to do: " + plan.remedy().title());
    if (!plan.reason().isEmpty()) {
      page.element("p", plan.reason());
    }
    page.open("ol", "class=\"plan\"");
    plan.steps().forEach(this::step);
    page.close("ol");
  }

  private void step(Step step) {
    page.open("li", "");
    page.element("strong", step.title());
    if (step instanceof Step.Manual) {
      page.element("span", "class=\"badge hands\"", "by hand");
    }
    step.destroys()
        .ifPresent(name -> page.element("p", "class=\"destroys\"", "Destroys for good: " + name));
    if (step instanceof Step.Api api) {
      page.open("pre", "").element("code", api.call()).close("pre");
    } else if (step instanceof Step.Manual manual && !manual.commands().isEmpty()) {
      page.open("pre", "");
      manual.commands().forEach(this::command);
      page.close("pre");
    }
    page.open("dl", "");
    item("Needs", step.notes().precondition());
    item("Effect", step.notes().effect());
    item("Interrupts", step.notes().interrupts());
    item("Undo", step.notes().undo());
    page.close("dl").close("li");
  }

  private void command(Command command) {
    page.inline("span", "class=\"prompt\"", command.tool().prompt());
    page.inline("code", "", command.line());
    String asks = Words.asks(command);
    page.inline("span", "class=\"asks\"", asks.isEmpty() ? "" : "  asks: " + asks).raw("");
  }

  private void states() {
    page.element("h2", "Where things stand");
    for (StoreView store : diagnosis.stores()) {
      page.open("figure", "");
      page.raw(StoreDrawing.of(store));
      page.element("figcaption", caption(store)).close("figure");
    }
    page.open("figure", "").raw(KeyDrawing.of(diagnosis.keys()));
    page.element("figcaption", Words.keys(diagnosis.keys())).close("figure");
    keys();
  }

  private static String caption(StoreView store) {
    String words = "Key store " + store.id() + " (" + store.name() + "): " + Words.state(store);
    return store.cluster() == null ? words : words + ". Cluster " + Words.cluster(store.cluster());
  }

  private void keys() {
    if (diagnosis.keys().shown().isEmpty()) {
      return;
    }
    page.open("details", "").element("summary", "Keys").open("table", "");
    page.raw(
        "<tr><th>key</th><th>state</th><th>created</th><th>deletion</th><th>last used</th></tr>");
    for (KeyView key : diagnosis.keys().shown()) {
      page.open("tr", "");
      page.open("td", "").element("code", key.arn()).close("td");
      page.element("td", key.state());
      page.element("td", Words.time(key.created()));
      page.element("td", time(key.deletionDate()));
      page.element("td", time(key.lastUsed()));
      page.close("tr");
    }
    page.close("table").close("details");
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "" : Words.time(instant);
  }

  private void timeline() {
    if (diagnosis.timeline().isEmpty()) {
      return;
    }
    page.element("h2", "How it came to this");
    page.open("figure", "").raw(TimelineDrawing.of(diagnosis.timeline())).close("figure");
    page.open("table", "class=\"events\"");
    int number = 0;
    for (TimelineEntry entry : diagnosis.timeline()) {
      number++;
      page.open("tr", entry.errorCode() == null ? "" : "class=\"failed\"");
      page.element("td", String.valueOf(number));
      page.element("td", Words.time(entry.when()));
      page.element("td", entry.what()).close("tr");
    }
    page.close("table");
  }

  private void limitations() {
    if (diagnosis.limitations().isEmpty()) {
      return;
    }
    page.element("h2", "What could not be seen").open("ul", "");
    diagnosis.limitations().forEach(limit -> page.element("li", limit));
    page.close("ul");
  }

  private void item(String name, String what) {
    if (!what.isEmpty()) {
      page.element("dt", name).element("dd", what);
    }
  }
}
