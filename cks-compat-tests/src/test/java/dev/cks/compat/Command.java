package dev.cks.compat;

import dev.cks.aws.http.Credentials;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine, run with nothing of AWS in their environment but an endpoint. */
final class Command {
  private static final long PATIENCE_SECONDS = 120;

  private final Path directory;
  private final Map<String, String> environment;

  /** {@code directory} is where they run. */
  Command(Path directory, URI endpoint, String region, Credentials credentials) {
    this.directory = directory;
    this.environment =
        Map.of(
            "AWS_ENDPOINT_URL", endpoint.toString(),
            "AWS_DEFAULT_REGION", region,
            "AWS_ACCESS_KEY_ID", credentials.accessKeyId(),
            "AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey(),
            "AWS_CONFIG_FILE", directory.resolve("no-config").toString(),
            "AWS_SHARED_CREDENTIALS_FILE", directory.resolve("no-credentials").toString(),
            "AWS_EC2_METADATA_DISABLED", "true",
            "AWS_PAGER", "",
            "NO_PROXY", "127.0.0.1");
  }

  /** What a program said and how it ended. */
  record Output(int status, String out, String err) {
    Output succeeded() {
      if (status != 0) {
        throw new AssertionError("exit status " + status + ": " + err);
      }
      return this;
    }
  }

  /** A program on the PATH, if it is there and this machine can run it with these words. */
  static Optional<String> version(Path directory, String... words) {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, words[0])));
    if (!there) {
      return Optional.empty();
    }
    Output output = run(directory, Map.of(), List.of(words));
    return output.status() == 0 ? Optional.of(output.out().strip()) : Optional.empty();
  }

  Output run(List<String> words) {
    return run(directory, environment, words);
  }

  private static Output run(Path directory, Map<String, String> additions, List<String> words) {
    try {
      Path out = Files.createTempFile(directory, "out", null);
      Path err = Files.createTempFile(directory, "err", null);
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
      builder.environment().putAll(additions);
      return new Output(
          status(builder.start(), words), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int status(Process process, List<String> words) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("did not end: " + words);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
