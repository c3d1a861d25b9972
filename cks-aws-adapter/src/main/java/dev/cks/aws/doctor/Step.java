package dev.cks.aws.doctor;

import java.util.List;
import java.util.Optional;

/** One step of a {@link Plan}, as it is described; carrying it out is the plan's business. */
public sealed interface Step {
  /** What is done, in a few words. */
  String title();

  /** What it needs and does besides. */
  Notes notes();

  /**
   * The exact name of what is gone for good after this step; a {@link Consent} must name it. Empty
   * for a step that can be undone.
   */
  Optional<String> destroys();

  /**
   * A call of an API, and waiting for what it sets going.
   *
   * @param call service, operation and parameters
   */
  record Api(String title, String call, Notes notes, Optional<String> destroys) implements Step {}

  /**
   * Something that a person does.
   *
   * @param id what it is about
   * @param commands what to type; may hold names in angle brackets where only the run will know
   */
  record Manual(
      ManualTask.Id id,
      String title,
      List<Command> commands,
      Notes notes,
      Optional<String> destroys)
      implements Step {
    /** Keeps copies. */
    public Manual {
      commands = List.copyOf(commands);
    }
  }

  /**
   * What a step needs and does besides; each is a sentence, or empty.
   *
   * @param precondition what must hold before
   * @param effect what holds afterwards, and is checked
   * @param interrupts what stops working meanwhile, and until when
   * @param undo how to go back
   */
  record Notes(String precondition, String effect, String interrupts, String undo) {}
}
