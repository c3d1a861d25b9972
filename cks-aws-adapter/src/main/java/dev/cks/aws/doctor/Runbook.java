package dev.cks.aws.doctor;

import java.util.List;

/** A plan as text. */
final class Runbook {
  private final StringBuilder text = new StringBuilder();

  private Runbook() {}

  static String of(Plan plan) {
    Runbook runbook = new Runbook();
    runbook.head(plan);
    List<Step> steps = plan.steps();
    for (int i = 0; i < steps.size(); i++) {
      runbook.step(i + 1, steps.get(i));
    }
    return runbook.text.toString();
  }

  private void head(Plan plan) {
    text.append(plan.remedy().title()).append(": ").append(plan.concerns()).append('\n');
    GuideSection section = plan.remedy().section();
    line("guide", section.title() + ", " + section.url());
    line("why so", plan.reason());
  }

  private void step(int number, Step step) {
    text.append('\n').append(number).append(". ").append(step.title());
    text.append(step instanceof Step.Manual ? " [MANUAL]" : " [API]").append('\n');
    line("needs", step.notes().precondition());
    if (step instanceof Step.Api api) {
      line("call", api.call());
    } else if (step instanceof Step.Manual manual) {
      manual.commands().forEach(this::command);
    }
    line("effect", step.notes().effect());
    line("interrupts", step.notes().interrupts());
    line("undo", step.notes().undo());
    step.destroys().ifPresent(name -> line("DESTROYS", name));
  }

  private void command(Command command) {
    line("type", command.tool().prompt() + " " + command.line());
    if (!command.asks().isEmpty()) {
      line("  it asks", String.join(", ", command.asks().stream().map(Runbook::words).toList()));
    }
    line("  it prints", command.expects());
  }

  private static String words(Command.Question question) {
    return switch (question) {
      case ADMIN_PASSWORD -> "for the admin's password";
      case KMSUSER_PASSWORD -> "for kmsuser's password";
      case CONFIRMATION -> "whether to go on: y";
    };
  }

  private void line(String name, String what) {
    if (!what.isEmpty()) {
      text.append("   ").append(name).append(": ").append(what).append('\n');
    }
  }
}
