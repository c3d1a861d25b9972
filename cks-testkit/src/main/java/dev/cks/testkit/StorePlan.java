package dev.cks.testkit;

import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key store as it was declared.
 *
 * @param code why its connection failed; exactly when it is FAILED
 */
record StorePlan(ConnectionState state, @Nullable ConnectionErrorCode code) {
  static final StorePlan CONNECTED = new StorePlan(ConnectionState.CONNECTED, null);

  StorePlan {
    if (state == ConnectionState.FAILED && code == null) {
      throw new IllegalArgumentException(
          "a connection fails for a reason: write @KeyStore(state = FAILED, code = …) with one of "
              + Arrays.toString(ConnectionErrorCode.values()));
    }
    if (state != ConnectionState.FAILED && code != null) {
      throw new IllegalArgumentException(
          "a key store that is "
              + state
              + " has no error code: write @KeyStore(state = FAILED, code = "
              + code
              + ")");
    }
  }

  /** Whether its keys can be used. */
  boolean isConnected() {
    return state == ConnectionState.CONNECTED;
  }

  /** Whether it is on its way from one state to another. */
  boolean isUnderWay() {
    return state == ConnectionState.CONNECTING || state == ConnectionState.DISCONNECTING;
  }

  /** As DescribeCustomKeyStores tells it. */
  @Override
  public String toString() {
    return code == null ? state.toString() : state + " (" + code + ")";
  }
}
