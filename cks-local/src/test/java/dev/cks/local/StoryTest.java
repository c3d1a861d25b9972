package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The main job ends as the guide says. */
class StoryTest {

  @Test
  void story_toldToItsEnd_showsFiveIncidentsAndRecoversThePlaintext() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Main.tell(new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(told.toString(StandardCharsets.UTF_8))
        .containsSubsequence(
            "ConnectionState CONNECTED",
            "ConnectionState DISCONNECTED",
            "KeyState Unavailable",
            "KMSInvalidStateException",
            "CustomKeyStoreInvalidStateException",
            "KeyState Enabled",
            "KMS cannot communicate with your CloudHSM cluster",
            "changePswd CU kmsuser",
            "ConnectionState FAILED, INVALID_CREDENTIALS",
            "ConnectionState FAILED, USER_LOCKED_OUT",
            "ConnectionState CONNECTED",
            "Decrypt -> the recipe for the sauce",
            "deleteKey -k",
            "Decrypt -> KMSInvalidStateException",
            "KeyState Unavailable",
            "CreateCluster from it",
            "ConnectionState CONNECTED",
            "Decrypt -> the recipe for the sauce",
            "KeyState Enabled",
            "doctor.explain -> Key arn:",
            "doctor.examine -> INVALID_CREDENTIALS: kmsuser has another password",
            "apply -> DONE, Set a new password of kmsuser",
            "apply -> DONE, Connect the key store",
            "Decrypt -> the recipe for the sauce",
            "doctor.examine -> healthy")
        .doesNotContain("freshByHand1", "Pswd01", "newPassword", "tempPassword", "changedByAdmin1");
  }
}
