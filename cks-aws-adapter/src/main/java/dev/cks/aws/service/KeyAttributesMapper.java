package dev.cks.aws.service;

import dev.cks.service.Caller;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyService;
import dev.cks.service.Page;
import java.util.List;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasResponse;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasResponse;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesRequest;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.TagResourceResponse;
import software.amazon.awssdk.services.kms.model.UntagResourceRequest;
import software.amazon.awssdk.services.kms.model.UntagResourceResponse;
import software.amazon.awssdk.services.kms.model.UpdateAliasRequest;
import software.amazon.awssdk.services.kms.model.UpdateAliasResponse;

/** What hangs on a key: aliases, tags and the policy. */
final class KeyAttributesMapper {
  private static final String DEFAULT_POLICY_NAME = "default";

  private final KeyService keys;

  KeyAttributesMapper(KeyService keys) {
    this.keys = keys;
  }

  CreateAliasResponse.Builder createAlias(CreateAliasRequest request, Caller caller) {
    keys.aliases().create(request.aliasName(), request.targetKeyId(), caller);
    return CreateAliasResponse.builder();
  }

  UpdateAliasResponse.Builder updateAlias(UpdateAliasRequest request, Caller caller) {
    keys.aliases().update(request.aliasName(), request.targetKeyId(), caller);
    return UpdateAliasResponse.builder();
  }

  DeleteAliasResponse.Builder deleteAlias(DeleteAliasRequest request, Caller caller) {
    keys.aliases().delete(request.aliasName(), caller);
    return DeleteAliasResponse.builder();
  }

  ListAliasesResponse.Builder listAliases(ListAliasesRequest request, Caller caller) {
    Page<KeyRequests.ListedAlias> page =
        keys.aliases().list(request.keyId(), request.limit(), request.marker(), caller);
    return ListAliasesResponse.builder()
        .aliases(page.items().stream().map(KeyAttributesMapper::entry).toList())
        .truncated(page.truncated())
        .nextMarker(page.nextMarker());
  }

  private static AliasListEntry entry(KeyRequests.ListedAlias listed) {
    return AliasListEntry.builder()
        .aliasName(listed.alias().name().value())
        .aliasArn(listed.arn())
        .targetKeyId(listed.alias().target().toString())
        .creationDate(listed.alias().created())
        .lastUpdatedDate(listed.alias().lastUpdated())
        .build();
  }

  TagResourceResponse.Builder tag(TagResourceRequest request, Caller caller) {
    keys.tag(request.keyId(), tags(request.tags()), caller);
    return TagResourceResponse.builder();
  }

  /** Tags of a request; empty when none were given. */
  static List<KeyRequests.Tag> tags(List<Tag> tags) {
    return tags.stream().map(tag -> new KeyRequests.Tag(tag.tagKey(), tag.tagValue())).toList();
  }

  UntagResourceResponse.Builder untag(UntagResourceRequest request, Caller caller) {
    keys.untag(request.keyId(), request.tagKeys(), caller);
    return UntagResourceResponse.builder();
  }

  ListResourceTagsResponse.Builder listTags(ListResourceTagsRequest request, Caller caller) {
    Page<KeyRequests.Tag> page =
        keys.listTags(request.keyId(), request.limit(), request.marker(), caller);
    return ListResourceTagsResponse.builder()
        .tags(page.items().stream().map(KeyAttributesMapper::entry).toList())
        .truncated(page.truncated())
        .nextMarker(page.nextMarker());
  }

  private static Tag entry(KeyRequests.Tag tag) {
    return Tag.builder().tagKey(tag.key()).tagValue(tag.value()).build();
  }

  PutKeyPolicyResponse.Builder putPolicy(PutKeyPolicyRequest request, Caller caller) {
    // authorisation is not evaluated, so nobody can lock themselves out by it
    keys.putPolicy(request.keyId(), request.policyName(), request.policy(), caller);
    return PutKeyPolicyResponse.builder();
  }

  GetKeyPolicyResponse.Builder getPolicy(GetKeyPolicyRequest request, Caller caller) {
    return GetKeyPolicyResponse.builder()
        .policy(keys.getPolicy(request.keyId(), request.policyName(), caller))
        .policyName(DEFAULT_POLICY_NAME);
  }

  ListKeyPoliciesResponse.Builder listPolicies(ListKeyPoliciesRequest request, Caller caller) {
    Page<String> page =
        keys.listPolicies(request.keyId(), request.limit(), request.marker(), caller);
    return ListKeyPoliciesResponse.builder()
        .policyNames(page.items())
        .truncated(page.truncated())
        .nextMarker(page.nextMarker());
  }
}
