package dev.cks.aws.doctor;

import java.util.List;

/**
 * A person does it, and the doctor looks at what came of it.
 *
 * @param needless when there is nothing to do
 * @param confirmed what shows that it was done
 */
record ManualDeed(
    ManualTask.Id id,
    String instruction,
    List<Command> commands,
    List<String> choices,
    Needless needless,
    Confirmed confirmed)
    implements Deed {

  /** Whether there is nothing to do. */
  interface Needless {
    boolean in(Scene scene) throws Surprise;
  }

  /** What shows that it was done. */
  interface Confirmed {
    String by(Scene scene) throws Surprise;
  }

  @Override
  public boolean isDone(Scene scene) throws Surprise {
    return needless.in(scene);
  }

  @Override
  public void perform(Scene scene) throws Surprise {
    String cluster = scene.clusterId();
    List<Command> filled =
        commands.stream().map(command -> Commands.fill(command, cluster)).toList();
    Hands.Reply reply =
        scene.practice().hands().perform(new ManualTask(id, instruction, cluster, filled, choices));
    if (reply instanceof Hands.Reply.Declined declined) {
      throw new Surprise("waits for a person: " + declined.why());
    }
    Hands.Reply.Done done = (Hands.Reply.Done) reply;
    if (!done.printed().isEmpty()) {
      Commands.hold(done.printed(), filled);
    }
    choices.forEach(
        name -> {
          String choice = done.chosen().get(name);
          if (choice != null) {
            scene.learn(name, choice);
          }
        });
  }

  @Override
  public String check(Scene scene) throws Surprise {
    return confirmed.by(scene);
  }
}
