package dev.cks.aws.service;

import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.Caller;
import dev.cks.service.KeyStoreRequests;
import dev.cks.service.KeyStoreService;
import dev.cks.service.Page;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.ConnectCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.ConnectCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.DeleteCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.DeleteCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresRequest;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresResponse;
import software.amazon.awssdk.services.kms.model.DisconnectCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.DisconnectCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreResponse;

/** The six key store operations. */
final class KeyStoreMapper {
  private final KeyStoreService keyStores;

  KeyStoreMapper(KeyStoreService keyStores) {
    this.keyStores = keyStores;
  }

  CreateCustomKeyStoreResponse.Builder create(CreateCustomKeyStoreRequest request, Caller caller) {
    if (request.customKeyStoreType() != CustomKeyStoreType.EXTERNAL_KEY_STORE) {
      refuseProxyParameters(request);
    }
    try (SecretBytes password = secret(request.keyStorePassword())) {
      String id =
          keyStores.create(
              new KeyStoreRequests.Create(
                  request.customKeyStoreName(),
                  request.customKeyStoreTypeAsString(),
                  request.cloudHsmClusterId(),
                  request.trustAnchorCertificate(),
                  password),
              caller);
      return CreateCustomKeyStoreResponse.builder().customKeyStoreId(id);
    }
  }

  private static void refuseProxyParameters(CreateCustomKeyStoreRequest request) {
    refuse("XksProxyUriEndpoint", request.xksProxyUriEndpoint());
    refuse("XksProxyUriPath", request.xksProxyUriPath());
    refuse("XksProxyVpcEndpointServiceName", request.xksProxyVpcEndpointServiceName());
    refuse("XksProxyVpcEndpointServiceOwner", request.xksProxyVpcEndpointServiceOwner());
    refuse("XksProxyAuthenticationCredential", request.xksProxyAuthenticationCredential());
    refuse("XksProxyConnectivity", request.xksProxyConnectivityAsString());
  }

  private static void refuse(String parameter, @Nullable Object given) {
    if (given != null) {
      throw Requests.invalid(
          parameter + " is not valid for a custom key store of type AWS_CLOUDHSM.");
    }
  }

  private static @Nullable SecretBytes secret(@Nullable String text) {
    return text == null ? null : SecretBytes.ofText(text);
  }

  UpdateCustomKeyStoreResponse.Builder update(UpdateCustomKeyStoreRequest request, Caller caller) {
    refuseProxyParameters(request);
    try (SecretBytes password = secret(request.keyStorePassword())) {
      keyStores.update(
          new KeyStoreRequests.Update(
              request.customKeyStoreId(),
              request.newCustomKeyStoreName(),
              password,
              request.cloudHsmClusterId()),
          caller);
      return UpdateCustomKeyStoreResponse.builder();
    }
  }

  private static void refuseProxyParameters(UpdateCustomKeyStoreRequest request) {
    refuse("XksProxyUriEndpoint", request.xksProxyUriEndpoint());
    refuse("XksProxyUriPath", request.xksProxyUriPath());
    refuse("XksProxyVpcEndpointServiceName", request.xksProxyVpcEndpointServiceName());
    refuse("XksProxyVpcEndpointServiceOwner", request.xksProxyVpcEndpointServiceOwner());
    refuse("XksProxyAuthenticationCredential", request.xksProxyAuthenticationCredential());
    refuse("XksProxyConnectivity", request.xksProxyConnectivityAsString());
  }

  ConnectCustomKeyStoreResponse.Builder connect(
      ConnectCustomKeyStoreRequest request, Caller caller) {
    keyStores.connect(request.customKeyStoreId(), caller);
    return ConnectCustomKeyStoreResponse.builder();
  }

  DisconnectCustomKeyStoreResponse.Builder disconnect(
      DisconnectCustomKeyStoreRequest request, Caller caller) {
    keyStores.disconnect(request.customKeyStoreId(), caller);
    return DisconnectCustomKeyStoreResponse.builder();
  }

  DeleteCustomKeyStoreResponse.Builder delete(DeleteCustomKeyStoreRequest request, Caller caller) {
    keyStores.delete(request.customKeyStoreId(), caller);
    return DeleteCustomKeyStoreResponse.builder();
  }

  DescribeCustomKeyStoresResponse.Builder describe(
      DescribeCustomKeyStoresRequest request, Caller caller) {
    Page<KeyStoreRequests.Description> page =
        keyStores.describe(
            new KeyStoreRequests.Describe(
                request.customKeyStoreId(),
                request.customKeyStoreName(),
                request.limit(),
                request.marker()),
            caller);
    return DescribeCustomKeyStoresResponse.builder()
        .customKeyStores(page.items().stream().map(KeyStoreMapper::entry).toList())
        .truncated(page.truncated())
        .nextMarker(page.nextMarker());
  }

  private static CustomKeyStoresListEntry entry(KeyStoreRequests.Description store) {
    ConnectionErrorCode code = store.connectionErrorCode();
    return CustomKeyStoresListEntry.builder()
        .customKeyStoreId(store.id().value())
        .customKeyStoreName(store.name())
        .customKeyStoreType(CustomKeyStoreType.AWS_CLOUDHSM)
        .cloudHsmClusterId(store.clusterId())
        .trustAnchorCertificate(store.trustAnchor())
        .connectionState(store.connectionState().name())
        .connectionErrorCode(code == null ? null : code.name())
        .creationDate(store.created())
        .build();
  }
}
