package dev.cks.aws.service;

import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What the requests of one AWS service look like: required members, lengths, ranges, patterns and
 * enumerations, as a data file states them. All violations are found at once, in AWS's wording. The
 * file is read when the first request is checked. Thread-safe.
 */
public final class RequestShapes {
  private final URL file;
  // what the model says about a class never changes; there are as many entries as operations
  private final ConcurrentMap<Class<?>, StructureRule> rules = new ConcurrentHashMap<>();
  private volatile @Nullable Map<String, ConstraintTable> tables;

  private RequestShapes(URL file) {
    this.file = file;
  }

  /**
   * The requests that a file describes. Its columns, separated by tabs: operation, member, type,
   * flags ({@code required}, {@code sensitive}), range, and values separated by bars or a pattern
   * between slashes. {@code A[]} is an element of the list {@code A}, {@code A{key}} a key of the
   * map {@code A}, {@code A.B} a member of the structure {@code A}; lines that begin with {@code #}
   * are comments.
   */
  public static RequestShapes of(URL file) {
    return new RequestShapes(file);
  }

  /**
   * What is wrong with a request; empty if nothing is. Values of sensitive members are not shown.
   */
  public Optional<Broken> check(SdkPojo request) {
    Violations found = new Violations();
    rulesOf(request).checkMembers(request, "", found);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Broken(found.firstMember(), found.message()));
  }

  /**
   * A request of the wrong shape.
   *
   * @param firstMember the first member that breaks a constraint, as messages name it, for example
   *     {@code maxResults} or {@code tagList.1.member.key}
   * @param message all violations
   */
  public record Broken(String firstMember, String message) {}

  private StructureRule rulesOf(SdkPojo request) {
    StructureRule rule = rules.get(request.getClass());
    return rule != null ? rule : readRules(request);
  }

  private StructureRule readRules(SdkPojo request) {
    StructureRule read = tableFor(operationOf(request)).bind("", request.sdkFields());
    StructureRule raced = rules.putIfAbsent(request.getClass(), read);
    return raced == null ? read : raced;
  }

  /** The rows of an operation; none for an operation that the file does not know. */
  ConstraintTable tableFor(String operation) {
    Map<String, ConstraintTable> known = tables;
    if (known == null) {
      known = ConstraintTable.read(file);
      tables = known;
    }
    return known.getOrDefault(operation, new ConstraintTable());
  }

  private static String operationOf(SdkPojo request) {
    String name = request.getClass().getSimpleName();
    return name.substring(0, name.length() - "Request".length());
  }
}
