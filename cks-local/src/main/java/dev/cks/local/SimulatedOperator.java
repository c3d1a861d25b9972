package dev.cks.local;

import dev.cks.aws.doctor.Command;
import dev.cks.aws.doctor.Doctor;
import dev.cks.aws.doctor.Hands;
import dev.cks.aws.doctor.ManualTask;
import dev.cks.aws.doctor.Pacing;
import dev.cks.aws.doctor.Passwords;
import dev.cks.aws.doctor.Tool;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The person beside a doctor in a simulated account: types the commands of a manual task into the
 * simulated tools, knows the passwords, and does what it was told in advance where the network or
 * another client is concerned. Thread-safe; tasks are done one at a time.
 */
public final class SimulatedOperator implements Hands, Passwords {
  /** The password that it gives {@code kmsuser}. */
  public static final String KMSUSER_PASSWORD = "freshByHand1";

  private static final Pattern HANDLE = Pattern.compile("(?m)^\\s*(\\d+)$");

  private final SimulatedAws aws;
  private final Map<ManualTask.Id, Runnable> told = new EnumMap<>(ManualTask.Id.class);
  private final List<ManualTask> done = new ArrayList<>();
  private String subnets = "";

  private SimulatedOperator(SimulatedAws aws) {
    this.aws = aws;
  }

  /** An operator of this account, whose clusters have the admin password that they start with. */
  public static SimulatedOperator of(SimulatedAws aws) {
    return new SimulatedOperator(aws);
  }

  /** A doctor of the account with this operator; its waiting moves the account's clock. */
  public Doctor.Builder doctor() {
    return Doctor.builder(aws.kms(), aws.cloudHsmV2(), aws.cloudTrail())
        .pacing(pacing())
        .hands(this)
        .passwords(this);
  }

  /** The account's clock as a doctor's: waiting moves it. */
  public Pacing pacing() {
    return new Pacing() {
      @Override
      public Instant now() {
        return aws.clock().now();
      }

      @Override
      public void pause(Duration time) {
        aws.clock().advance(time);
      }
    };
  }

  /** What to do, besides typing, when a task of this kind comes. */
  public synchronized SimulatedOperator whenAsked(ManualTask.Id id, Runnable work) {
    told.put(id, work);
    return this;
  }

  /** Which subnets to choose when asked, separated by commas. */
  public synchronized SimulatedOperator choosing(String subnetIds) {
    subnets = subnetIds;
    return this;
  }

  /** The tasks that came so far. */
  public synchronized List<ManualTask> done() {
    return List.copyOf(done);
  }

  @Override
  public synchronized Reply perform(ManualTask task) {
    done.add(task);
    told.getOrDefault(task.id(), () -> {}).run();
    StringBuilder printed = new StringBuilder();
    Map<Tool, HsmConsole> consoles = new EnumMap<>(Tool.class);
    for (Command command : task.commands()) {
      Dialect dialect = dialect(command.tool());
      if (dialect != null) {
        HsmConsole console =
            consoles.computeIfAbsent(
                command.tool(), tool -> aws.cloudHsm().cluster(task.clusterId()).console(dialect));
        printed.append(console.run(typed(command, printed.toString())));
      }
    }
    consoles.values().forEach(HsmConsole::close);
    return new Reply.Done(printed.toString(), Map.of(ManualTask.SUBNETS, subnets));
  }

  /** Null for what is not typed into a tool of CloudHSM. */
  private static @Nullable Dialect dialect(Tool tool) {
    return switch (tool) {
      case CLOUDHSM_CLI -> Dialect.CLOUDHSM_CLI;
      case CLOUDHSM_MGMT_UTIL -> Dialect.CLOUDHSM_MGMT_UTIL;
      case KEY_MGMT_UTIL -> Dialect.KEY_MGMT_UTIL;
      case SHELL, AWS_CLI -> null;
    };
  }

  /** The line, and the answers to what the tool asks. */
  private static String typed(Command command, String before) {
    StringBuilder typed =
        new StringBuilder(command.line().replace("<the handle found>", lastHandle(before)));
    command.asks().forEach(question -> typed.append('\n').append(answer(question)));
    return typed.toString();
  }

  private static String lastHandle(String printed) {
    Matcher found = HANDLE.matcher(printed);
    String handle = "";
    while (found.find()) {
      handle = found.group(1);
    }
    return handle;
  }

  private static String answer(Command.Question question) {
    return switch (question) {
      case ADMIN_PASSWORD -> ClusterBuilder.ADMIN_PASSWORD;
      case KMSUSER_PASSWORD -> KMSUSER_PASSWORD;
      case CONFIRMATION -> "y";
    };
  }

  @Override
  public char[] ask(String user, String clusterId) {
    return KMSUSER_PASSWORD.toCharArray();
  }
}
