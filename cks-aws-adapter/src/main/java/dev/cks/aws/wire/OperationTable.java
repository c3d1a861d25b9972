package dev.cks.aws.wire;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * The operations of one of the SDK's client interfaces, looked up when they are first called: to
 * list an interface's methods loads the classes of all their requests and answers, a tenth of a
 * second that a program with three calls need not spend.
 */
final class OperationTable {
  private static final int LONGEST_NAME = 64;

  private final Class<?> api;
  private final ConcurrentMap<String, Operation> found = new ConcurrentHashMap<>();

  // only filled after a wrong guess; from then on no stranger's name reaches a class loader, which
  // would remember it for ever
  private volatile @Nullable Set<String> allNames;

  OperationTable(Class<?> api) {
    this.api = api;
  }

  Optional<Operation> find(String name) {
    Operation known = found.get(name);
    return known != null ? Optional.of(known) : look(name);
  }

  private Optional<Operation> look(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    Set<String> names = allNames;
    if (names != null && !names.contains(name)) {
      return Optional.empty();
    }
    try {
      Operation operation = Operation.of(api, name);
      found.put(name, operation);
      return Optional.of(operation);
    } catch (ReflectiveOperationException | LinkageError e) {
      allNames = namesOf(api);
      return Optional.empty();
    }
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))
        && Character.isUpperCase(name.charAt(0));
  }

  private static Set<String> namesOf(Class<?> api) {
    return Arrays.stream(api.getMethods())
        .filter(OperationTable::isOperation)
        .map(method -> method.getParameterTypes()[0].getSimpleName())
        .map(request -> request.substring(0, request.length() - Operation.REQUEST.length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Paginators take a request too, but answer no response. */
  private static boolean isOperation(Method method) {
    return method.getParameterCount() == 1
        && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
        && AwsResponse.class.isAssignableFrom(method.getReturnType());
  }
}
