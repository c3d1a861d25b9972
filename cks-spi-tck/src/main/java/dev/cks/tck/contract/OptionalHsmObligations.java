package dev.cks.tck.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cluster is asked beyond the required, as far as it declares that it can. */
abstract class OptionalHsmObligations {
  private static final int ATTEMPTS = 5;
  private static final int LARGEST_SUBNET = 65_536;
  static final byte[] AAD = "header and context".getBytes(UTF_8);
  static final byte[] PLAINTEXT = "a small secret".getBytes(UTF_8);
  static final String LABEL =
      "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  private @Nullable HsmCluster prepared;
  SecretBytes password = SecretBytes.ofText("");

  /**
   * A cluster in working order, with enough HSMs for creating keys, in which {@link #user} is not
   * logged in. Called once for each test.
   */
  protected abstract HsmCluster newCluster();

  /** A crypto user of each new cluster(). */
  protected abstract String user();

  /** The user's password in each new cluster(). */
  protected abstract String password();

  /** What the cluster can do; nothing beyond the required, unless overridden. */
  protected Set<Capability> capabilities() {
    return Set.of();
  }

  /** Makes the cluster; for JUnit, and for whoever calls a test by itself. */
  @BeforeEach
  public void prepare() {
    prepared = newCluster();
    password = SecretBytes.ofText(password());
  }

  /** Wipes the password. */
  @AfterEach
  public void cleanUp() {
    password.close();
  }

  @Test
  public void optional_lockout_fiveWrongPasswords_lockTheUserOut() {
    Capability.LOCKOUT.requireOneOf(capabilities());
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      loginFails(Reason.AUTH_FAILED);
    }

    assertFails(Reason.LOCKED_OUT, this::login);
  }

  @Test
  public void optional_lockout_fourWrongPasswords_doNot() {
    Capability.LOCKOUT.requireOneOf(capabilities());
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      loginFails(Reason.AUTH_FAILED);
    }

    login().close();
  }

  @Test
  public void optional_lockout_theRightPassword_startsTheCountAgain() {
    Capability.LOCKOUT.requireOneOf(capabilities());
    for (int round = 0; round < 2; round++) {
      for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
        loginFails(Reason.AUTH_FAILED);
      }
      login().close();
    }
  }

  @Test
  public void optional_addresses_attachUntilNoneIsLeft_failsAndHoldsNothing() {
    Capability.ADDRESSES.requireOneOf(capabilities());
    List<Attachment> held = attachUntilNoneIsLeft();

    held.remove(0).close();
    held.add(cluster().attach("cks-1234567890abcdef0"));
    assertFails(Reason.NO_FREE_ADDRESS, () -> cluster().attach("cks-1234567890abcdef1"));
    held.forEach(Attachment::close);
  }

  @Test
  public void optional_addresses_closeTwice_givesOneAddressBack() {
    Capability.ADDRESSES.requireOneOf(capabilities());
    List<Attachment> held = attachUntilNoneIsLeft();

    held.get(0).close();
    held.get(0).close();

    cluster().attach("cks-1234567890abcdef0");
    assertFails(Reason.NO_FREE_ADDRESS, () -> cluster().attach("cks-1234567890abcdef1"));
  }

  @Test
  public void optional_severalHsms_facts_showThem() {
    Capability.SEVERAL_HSMS.requireOneOf(capabilities());
    assertThat(cluster().facts().activeHsms()).hasSizeGreaterThan(1);
  }

  @Test
  public void optional_severalHsms_destroy_tellsTheOutcomeOfEach() {
    Capability.SEVERAL_HSMS.requireOneOf(capabilities());
    try (HsmSession session = login()) {
      session.generateAes256(id(1), LABEL);
      assertOneForEachHsm(session.destroy(id(1)));
    }
  }

  @Test
  public void optional_severalHsms_changePassword_tellsTheOutcomeOfEach() {
    Capability.SEVERAL_HSMS.requireOneOf(capabilities());
    try (HsmSession session = login();
        SecretBytes fresh = SecretBytes.ofText("freshPassword1")) {
      assertOneForEachHsm(session.changePassword(fresh));
    }
  }

  private List<Attachment> attachUntilNoneIsLeft() {
    List<Attachment> held = new ArrayList<>();
    assertFails(
        Reason.NO_FREE_ADDRESS,
        () -> {
          while (held.size() < LARGEST_SUBNET) {
            held.add(cluster().attach(keyStoreId(held.size())));
          }
        });
    return held;
  }

  private static String keyStoreId(int number) {
    return String.format(Locale.ROOT, "cks-%017d", number);
  }

  private void loginFails(Reason reason) {
    try (SecretBytes wrong = SecretBytes.ofText("notThePassword1")) {
      assertFails(reason, () -> cluster().login(user(), wrong, null));
    }
  }

  private void assertOneForEachHsm(List<Outcome> outcomes) {
    assertThat(outcomes)
        .extracting(Outcome::hsm)
        .containsExactlyInAnyOrderElementsOf(
            cluster().facts().activeHsms().stream().map(ClusterFacts.Hsm::id).toList());
  }

  final HsmCluster cluster() {
    return Objects.requireNonNull(prepared, "prepare() first");
  }

  final HsmSession login() {
    return cluster().login(user(), password, null);
  }

  static BackingKeyId id(int number) {
    return new BackingKeyId(0x6b6579L, number);
  }

  static byte[] encrypt(HsmKey key, byte[] aad, byte[] plaintext) {
    byte[] out = new byte[key.ciphertextLength(plaintext.length)];
    assertThat(key.encrypt(aad, plaintext, 0, plaintext.length, out, 0)).isEqualTo(out.length);
    return out;
  }

  static byte[] decrypt(HsmKey key, byte[] aad, byte[] ciphertext) {
    byte[] out = new byte[Math.max(0, key.plaintextLength(ciphertext.length))];
    assertThat(key.decrypt(aad, ciphertext, 0, ciphertext.length, out, 0)).isEqualTo(out.length);
    return out;
  }

  static void assertFails(Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(HsmException.class)
        .isThrownBy(call)
        .extracting(HsmException::reason)
        .isEqualTo(reason);
  }
}
