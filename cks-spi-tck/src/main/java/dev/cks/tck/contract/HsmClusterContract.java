package dev.cks.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link HsmCluster} has to keep to. A subclass says where a cluster comes from and what
 * it can do; each method is one obligation and stands alone. What only faults can show is not asked
 * for here.
 */
public abstract class HsmClusterContract extends OptionalHsmObligations {
  /** For subclasses. */
  protected HsmClusterContract() {}

  @Test
  public void required_facts_describeTheCluster() {
    ClusterFacts facts = cluster().facts();

    assertThat(facts.id()).isNotBlank();
    assertThat(facts.lineage()).isNotBlank();
    assertThat(facts.activeHsms()).isNotEmpty();
    assertThat(facts.hsms()).extracting(ClusterFacts.Hsm::id).doesNotHaveDuplicates();
  }

  @Test
  public void required_attach_closedTwice_canBeDoneAgain() {
    for (int i = 0; i < 3; i++) {
      Attachment attachment = cluster().attach("cks-1234567890abcdef0");
      attachment.close();
      attachment.close();
    }
  }

  @Test
  public void required_login_wrongPassword_failsAuthAndTheRightOneStillWorks() {
    try (SecretBytes wrong = SecretBytes.ofText("notThePassword1")) {
      assertFails(Reason.AUTH_FAILED, () -> cluster().login(user(), wrong, null));
    }

    login().close();
  }

  @Test
  public void required_login_unknownUser_failsUserNotFound() {
    assertFails(Reason.USER_NOT_FOUND, () -> cluster().login("nobody", password, null));
  }

  @Test
  public void required_login_candidateIsTheRightOne_succeeds() {
    try (SecretBytes stale = SecretBytes.ofText("stalePassword1")) {
      cluster().login(user(), stale, password).close();
    }
  }

  @Test
  public void required_login_secondSessionOfTheUser_failsAlreadyLoggedIn() {
    try (HsmSession first = login()) {
      assertFails(Reason.ALREADY_LOGGED_IN, this::login);
      first.list();
    }
    login().close();
  }

  @Test
  public void required_generate_sameIdAgain_returnsTheSameKey() {
    try (HsmSession session = login()) {
      HsmKey first = session.generateAes256(id(1), LABEL);
      byte[] ciphertext = encrypt(first, AAD, PLAINTEXT);

      HsmKey second = session.generateAes256(id(1), LABEL);

      assertThat(decrypt(second, AAD, ciphertext)).isEqualTo(PLAINTEXT);
      assertThat(session.list()).hasSize(1);
    }
  }

  @Test
  public void required_generate_facts_nameIdLabelAndReference() {
    try (HsmSession session = login()) {
      HsmKey.Facts facts = session.generateAes256(id(1), LABEL).facts();

      assertThat(facts.id()).isEqualTo(id(1));
      assertThat(facts.label()).isEqualTo(LABEL);
      assertThat(facts.reference()).isNotBlank();
      assertThat(facts).isEqualTo(session.list().get(0));
    }
  }

  @Test
  public void required_find_unknownKey_isEmpty() {
    try (HsmSession session = login()) {
      assertThat(session.find(id(1))).isEmpty();
    }
  }

  @Test
  public void required_find_inTheNextSession_findsTheKey() {
    byte[] ciphertext;
    try (HsmSession session = login()) {
      ciphertext = encrypt(session.generateAes256(id(1), LABEL), AAD, PLAINTEXT);
    }

    try (HsmSession session = login()) {
      HsmKey found = session.find(id(1)).orElseThrow();
      assertThat(decrypt(found, AAD, ciphertext)).isEqualTo(PLAINTEXT);
    }
  }

  @Test
  public void required_encrypt_anySize_isDecrypted() {
    try (HsmSession session = login()) {
      HsmKey key = session.generateAes256(id(1), LABEL);
      for (int size : new int[] {0, 1, 15, 16, 17, 4096}) {
        byte[] plaintext = new byte[size];
        Arrays.fill(plaintext, (byte) size);

        byte[] ciphertext = encrypt(key, AAD, plaintext);

        assertThat(key.plaintextLength(ciphertext.length)).isEqualTo(size);
        assertThat(decrypt(key, AAD, ciphertext)).isEqualTo(plaintext);
      }
    }
  }

  @Test
  public void required_encrypt_offsets_touchesNothingElse() {
    try (HsmSession session = login()) {
      HsmKey key = session.generateAes256(id(1), LABEL);
      int length = key.ciphertextLength(4);
      byte[] out = new byte[length + 6];

      assertThat(key.encrypt(AAD, PLAINTEXT, 2, 4, out, 3)).isEqualTo(length);

      assertThat(Arrays.copyOf(out, 3)).containsOnly(0);
      assertThat(Arrays.copyOfRange(out, 3 + length, out.length)).containsOnly(0);
      assertThat(decrypt(key, AAD, Arrays.copyOfRange(out, 3, 3 + length)))
          .isEqualTo(Arrays.copyOfRange(PLAINTEXT, 2, 6));
    }
  }

  @Test
  public void required_encrypt_twice_givesDifferentCiphertexts() {
    try (HsmSession session = login()) {
      HsmKey key = session.generateAes256(id(1), LABEL);

      assertThat(encrypt(key, AAD, PLAINTEXT)).isNotEqualTo(encrypt(key, AAD, PLAINTEXT));
    }
  }

  @Test
  public void required_encrypt_manyThreads_allAreDecrypted() {
    try (HsmSession session = login()) {
      HsmKey key = session.generateAes256(id(1), LABEL);
      List<byte[]> ciphertexts = Collections.synchronizedList(new ArrayList<>());

      IntStream.range(0, 400)
          .parallel()
          .forEach(i -> ciphertexts.add(encrypt(key, AAD, PLAINTEXT)));

      assertThat(ciphertexts.parallelStream().map(each -> decrypt(key, AAD, each)))
          .hasSize(400)
          .allMatch(each -> Arrays.equals(each, PLAINTEXT));
    }
  }

  @Test
  public void required_decrypt_anyByteChanged_failsCiphertextInvalid() {
    try (HsmSession session = login()) {
      HsmKey key = session.generateAes256(id(1), LABEL);
      byte[] ciphertext = encrypt(key, AAD, PLAINTEXT);
      for (int i = 0; i < ciphertext.length; i++) {
        byte[] tampered = ciphertext.clone();
        tampered[i] ^= 1;
        assertFails(Reason.CIPHERTEXT_INVALID, () -> decrypt(key, AAD, tampered));
      }
    }
  }

  @Test
  public void required_decrypt_truncatedOrExtended_failsCiphertextInvalid() {
    try (HsmSession session = login()) {
      HsmKey key = session.generateAes256(id(1), LABEL);
      byte[] ciphertext = encrypt(key, AAD, PLAINTEXT);
      for (int length = 0; length <= ciphertext.length + 1; length++) {
        if (length != ciphertext.length) {
          byte[] changed = Arrays.copyOf(ciphertext, length);
          assertFails(Reason.CIPHERTEXT_INVALID, () -> decrypt(key, AAD, changed));
        }
      }
    }
  }

  @Test
  public void required_decrypt_otherAadOrKey_failsCiphertextInvalid() {
    try (HsmSession session = login()) {
      HsmKey key = session.generateAes256(id(1), LABEL);
      HsmKey other = session.generateAes256(id(2), LABEL);
      byte[] ciphertext = encrypt(key, AAD, PLAINTEXT);

      assertFails(Reason.CIPHERTEXT_INVALID, () -> decrypt(key, new byte[0], ciphertext));
      assertFails(Reason.CIPHERTEXT_INVALID, () -> decrypt(other, AAD, ciphertext));
    }
  }

  @Test
  public void required_destroy_key_isGoneEverywhere() {
    try (HsmSession session = login()) {
      HsmKey key = session.generateAes256(id(1), LABEL);
      HsmKey other = session.generateAes256(id(2), LABEL);

      List<Outcome> outcomes = session.destroy(id(1));

      assertThat(outcomes).isNotEmpty().allMatch(Outcome::done);
      assertThat(session.find(id(1))).isEmpty();
      assertFails(Reason.KEY_NOT_FOUND, () -> encrypt(key, AAD, PLAINTEXT));
      assertThat(session.list()).extracting(HsmKey.Facts::id).containsExactly(id(2));
      encrypt(other, AAD, PLAINTEXT);
    }
  }

  @Test
  public void required_destroy_unknownKey_isDone() {
    try (HsmSession session = login()) {
      assertThat(session.destroy(id(1))).allMatch(Outcome::done);
    }
  }

  @Test
  public void required_changePassword_everywhere_onlyTheNewOneLogsIn() {
    try (SecretBytes fresh = SecretBytes.ofText("freshPassword1")) {
      try (HsmSession session = login()) {
        assertThat(session.changePassword(fresh)).isNotEmpty().allMatch(Outcome::done);
        session.list();
      }

      assertFails(Reason.AUTH_FAILED, this::login);
      cluster().login(user(), fresh, null).close();
    }
  }

  @Test
  public void required_random_twice_differs() {
    try (HsmSession session = login()) {
      byte[] first = new byte[32];
      byte[] second = new byte[32];
      session.random(first);
      session.random(second);

      assertThat(first).isNotEqualTo(second).isNotEqualTo(new byte[32]);
    }
  }

  @Test
  public void required_close_twice_isHarmless() {
    HsmSession session = login();
    session.close();
    session.close();

    login().close();
  }

  @Test
  public void required_encrypt_afterClose_failsNotLoggedIn() {
    HsmSession session = login();
    HsmKey key = session.generateAes256(id(1), LABEL);
    byte[] ciphertext = encrypt(key, AAD, PLAINTEXT);
    session.close();

    assertFails(Reason.NOT_LOGGED_IN, () -> encrypt(key, AAD, PLAINTEXT));
    assertFails(Reason.NOT_LOGGED_IN, () -> decrypt(key, AAD, ciphertext));
  }

  @Test
  public void required_session_afterClose_failsNotLoggedIn() {
    HsmSession session = login();
    session.close();

    assertFails(Reason.NOT_LOGGED_IN, () -> session.generateAes256(id(1), LABEL));
    assertFails(Reason.NOT_LOGGED_IN, () -> session.find(id(1)));
    assertFails(Reason.NOT_LOGGED_IN, session::list);
    assertFails(Reason.NOT_LOGGED_IN, () -> session.destroy(id(1)));
    assertFails(Reason.NOT_LOGGED_IN, () -> session.changePassword(password));
    assertFails(Reason.NOT_LOGGED_IN, () -> session.random(new byte[1]));
  }
}
