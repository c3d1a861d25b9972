package dev.cks.aws.service;

import dev.cks.domain.grant.Grant;
import dev.cks.domain.grant.GrantConstraint;
import dev.cks.domain.grant.GrantOperation;
import dev.cks.service.Caller;
import dev.cks.service.GrantRequests;
import dev.cks.service.GrantService;
import dev.cks.service.Page;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.ListGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsResponse;
import software.amazon.awssdk.services.kms.model.RetireGrantRequest;
import software.amazon.awssdk.services.kms.model.RetireGrantResponse;
import software.amazon.awssdk.services.kms.model.RevokeGrantRequest;
import software.amazon.awssdk.services.kms.model.RevokeGrantResponse;

/** Grants. What is newer than the API that cks models, service principals above all, is refused. */
final class GrantMapper {
  private final GrantService grants;

  GrantMapper(GrantService grants) {
    this.grants = grants;
  }

  CreateGrantResponse.Builder create(CreateGrantRequest request, Caller caller) {
    Requests.refuseUnsupported("GranteeServicePrincipal", request.granteeServicePrincipal());
    Requests.refuseUnsupported("RetiringServicePrincipal", request.retiringServicePrincipal());
    GrantConstraints constraints = request.constraints();
    if (constraints != null) {
      Requests.refuseUnsupported("SourceArn", constraints.sourceArn());
    }
    GrantRequests.Created created =
        grants.create(
            new GrantRequests.Create(
                request.keyId(),
                request.granteePrincipal(),
                request.retiringPrincipal(),
                request.operationsAsStrings(),
                constraints == null ? Map.of() : constraints.encryptionContextEquals(),
                constraints == null ? Map.of() : constraints.encryptionContextSubset(),
                request.name(),
                request.grantTokens(),
                Requests.isSet(request.dryRun())),
            caller);
    return CreateGrantResponse.builder().grantId(created.id().value()).grantToken(created.token());
  }

  ListGrantsResponse.Builder list(ListGrantsRequest request, Caller caller) {
    Requests.refuseUnsupported("GranteeServicePrincipal", request.granteeServicePrincipal());
    Page<GrantRequests.Listed> page =
        grants.list(
            new GrantRequests.OfKey(
                request.keyId(),
                request.grantId(),
                request.granteePrincipal(),
                request.limit(),
                request.marker()),
            caller);
    return ListGrantsResponse.builder()
        .grants(entries(page))
        .truncated(page.truncated())
        .nextMarker(page.nextMarker());
  }

  ListRetirableGrantsResponse.Builder listRetirable(
      ListRetirableGrantsRequest request, Caller caller) {
    Requests.refuseUnsupported("RetiringServicePrincipal", request.retiringServicePrincipal());
    Page<GrantRequests.Listed> page =
        grants.listRetirable(
            request.retiringPrincipal(), request.limit(), request.marker(), caller);
    return ListRetirableGrantsResponse.builder()
        .grants(entries(page))
        .truncated(page.truncated())
        .nextMarker(page.nextMarker());
  }

  private static List<GrantListEntry> entries(Page<GrantRequests.Listed> page) {
    return page.items().stream().map(GrantMapper::entry).toList();
  }

  private static GrantListEntry entry(GrantRequests.Listed listed) {
    Grant grant = listed.grant();
    Grant.Terms terms = grant.terms();
    return GrantListEntry.builder()
        .keyId(listed.keyArn())
        .grantId(grant.id().value())
        .name(terms.name())
        .creationDate(grant.created())
        .granteePrincipal(terms.grantee())
        .retiringPrincipal(terms.retiring())
        .issuingAccount(listed.issuingAccount())
        .operationsWithStrings(terms.operations().stream().map(GrantOperation::wireName).toList())
        .constraints(constraints(terms.constraint()))
        .build();
  }

  private static @Nullable GrantConstraints constraints(@Nullable GrantConstraint constraint) {
    if (constraint == null) {
      return null;
    }
    GrantConstraints.Builder shown = GrantConstraints.builder();
    if (constraint instanceof GrantConstraint.ContextEquals) {
      shown.encryptionContextEquals(constraint.pairs());
    } else {
      shown.encryptionContextSubset(constraint.pairs());
    }
    return shown.build();
  }

  RetireGrantResponse.Builder retire(RetireGrantRequest request, Caller caller) {
    grants.retire(
        new GrantRequests.Retire(
            request.grantToken(),
            request.keyId(),
            request.grantId(),
            Requests.isSet(request.dryRun())),
        caller);
    return RetireGrantResponse.builder();
  }

  RevokeGrantResponse.Builder revoke(RevokeGrantRequest request, Caller caller) {
    grants.revoke(request.keyId(), request.grantId(), Requests.isSet(request.dryRun()), caller);
    return RevokeGrantResponse.builder();
  }
}
