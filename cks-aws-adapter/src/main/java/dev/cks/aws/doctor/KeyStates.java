package dev.cks.aws.doctor;

import software.amazon.awssdk.services.kms.model.KeyState;

/** Which key states the AWS SDK of this version knows. */
final class KeyStates {
  private KeyStates() {}

  static boolean isKnown(String state) {
    return KeyState.fromValue(state) != KeyState.UNKNOWN_TO_SDK_VERSION;
  }
}
