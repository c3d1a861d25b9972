package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.grant.Grant;
import dev.cks.domain.grant.GrantConstraint;
import dev.cks.domain.grant.GrantId;
import dev.cks.domain.grant.GrantOperation;
import dev.cks.domain.grant.PrincipalArn;
import dev.cks.domain.key.KmsKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a new grant may say (spec D.13): which parameters go together, and with which key. */
final class GrantRules {
  private GrantRules() {}

  /** The terms of a request, whatever key it is about. */
  static Grant.Terms terms(GrantRequests.Create request) {
    Set<GrantOperation> operations = operations(request.operations());
    GrantConstraint constraint =
        GrantConstraint.of(request.contextEquals(), request.contextSubset());
    if (constraint != null && operations.stream().noneMatch(GrantOperation::isConstrainable)) {
      throw invalid(
          "A grant constraint needs an operation that takes an encryption context; there is none"
              + " among "
              + operations
              + ".");
    }
    String retiring = request.retiringPrincipal();
    return new Grant.Terms(
        PrincipalArn.checked(request.granteePrincipal()),
        retiring == null ? null : PrincipalArn.checked(retiring),
        operations,
        constraint,
        request.name() == null ? "" : request.name());
  }

  private static Set<GrantOperation> operations(List<String> names) {
    Set<GrantOperation> operations = EnumSet.noneOf(GrantOperation.class);
    for (String name : names) {
      operations.add(
          GrantOperation.named(name)
              .orElseThrow(() -> invalid("A grant cannot allow the operation " + name + ".")));
    }
    if (operations.isEmpty()) {
      throw invalid("A grant must allow at least one operation.");
    }
    if (operations.equals(EnumSet.of(GrantOperation.CREATE_GRANT))) {
      throw invalid("Grants must not contain only the CreateGrant operation.");
    }
    return operations;
  }

  /** Refuses operations that the key does not know. */
  static void requireKnown(Set<GrantOperation> operations, KmsKey key) {
    List<GrantOperation> unknown =
        operations.stream().filter(operation -> !operation.isKnownTo(key.home())).toList();
    if (!unknown.isEmpty()) {
      throw invalid("The operations " + unknown + " are not supported by " + key.arn() + ".");
    }
  }

  /** A grant id as a request spells it. */
  static GrantId grantId(String text) {
    return GrantId.parse(text)
        .orElseThrow(
            () ->
                new KmsException(
                    KmsErrorCode.INVALID_GRANT_ID, "The specified grant ID is not valid."));
  }

  /** The answer for a well-formed grant id that leads nowhere. */
  static KmsException notFound(GrantId id) {
    return new KmsException(KmsErrorCode.NOT_FOUND, "Grant ID " + id + " not found");
  }

  /** A grant to retire is named in exactly one way. */
  static void requireOneName(GrantRequests.Retire request) {
    boolean byToken = isOnly(request.grantToken(), request.keyId(), request.grantId());
    boolean byId =
        request.grantToken() == null && request.keyId() != null && request.grantId() != null;
    if (!byToken && !byId) {
      throw invalid("Specify either a grant token, or both a key ID and a grant ID.");
    }
  }

  private static boolean isOnly(
      @Nullable String given, @Nullable String missing, @Nullable String missingToo) {
    return given != null && missing == null && missingToo == null;
  }

  private static KmsException invalid(String message) {
    return new KmsException(KmsErrorCode.VALIDATION, message);
  }
}
