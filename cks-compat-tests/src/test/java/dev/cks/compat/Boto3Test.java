package dev.cks.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS SDK for Python, if this machine has it. */
final class Boto3Test {
  private static final String STORY = "boto3_story.py";

  @TempDir private Path directory;

  @Test
  void story_ofAnOutage_isToldToItsEnd() throws IOException {
    Optional<String> found =
        Command.version(directory, "python3", "-c", "import boto3; print(boto3.__version__)");
    if (found.isEmpty()) {
      System.out.println("Boto3Test is skipped: no python3 with boto3 on the PATH");
    }
    assumeTrue(found.isPresent(), "no python3 with boto3 on the PATH");
    System.out.println("Boto3Test runs with boto3 " + found.get());
    try (InputStream story = Boto3Test.class.getResourceAsStream("/" + STORY)) {
      Files.copy(story, directory.resolve(STORY));
    }
    try (Site site = Site.create()) {
      Command command = new Command(directory, site.endpoint().uri(), site.region(), Site.ALICE);
      Command.Output output =
          command.run(List.of("python3", STORY, site.storeId(), site.aws.cluster().id()));
      assertThat(output.succeeded().out()).isEqualTo("told to its end" + System.lineSeparator());
    }
  }
}
