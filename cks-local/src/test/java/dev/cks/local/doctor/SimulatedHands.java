package dev.cks.local.doctor;

import dev.cks.aws.doctor.Command;
import dev.cks.aws.doctor.Hands;
import dev.cks.aws.doctor.ManualTask;
import dev.cks.aws.doctor.Passwords;
import dev.cks.aws.doctor.Tool;
import dev.cks.local.SimulatedAws;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The person beside the doctor: types what a task says into the simulated tools, knows the
 * passwords, and owns the network.
 */
final class SimulatedHands implements Hands, Passwords {
  static final String NEW_PASSWORD = "freshByHand1";
  private static final Pattern HANDLE = Pattern.compile("(?m)^\\s*(\\d+)$");

  private final SimulatedAws aws;
  private final Map<ManualTask.Id, Runnable> owners = new EnumMap<>(ManualTask.Id.class);
  final List<ManualTask> done = new ArrayList<>();
  String subnets = "";

  SimulatedHands(SimulatedAws aws) {
    this.aws = aws;
  }

  /** What the owner of something does when asked. */
  void whenAsked(ManualTask.Id id, Runnable work) {
    owners.put(id, work);
  }

  @Override
  public Reply perform(ManualTask task) {
    done.add(task);
    owners.getOrDefault(task.id(), () -> {}).run();
    StringBuilder printed = new StringBuilder();
    Map<Tool, HsmConsole> consoles = new EnumMap<>(Tool.class);
    for (Command command : task.commands()) {
      if (command.tool() != Tool.SHELL && command.tool() != Tool.AWS_CLI) {
        HsmConsole console =
            consoles.computeIfAbsent(command.tool(), tool -> start(tool, task.clusterId()));
        printed.append(console.run(line(command, printed.toString())));
      }
    }
    consoles.values().forEach(HsmConsole::close);
    return new Reply.Done(printed.toString(), Map.of(ManualTask.SUBNETS, subnets));
  }

  private HsmConsole start(Tool tool, String clusterId) {
    SimulatedCluster cluster = aws.cloudHsm().cluster(clusterId);
    return cluster.console(
        switch (tool) {
          case CLOUDHSM_CLI -> Dialect.CLOUDHSM_CLI;
          case CLOUDHSM_MGMT_UTIL -> Dialect.CLOUDHSM_MGMT_UTIL;
          case KEY_MGMT_UTIL -> Dialect.KEY_MGMT_UTIL;
          case SHELL, AWS_CLI -> throw new IllegalArgumentException("no console: " + tool);
        });
  }

  /** The line, and the answers to what the tool asks. */
  private static String line(Command command, String before) {
    StringBuilder typed = new StringBuilder(command.line());
    if (command.line().contains("<the handle found>")) {
      Matcher found = HANDLE.matcher(before);
      String handle = "";
      while (found.find()) {
        handle = found.group(1);
      }
      typed = new StringBuilder(command.line().replace("<the handle found>", handle));
    }
    for (Command.Question question : command.asks()) {
      typed
          .append('\n')
          .append(
              switch (question) {
                case ADMIN_PASSWORD -> ClusterBuilder.ADMIN_PASSWORD;
                case KMSUSER_PASSWORD -> NEW_PASSWORD;
                case CONFIRMATION -> "y";
              });
    }
    return typed.toString();
  }

  @Override
  public char[] ask(String user, String clusterId) {
    return NEW_PASSWORD.toCharArray();
  }
}
