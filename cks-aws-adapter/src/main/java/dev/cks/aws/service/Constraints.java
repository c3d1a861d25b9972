package dev.cks.aws.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Checks the shape of a request: required members, lengths, ranges, patterns and enumerations, all
 * violations at once and in the wording of AWS (spec D.1). What the members mean is the services'
 * business.
 */
final class Constraints {
  // what the model says about a class never changes; there are as many entries as operations
  private static final ConcurrentMap<Class<?>, StructureRule> RULES = new ConcurrentHashMap<>();

  private Constraints() {}

  /**
   * Accepts a request whose shape is right.
   *
   * @throws KmsException {@code ValidationException} naming every member that breaks a constraint;
   *     never with the value of a sensitive one
   */
  static void check(SdkPojo request) {
    Violations found = new Violations();
    rulesOf(request).checkMembers(request, "", found);
    if (!found.isEmpty()) {
      throw new KmsException(KmsErrorCode.VALIDATION, found.message());
    }
  }

  private static StructureRule rulesOf(SdkPojo request) {
    StructureRule rule = RULES.get(request.getClass());
    return rule != null ? rule : readRules(request);
  }

  private static StructureRule readRules(SdkPojo request) {
    StructureRule read =
        ConstraintTable.forOperation(operationOf(request)).bind("", request.sdkFields());
    StructureRule raced = RULES.putIfAbsent(request.getClass(), read);
    return raced == null ? read : raced;
  }

  private static String operationOf(SdkPojo request) {
    String name = request.getClass().getSimpleName();
    return name.substring(0, name.length() - "Request".length());
  }
}
