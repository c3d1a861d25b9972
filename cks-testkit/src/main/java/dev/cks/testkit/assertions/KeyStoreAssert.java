package dev.cks.testkit.assertions;

import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.testkit.TestKeyStore;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import software.amazon.awssdk.services.kms.model.ConnectionErrorCodeType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;

/** What DescribeCustomKeyStores and ListKeys say of a key store, on AWS as well. */
public final class KeyStoreAssert extends AbstractAssert<KeyStoreAssert, TestKeyStore> {
  KeyStoreAssert(TestKeyStore actual) {
    super(actual, KeyStoreAssert.class);
  }

  /** It is connected. */
  public KeyStoreAssert isConnected() {
    return isIn(ConnectionState.CONNECTED);
  }

  /** It is disconnected; why its latest attempt failed may still be readable. */
  public KeyStoreAssert isDisconnected() {
    return isIn(ConnectionState.DISCONNECTED);
  }

  /** An attempt to connect is under way. */
  public KeyStoreAssert isConnecting() {
    return isIn(ConnectionState.CONNECTING);
  }

  /** An attempt to disconnect is under way. */
  public KeyStoreAssert isDisconnecting() {
    return isIn(ConnectionState.DISCONNECTING);
  }

  /** Its latest attempt to connect failed, for whatever reason. */
  public KeyStoreAssert isFailed() {
    return isIn(ConnectionState.FAILED);
  }

  /** Its latest attempt to connect failed for this reason. */
  public KeyStoreAssert isFailedWith(ConnectionErrorCode code) {
    return isFailedWith(code.name());
  }

  /** Its latest attempt to connect failed for this reason, in the SDK's words. */
  public KeyStoreAssert isFailedWith(ConnectionErrorCodeType code) {
    return isFailedWith(code.toString());
  }

  private KeyStoreAssert isFailedWith(String code) {
    isNotNull();
    CustomKeyStoresListEntry entry = actual.describe();
    if (!ConnectionState.FAILED.name().equals(entry.connectionStateAsString())
        || !code.equals(entry.connectionErrorCodeAsString())) {
      failWithMessage(
          "Expecting key store %s to be FAILED with %s, but it is %s",
          actual.id(), code, connection(entry));
    }
    return this;
  }

  /** It is in this connection state. */
  public KeyStoreAssert isIn(ConnectionState state) {
    isNotNull();
    CustomKeyStoresListEntry entry = actual.describe();
    if (!state.name().equals(entry.connectionStateAsString())) {
      failWithMessage(
          "Expecting key store %s to be %s, but it is %s", actual.id(), state, connection(entry));
    }
    return this;
  }

  /** It holds this many keys, those that wait for their deletion included. */
  public KeyStoreAssert hasKeyCount(int expected) {
    isNotNull();
    int count = KeysOfStore.of(actual).size();
    if (count != expected) {
      failWithMessage(
          "Expecting key store %s to hold %s keys, but it holds %s", actual.id(), expected, count);
    }
    return this;
  }

  private static String connection(CustomKeyStoresListEntry entry) {
    String code = entry.connectionErrorCodeAsString();
    return Objects.toString(entry.connectionStateAsString())
        + (code == null ? "" : " with " + code);
  }
}
