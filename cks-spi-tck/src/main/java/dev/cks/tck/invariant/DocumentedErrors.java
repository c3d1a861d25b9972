package dev.cks.tck.invariant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The errors that AWS documents for each operation (spec D.16), from a data file. */
public final class DocumentedErrors {
  private static final Map<String, Set<String>> ERRORS = read();

  private DocumentedErrors() {}

  /**
   * Whether an operation may answer an error, in the API's words; every operation may answer a
   * {@code ValidationException}.
   *
   * @throws NullPointerException if the file does not know the operation
   */
  public static boolean allow(String operation, String error) {
    return of(operation).contains(error) || error.equals("ValidationException");
  }

  /**
   * The errors that an operation may answer, but for {@code ValidationException}.
   *
   * @throws NullPointerException if the file does not know the operation
   */
  public static Set<String> of(String operation) {
    return Objects.requireNonNull(ERRORS.get(operation), operation);
  }

  private static Map<String, Set<String>> read() {
    return text()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("Operation\t"))
        .map(line -> line.split("\t", -1))
        .collect(Collectors.toMap(row -> row[0], row -> Set.of(row[1].split(" ", -1))));
  }

  private static String text() {
    String file = "/dev/cks/tck/operation-errors.tsv";
    try (InputStream in = DocumentedErrors.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
