package dev.cks.aws.doctor;

import java.util.List;
import java.util.Optional;

/**
 * A person does it, and the doctor looks at what came of it. Where the tools did not print what
 * they must, the network is looked at and the commands are typed once more.
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
    ManualTask task = new ManualTask(id, instruction, cluster, filled, choices);
    Hands.Reply.Done done = ask(scene, task);
    if (Commands.unprinted(done.printed(), filled).isPresent()) {
      ask(scene, network(scene, cluster)); // most likely the tools do not reach the HSMs
      done = ask(scene, task);
    }
    Optional<Command> unprinted = Commands.unprinted(done.printed(), filled);
    if (unprinted.isPresent()) {
      throw new Surprise(
          "after \""
              + unprinted.get().line()
              + "\" the tool did not print \""
              + unprinted.get().expects()
              + "\"");
    }
    for (String name : choices) {
      String choice = done.chosen().get(name);
      if (choice != null && !choice.isBlank()) {
        scene.learn(name, choice);
      }
    }
  }

  private static Hands.Reply.Done ask(Scene scene, ManualTask task) throws Surprise {
    Hands.Reply reply = scene.practice().hands().perform(task);
    if (reply instanceof Hands.Reply.Declined declined) {
      throw new Surprise("waits for a person: " + declined.why());
    }
    return (Hands.Reply.Done) reply;
  }

  private static ManualTask network(Scene scene, String cluster) throws Surprise {
    String group =
        scene
            .cluster(cluster)
            .map(ClusterView::securityGroup)
            .orElse("<the cluster's security group>");
    return new ManualTask(
        ManualTask.Id.REPAIR_NETWORK,
        "The tools did not print what they should: see whether they reach every HSM, and repair"
            + " what blocks the traffic",
        cluster,
        Commands.inspectNetwork(group).stream()
            .map(command -> Commands.fill(command, cluster))
            .toList(),
        List.of());
  }

  @Override
  public String check(Scene scene) throws Surprise {
    return confirmed.by(scene);
  }
}
