package dev.cks.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.local.SimulatedAws;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.tool.HsmConsole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Plays one variant of a scenario in a world of its own: a cluster of three HSMs, no key store yet,
 * connecting takes three minutes. Known from the start: {@code $cluster}, {@code $trustAnchor},
 * {@code $subnets}, {@code $kmsuserPassword}.
 */
final class Play implements AutoCloseable {
  private static final Pattern CAPTURE = Pattern.compile(" -> (\\w+)(?: = (\\S+))?$");
  private static final Pattern COMMAND = Pattern.compile("(\\w+)(?:@(\\w+))?> (.*)");

  private final SimulatedAws aws =
      SimulatedAws.builder().withoutKeyStore().connectLatency(Duration.ofMinutes(3)).build();
  private final Lab lab = new Lab(aws);
  private final Map<String, String> known = new HashMap<>();
  private final Map<String, HsmConsole> consoles = new HashMap<>();
  private final Map<String, byte[]> blobs = new HashMap<>();

  Play() {
    known.put("cluster", aws.cluster().id());
    known.put("trustAnchor", "'" + aws.cluster().facts().trustAnchor() + "'");
    known.put("kmsuserPassword", ClusterBuilder.KMSUSER_PASSWORD);
    known.put("adminPassword", ClusterBuilder.ADMIN_PASSWORD);
    known.put("subnets", Lab.subnets(aws.cluster()));
    known.put("otherSubnets", lab.otherSubnets());
  }

  @Override
  public void close() {
    aws.close();
  }

  void play(Scenario.Step step) {
    List<String> expected = step.expected().stream().map(line -> Words.fill(line, known)).toList();
    String line = step.command();
    List<String[]> captures = new ArrayList<>();
    for (Matcher found = CAPTURE.matcher(line); found.find(); found = CAPTURE.matcher(line)) {
      captures.add(new String[] {found.group(1), found.group(2)});
      line = line.substring(0, found.start());
    }
    String command = Words.fill(line, known);
    if (command.startsWith("aws ")) {
      aws(Words.split(command), expected, captures);
    } else {
      tool(command, expected, captures);
    }
  }

  private void aws(List<String> words, List<String> expected, List<String[]> captures) {
    AwsCommand command = new AwsCommand(blobs);
    SdkPojo answer;
    try {
      answer = service(words.get(1), command, words.subList(2, words.size()));
    } catch (AwsServiceException refusal) {
      requireRefusal(refusal, expected);
      return;
    }
    Answer look = new Answer(answer);
    expected.forEach(line -> requireAnswer(look, line));
    for (String[] capture : captures) {
      String[] path = capture[1].split("/", 2); // a path, or a path and what to look for in it
      known.put(
          capture[0], path.length == 1 ? look.text(path[0]) : find(path[1], look.text(path[0])));
      blobs.put(capture[0], look.bytes(path[0]));
    }
  }

  private SdkPojo service(String service, AwsCommand command, List<String> words) {
    return switch (service) {
      case "kms" -> command.run(aws.kms(), KmsClient.class, words);
      case "cloudhsmv2" -> command.run(aws.cloudHsmV2(), CloudHsmV2Client.class, words);
      case "cloudtrail" -> command.run(aws.cloudTrail(), CloudTrailClient.class, words);
      default -> throw new IllegalArgumentException("no such service: " + service);
    };
  }

  private static void requireRefusal(AwsServiceException refusal, List<String> expected) {
    String said =
        "error: "
            + refusal.awsErrorDetails().errorCode()
            + " "
            + refusal.awsErrorDetails().errorMessage();
    assertThat(expected).as("expected, but it answered " + said).hasSize(1);
    assertThat(Words.matches(expected.get(0) + (expected.get(0).endsWith("*") ? "" : "*"), said))
        .as("it answered " + said + " and not " + expected.get(0))
        .isTrue();
  }

  private static void requireAnswer(Answer answer, String line) {
    assertThat(line).as("the call succeeded").doesNotStartWith("error: ");
    String[] sides = line.split(" = ", 2);
    String text = answer.text(sides[0]);
    assertThat(Words.matches(sides[1].equals("(absent)") ? "" : sides[1], text))
        .as(sides[0] + " is " + text + " and not " + sides[1])
        .isTrue();
  }

  private void tool(String line, List<String> expected, List<String[]> captures) {
    Matcher parts = COMMAND.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a command: " + line);
    }
    String name = parts.group(2) == null ? "cluster" : parts.group(2);
    if (parts.group(1).equals("lab")) {
      String made =
          lab.run(
              () -> cluster(name), known.getOrDefault("store", ""), Words.split(parts.group(3)));
      captures.forEach(capture -> known.put(capture[0], made));
      return;
    }
    requireOutput(console(cluster(name), parts.group(1), parts.group(3)), expected, captures);
  }

  private String console(SimulatedCluster cluster, String tool, String command) {
    return consoles
        .computeIfAbsent(tool + " " + cluster.id(), started -> cluster.console(dialect(tool)))
        .run(command);
  }

  private static HsmConsole.Dialect dialect(String tool) {
    return switch (tool) {
      case "cmu" -> HsmConsole.Dialect.CLOUDHSM_MGMT_UTIL;
      case "kmu" -> HsmConsole.Dialect.KEY_MGMT_UTIL;
      case "cli" -> HsmConsole.Dialect.CLOUDHSM_CLI;
      default -> throw new IllegalArgumentException("no such tool: " + tool);
    };
  }

  private void requireOutput(String output, List<String> expected, List<String[]> captures) {
    int next = 0;
    for (String said : output.split("\n", -1)) {
      if (next < expected.size() && Words.matches(expected.get(next), said.strip())) {
        next++;
      }
    }
    assertThat(next)
        .as("lines found; it printed\n%s\nand not, in this order,\n%s", output, expected)
        .isEqualTo(expected.size());
    for (String[] capture : captures) {
      known.put(capture[0], find(capture[1], output));
    }
  }

  private static String find(String pattern, String text) {
    Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    assertThat(found.find()).as(pattern + " in\n" + text).isTrue();
    return found.group(1);
  }

  private SimulatedCluster cluster(String name) {
    String id = known.get(name);
    return aws.cloudHsm().clusters().stream()
        .filter(cluster -> cluster.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no cluster " + name));
  }
}
