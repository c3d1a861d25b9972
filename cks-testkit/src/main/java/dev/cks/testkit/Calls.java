package dev.cks.testkit;

import dev.cks.spi.AuditEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a call reads in a timeline. */
final class Calls {
  /** Request parameters that say what a call is about where no resource does. */
  private static final List<String> SUBJECTS =
      List.of("customKeyStoreId", "customKeyStoreName", "keyId", "aliasName", "clusterId", "hsmId");

  private Calls() {}

  /** For example {@code root: DisableKey key/0d99…: done}. */
  static String text(AuditEvent event) {
    return who(event) + ": " + event.name() + subject(event) + ": " + outcome(event);
  }

  private static String who(AuditEvent event) {
    String arn = event.principalArn();
    return arn == null ? "kms" : tail(arn);
  }

  private static String subject(AuditEvent event) {
    String resources =
        event.resources().stream()
            .map(resource -> " " + tail(resource.arn()))
            .distinct()
            .collect(Collectors.joining());
    return resources.isEmpty() ? requested(event) : resources;
  }

  private static String requested(AuditEvent event) {
    Map<String, Object> parameters = event.requestParameters();
    if (parameters == null) {
      return "";
    }
    return SUBJECTS.stream()
        .filter(parameters::containsKey)
        .findFirst()
        .map(name -> " " + parameters.get(name))
        .orElse("");
  }

  private static String outcome(AuditEvent event) {
    String code = event.errorCode();
    if (code == null) {
      return "done";
    }
    String message = event.errorMessage();
    return message == null ? code : code + " (" + message + ")";
  }

  private static String tail(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
