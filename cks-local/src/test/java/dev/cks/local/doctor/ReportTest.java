package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Certainty;
import dev.cks.aws.doctor.Condition;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Evidence;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.KeyCensus;
import dev.cks.aws.doctor.KeyView;
import dev.cks.aws.doctor.Kind;
import dev.cks.aws.doctor.StoreView;
import dev.cks.aws.doctor.Subject;
import dev.cks.aws.doctor.TimelineEntry;
import dev.cks.aws.doctor.Urgency;
import dev.cks.aws.doctor.report.Report;
import dev.cks.aws.wire.JsonText;
import dev.cks.sim.SimulatedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the forms of a report say, and that nothing said to the doctor becomes markup. */
final class ReportTest {
  private static final Instant TEN_O_CLOCK = Instant.parse("2026-03-01T10:00:00Z");

  private static Diagnosis lockedOut;

  @BeforeAll
  static void examine() {
    lockedOut = lockedOut();
  }

  /** Somebody changed the password, and somebody else tried until the account was locked. */
  static Diagnosis lockedOut() {
    try (Clinic clinic = new Clinic()) {
      String disabled = clinic.newKey();
      clinic.kms.disableKey(r -> r.keyId(disabled));
      String dying = clinic.newKey();
      clinic.kms.scheduleKeyDeletion(r -> r.keyId(dying).pendingWindowInDays(7));
      clinic.aws.clock().advance(Duration.ofHours(3));
      clinic.disconnect();
      clinic.cluster().changePassword(SimulatedCluster.KMSUSER, "anotherPswd1");
      for (int attempt = 0; attempt < 6; attempt++) {
        clinic.aws.clock().advance(Duration.ofMinutes(10));
        clinic.whileDisconnected(() -> {});
      }
      return clinic.doctor().examine(Subject.everything());
    }
  }

  private static List<String> forms(Diagnosis diagnosis) {
    Report report = Report.of(diagnosis);
    return List.of(report.text(), report.markdown(), report.html(), report.json());
  }

  @Test
  void everyForm_ofALockOut_saysWhatIsWrongWhatToDoAndWhatItRestsOn() {
    String store = lockedOut.stores().get(0).id();

    for (String form : forms(lockedOut)) {
      assertThat(form)
          .contains(store)
          .contains("USER_LOCKED_OUT")
          .contains("user change-password")
          .contains("DescribeCustomKeyStores")
          .contains("fix-keystore.html")
          .contains("DisconnectCustomKeyStore");
    }
  }

  @Test
  void everyForm_holdsNoSecret() {
    for (String form : forms(lockedOut)) {
      assertThat(Clinic.secrets()).noneMatch(form::contains);
      assertThat(form).doesNotContain("anotherPswd1");
    }
  }

  @Test
  void text_staysWithinATerminal_butForLinesToBeTypedAndNames() {
    List<String> tooLong =
        Report.of(lockedOut)
            .text()
            .lines()
            .filter(line -> line.length() > 80)
            .filter(line -> line.strip().split(" +").length > 3)
            .filter(line -> !line.contains(": ")) // the runbook's own lines
            .toList();

    assertThat(tooLong).isEmpty();
  }

  @Test
  void html_marksTheCurrentStates() {
    String html = Report.of(lockedOut).html();

    assertThat(boxes(html)).containsExactlyInAnyOrder("FAILED", "PendingDeletion");
    assertThat(html)
        .contains("Unavailable while the key store is not connected: 2 keys")
        .contains("class=\"frame current\"");
  }

  @Test
  void html_numbersTheTimelineLikeItsTable() {
    String html = Report.of(lockedOut).html();
    int events = lockedOut.timeline().size();

    assertThat(events).isGreaterThan(10);
    assertThat(html.split("<circle ", -1)).hasSize(events + 1);
    assertThat(html).contains("<td>" + events + "</td>");
  }

  @Test
  void html_needsNothingFromElsewhere() {
    String html = Report.of(lockedOut).html();

    assertThat(html)
        .doesNotContain("<script", "<link", "<img", "@import", "src=")
        .doesNotContainPattern("url\\((?!#)")
        .contains("Content-Security-Policy");
  }

  @Test
  void json_hasTheFindingsInTheirOrder() {
    Map<String, Object> json = JsonText.object(Report.of(lockedOut).json()).orElseThrow();

    assertThat(json).containsEntry("healthy", false).containsKeys("version", "keys", "timeline");
    assertThat((List<?>) json.get("findings"))
        .extracting(finding -> ((Map<?, ?>) finding).get("condition"))
        .isEqualTo(lockedOut.findings().stream().map(f -> f.condition().name()).toList());
  }

  @Test
  void healthyStore_everyForm_saysSo() {
    try (Clinic clinic = new Clinic()) {
      Report report = Report.of(clinic.doctor().examine(clinic.store));

      assertThat(report.text()).contains("as far as could be seen");
      assertThat(report.markdown()).contains("as far as could be seen");
      assertThat(boxes(report.html())).containsExactlyInAnyOrder("CONNECTED", "Enabled");
      assertThat(report.json()).contains("\"healthy\":true");
    }
  }

  @Test
  void wordsOfStrangers_inHtml_stayWords() {
    String html = Report.of(hostile("</title><script>alert('x')</script>\"&\u0007")).html();

    assertThat(html).doesNotContain("<script", "\u0007").contains("&lt;script&gt;");
    assertThat(Pattern.compile("=\"[^\"]*<").matcher(html).find()).isFalse();
  }

  @Test
  void wordsOfStrangers_inMarkdown_breakNoTableAndLinkNothing() {
    String markdown = Report.of(hostile("a|b\n\n# [x](y) `z` <b> @all")).markdown();

    assertThat(markdown)
        .doesNotContain("\n# [", "<b>", "[x](y)", " @all")
        .contains("a\\|b  \\# \\[x\\]");
  }

  @Test
  void wordsOfStrangers_inText_commandNoTerminal() {
    String text = Report.of(hostile("a\u001b[2Jb\rc\u0007")).text();

    assertThat(text.chars().filter(Character::isISOControl).distinct().boxed())
        .containsExactly((int) '\n');
  }

  @Test
  void statesNewerThanTheDoctor_areDrawnBesideTheOthers() {
    String html = Report.of(hostile("PAUSED")).html();

    assertThat(boxes(html)).containsExactlyInAnyOrder("PAUSED", "PAUSED");
    assertThat(html).contains("newer than this doctor");
  }

  /** A diagnosis where whatever AWS or somebody else says is this. */
  private static Diagnosis hostile(String words) {
    StoreView store = new StoreView("cks-1", words, words, words, words, words, TEN_O_CLOCK, null);
    KeyView key = new KeyView(words, words, words, words, TEN_O_CLOCK, null, null);
    Finding finding =
        new Finding(
            Condition.UNKNOWN_CONNECTION_STATE,
            Urgency.NOW,
            Kind.BY_HANDS,
            Certainty.OBSERVED,
            words,
            words,
            words,
            List.of(new Evidence(words, words, TEN_O_CLOCK)),
            Optional.empty(),
            List.of(words));
    return new Diagnosis(
        new Subject.Key(words),
        TEN_O_CLOCK,
        List.of(finding),
        List.of(store),
        new KeyCensus(1, Map.of(words, 1L), List.of(key)),
        List.of(new TimelineEntry(TEN_O_CLOCK, words, words, words, words, words)),
        List.of(words));
  }

  /** The names in the boxes that stand out. */
  private static List<String> boxes(String html) {
    return Pattern.compile("class=\"name current-text\"[^>]*>([^<]*)<")
        .matcher(html)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
