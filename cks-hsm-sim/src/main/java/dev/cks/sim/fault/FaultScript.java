package dev.cks.sim.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads plans. */
final class FaultScript {
  private static final Pattern RULE =
      Pattern.compile(
          "(before|during|after) (each|the \\S+(?: to \\S+)?|1 in \\d+) ([A-Z_]+)(?: at (\\S+))?:"
              + " (.+)");
  private static final Pattern RANGE =
      Pattern.compile("the (\\d+)(?:st|nd|rd|th)(?: to (\\d+)(?:st|nd|rd|th))?");
  private static final Pattern LASTING = Pattern.compile("(.+?)(?: for (\\d+) (calls|s|ms))?");
  private static final Pattern BY = Pattern.compile("(slow|key sync delayed) by (\\d+) (s|ms)");

  private FaultScript() {}

  static FaultPlan parse(String text) {
    List<FaultRule> rules = new ArrayList<>();
    boolean beyondBudget = false;
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.equals(FaultPlan.BEYOND_BUDGET)) {
        beyondBudget = true;
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        rules.add(rule(line));
      }
    }
    return new FaultPlan(rules, beyondBudget);
  }

  private static FaultRule rule(String line) {
    Matcher parts = RULE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a fault rule: " + line);
    }
    try {
      return new FaultRule(
          Moment.valueOf(group(parts, 1).toUpperCase(Locale.ROOT)),
          occurrence(group(parts, 2)),
          FaultPoint.valueOf(group(parts, 3)),
          parts.group(4),
          fault(group(parts, 5)));
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw new IllegalArgumentException(
          "not a fault rule: " + line + " (" + wrong.getMessage() + ")", wrong);
    }
  }

  private static Occurrence occurrence(String text) {
    if (text.equals("each")) {
      return Occurrence.EACH;
    }
    if (text.startsWith("1 in ")) {
      return new Occurrence.OneIn(Integer.parseInt(text.substring(5)));
    }
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new IllegalArgumentException("which times? " + text);
    }
    int first = Integer.parseInt(group(range, 1));
    String last = range.group(2);
    return new Occurrence.Range(first, last == null ? first : Integer.parseInt(last));
  }

  private static Fault fault(String text) {
    Matcher parts = LASTING.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no such fault: " + text);
    }
    Lasting lasting = lasting(parts.group(2), parts.group(3));
    Fault fault = fault(group(parts, 1), lasting);
    if (!fault.toString().equals(text)) {
      throw new IllegalArgumentException("no such fault: " + text);
    }
    return fault;
  }

  private static Fault fault(String name, @Nullable Lasting lasting) {
    Lasting untilThen = lasting == null ? Lasting.UNTIL_CLEARED : lasting;
    return switch (name) {
      case "node down" -> new Fault.NodeDown(untilThen);
      case "session lost" -> new Fault.SessionLost();
      case "login refused" -> new Fault.LoginRefused();
      case "key sync lost" -> new Fault.KeySyncLost();
      case "answer lost" -> new Fault.AnswerLost();
      case "zone cut off" -> new Fault.ZonePartition(untilThen);
      case "storage full" -> new Fault.StorageFull(untilThen);
      case "service error" -> new Fault.ServiceError();
      default -> timed(name, lasting);
    };
  }

  private static Fault timed(String name, @Nullable Lasting lasting) {
    Matcher by = BY.matcher(name);
    if (!by.matches()) {
      throw new IllegalArgumentException("no such fault: " + name);
    }
    var duration = Durations.parse(group(by, 2), group(by, 3));
    return group(by, 1).equals("slow")
        ? new Fault.Slow(duration, lasting)
        : new Fault.KeySyncDelayed(duration);
  }

  private static @Nullable Lasting lasting(@Nullable String number, @Nullable String unit) {
    if (number == null || unit == null) {
      return null;
    }
    return unit.equals("calls")
        ? new Lasting.Calls(Integer.parseInt(number))
        : new Lasting.Time(Durations.parse(number, unit));
  }

  private static String group(Matcher matcher, int number) {
    String text = matcher.group(number);
    if (text == null) {
      throw new IllegalStateException("the pattern always has group " + number);
    }
    return text;
  }
}
