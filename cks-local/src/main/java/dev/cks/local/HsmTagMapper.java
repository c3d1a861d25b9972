package dev.cks.local;

import dev.cks.service.Caller;
import dev.cks.service.Page;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.CloudHsmV2;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudhsmv2.model.ListTagsRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.ListTagsResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.Tag;
import software.amazon.awssdk.services.cloudhsmv2.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.UntagResourceResponse;

/** The operations on tags, between the SDK's shapes and the service's. */
final class HsmTagMapper {
  private final Supplier<CloudHsmV2> api;

  HsmTagMapper(Supplier<CloudHsmV2> api) {
    this.api = api;
  }

  static List<dev.cks.sim.api.Tag> fromSdk(List<Tag> tags) {
    return tags.stream().map(tag -> new dev.cks.sim.api.Tag(tag.key(), tag.value())).toList();
  }

  static List<Tag> toSdk(List<dev.cks.sim.api.Tag> tags) {
    return tags.stream().map(HsmTagMapper::toSdk).toList();
  }

  private static Tag toSdk(dev.cks.sim.api.Tag tag) {
    return Tag.builder().key(tag.key()).value(tag.value()).build();
  }

  ListTagsResponse.Builder list(ListTagsRequest request, Caller caller) {
    Page<dev.cks.sim.api.Tag> page =
        api.get()
            .listTags(
                new CloudHsmRequests.ListTags(
                    request.resourceId(), request.maxResults(), request.nextToken()),
                caller);
    return ListTagsResponse.builder().tagList(toSdk(page.items())).nextToken(page.nextMarker());
  }

  TagResourceResponse.Builder tag(TagResourceRequest request, Caller caller) {
    api.get()
        .tagResource(
            new CloudHsmRequests.TagResource(request.resourceId(), fromSdk(request.tagList())),
            caller);
    return TagResourceResponse.builder();
  }

  UntagResourceResponse.Builder untag(UntagResourceRequest request, Caller caller) {
    api.get()
        .untagResource(
            new CloudHsmRequests.UntagResource(request.resourceId(), request.tagKeyList()), caller);
    return UntagResourceResponse.builder();
  }
}
