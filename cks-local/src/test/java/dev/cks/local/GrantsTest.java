package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cks.service.Quotas;
import dev.cks.spi.AuditEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;

/** Grants as AWS documents them, by way of the SDK's interface (spec A.7, D.13). */
class GrantsTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/worker";
  private static final String RETIRER = "arn:aws:iam::111122223333:user/cleaner";
  private static final String VALIDATION = "ValidationException";
  private static final String UNKNOWN_GRANT = "f".repeat(64);

  private final RecordingSink events = new RecordingSink();
  private Account account;
  private String key;

  @BeforeEach
  void open() {
    account =
        Account.connected(
            plan -> plan.audit(events).quotas(new Quotas(10, 100, 50, 50, 32_768, 120)));
    key = account.customKey();
  }

  @AfterEach
  void close() {
    account.close();
  }

  private CreateGrantResponse grant(Consumer<CreateGrantRequest.Builder> change) {
    return account.kms.createGrant(
        r -> {
          r.keyId(key).granteePrincipal(ROLE).operations(GrantOperation.DECRYPT);
          change.accept(r);
        });
  }

  private CreateGrantResponse grant() {
    return grant(r -> {});
  }

  private List<GrantListEntry> grants() {
    return account.kms.listGrants(r -> r.keyId(key)).grants();
  }

  private void refused(String code, Consumer<CreateGrantRequest.Builder> change) {
    assertRefused(code, () -> grant(change)).isNotBlank();
    assertThat(grants()).isEmpty();
  }

  @Test
  void grant_isListedWithAllItSays() {
    CreateGrantResponse created =
        grant(
            r ->
                r.retiringPrincipal(RETIRER)
                    .name("nightly")
                    .operations(GrantOperation.ENCRYPT, GrantOperation.DECRYPT)
                    .constraints(c -> c.encryptionContextSubset(Map.of("team", "a"))));
    var time = account.aws.clock().now();

    GrantListEntry entry = grants().get(0);
    assertThat(created.grantId()).matches("[0-9a-f]{64}").isEqualTo(entry.grantId());
    assertThat(entry.keyId()).isEqualTo(key);
    assertThat(entry.name()).isEqualTo("nightly");
    assertThat(entry.creationDate()).isEqualTo(time);
    assertThat(entry.granteePrincipal()).isEqualTo(ROLE);
    assertThat(entry.retiringPrincipal()).isEqualTo(RETIRER);
    assertThat(entry.issuingAccount()).isEqualTo("arn:aws:iam::111122223333:root");
    assertThat(entry.operations())
        .containsExactlyInAnyOrder(GrantOperation.DECRYPT, GrantOperation.ENCRYPT);
    assertThat(entry.constraints().encryptionContextSubset())
        .containsExactly(Map.entry("team", "a"));
    assertThat(entry.constraints().hasEncryptionContextEquals()).isFalse();
  }

  @Test
  void grant_thatSaysTheLeast_showsNothingElse() {
    grant();
    GrantListEntry entry = grants().get(0);
    assertThat(entry.name()).isEmpty();
    assertThat(entry.retiringPrincipal()).isNull();
    assertThat(entry.constraints()).isNull();
  }

  @Test
  void createGrant_repeatedWithAName_answersTheSameGrantWithAFreshToken() {
    CreateGrantResponse first = grant(r -> r.name("n"));
    CreateGrantResponse again = grant(r -> r.name("n"));

    assertThat(again.grantId()).isEqualTo(first.grantId());
    assertThat(again.grantToken()).isNotEqualTo(first.grantToken());
    assertThat(grants()).hasSize(1);
  }

  @Test
  void createGrant_repeatedWithoutAName_orWithOtherTerms_makesAnother() {
    grant();
    grant();
    grant(r -> r.name("n"));
    grant(r -> r.name("n").retiringPrincipal(RETIRER));
    grant(r -> r.name("n").operations(GrantOperation.ENCRYPT));
    assertThat(grants()).hasSize(5);
  }

  @Test
  void createGrant_withANameThatAnotherKeysGrantHas_makesAnother() {
    String other = account.customKey();
    String id = grant(r -> r.name("n")).grantId();
    assertThat(grant(r -> r.name("n").keyId(other)).grantId()).isNotEqualTo(id);
  }

  @ParameterizedTest
  @EnumSource(
      value = GrantOperation.class,
      names = {
        "SIGN",
        "VERIFY",
        "GET_PUBLIC_KEY",
        "GENERATE_MAC",
        "VERIFY_MAC",
        "DERIVE_SHARED_SECRET",
        "GENERATE_DATA_KEY_PAIR",
        "GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT"
      })
  void createGrant_forWhatAKeyInAStoreCannotDo_isInvalid(GrantOperation operation) {
    refused(VALIDATION, r -> r.operations(GrantOperation.DECRYPT, operation));
  }

  @ParameterizedTest
  @EnumSource(
      value = GrantOperation.class,
      names = {
        "DECRYPT",
        "ENCRYPT",
        "GENERATE_DATA_KEY",
        "GENERATE_DATA_KEY_WITHOUT_PLAINTEXT",
        "RE_ENCRYPT_FROM",
        "RE_ENCRYPT_TO",
        "RETIRE_GRANT",
        "DESCRIBE_KEY"
      })
  void createGrant_forWhatAKeyInAStoreCanDo_isAccepted(GrantOperation operation) {
    grant(r -> r.operations(operation));
    assertThat(grants().get(0).operations()).containsExactly(operation);
  }

  @Test
  void createGrant_forDataKeyPairs_isAcceptedForStandardKeys() {
    String standard = account.standardKey();
    grant(r -> r.keyId(standard).operations(GrantOperation.GENERATE_DATA_KEY_PAIR));
    assertThat(account.kms.listGrants(r -> r.keyId(standard)).grants()).hasSize(1);
  }

  @Test
  void createGrant_forNothing_orForCreateGrantAlone_isInvalid() {
    refused(VALIDATION, r -> r.operations(List.of()));
    refused(VALIDATION, r -> r.operations(GrantOperation.CREATE_GRANT));
    refused(VALIDATION, r -> r.operationsWithStrings("Reticulate"));
    grant(r -> r.operations(GrantOperation.CREATE_GRANT, GrantOperation.DECRYPT));
  }

  @Test
  void createGrant_withConstraints_needsAnOperationThatTakesAContext() {
    Map<String, String> pairs = Map.of("a", "b");
    refused(
        VALIDATION,
        r ->
            r.operations(GrantOperation.DESCRIBE_KEY, GrantOperation.RETIRE_GRANT)
                .constraints(c -> c.encryptionContextEquals(pairs)));
    grant(
        r ->
            r.operations(GrantOperation.DESCRIBE_KEY, GrantOperation.ENCRYPT)
                .constraints(c -> c.encryptionContextEquals(pairs)));
    assertThat(grants().get(0).constraints().encryptionContextEquals()).isEqualTo(pairs);
  }

  @Test
  void createGrant_withConstraintsTooLargeOrOfBothKinds_isInvalid() {
    Map<String, String> nine = new HashMap<>();
    for (int i = 0; i < 9; i++) {
      nine.put("k" + i, "v");
    }
    refused(VALIDATION, r -> r.constraints(c -> c.encryptionContextSubset(nine)));
    refused(
        VALIDATION,
        r -> r.constraints(c -> c.encryptionContextEquals(Map.of("k", "v".repeat(385)))));
    refused(
        VALIDATION,
        r ->
            r.constraints(
                c -> c.encryptionContextEquals(Map.of("k", "v")).encryptionContextSubset(nine)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker", "arn:aws:s3:::bucket", "arn:aws:iam::1:role/a", "arn:aws:iam"})
  void createGrant_withAPrincipalThatIsNone_isAnInvalidArn(String principal) {
    refused("InvalidArnException", r -> r.granteePrincipal(principal));
    refused("InvalidArnException", r -> r.retiringPrincipal(principal));
    assertRefused(
        "InvalidArnException",
        () -> account.kms.listRetirableGrants(r -> r.retiringPrincipal(principal)));
  }

  @Test
  void createGrant_withWhatIsNewerThanTheModel_isRefusedByName() {
    assertRefused(
            "UnsupportedOperationException",
            () -> grant(r -> r.constraints(c -> c.sourceArn("arn:aws:s3:::bucket"))))
        .contains("SourceArn");
    assertRefused(
            "UnsupportedOperationException",
            () -> grant(r -> r.retiringServicePrincipal("s3.amazonaws.com")))
        .contains("RetiringServicePrincipal");
  }

  @Test
  void createGrant_followsTheStateOfTheKey() {
    account.disconnect();
    grant();
    account.kms.disableKey(r -> r.keyId(key));
    account.connect();
    assertRefused("DisabledException", () -> grant()).isEqualTo(key + " is disabled.");
    account.kms.scheduleKeyDeletion(r -> r.keyId(key));
    assertRefused("KMSInvalidStateException", () -> grant())
        .isEqualTo(key + " is pending deletion.");
    assertThat(grants()).hasSize(1);
  }

  @Test
  void createGrant_beyondTheQuota_isRefused_andRepeatingIsNot() {
    String id = grant(r -> r.name("n")).grantId();
    for (int i = 1; i < 120; i++) {
      grant();
    }
    assertRefused("LimitExceededException", () -> grant()).contains("120");
    assertThat(grant(r -> r.name("n")).grantId()).isEqualTo(id);
    account.kms.revokeGrant(r -> r.keyId(key).grantId(id));
    assertThat(grant().grantId()).isNotEqualTo(id);
  }

  @Test
  void createGrant_namingTheKeyByAlias_isNotFound() {
    account.kms.createAlias(r -> r.aliasName("alias/a").targetKeyId(key));
    refused("NotFoundException", r -> r.keyId("alias/a"));
  }

  @Test
  void dryRuns_changeNothing() {
    String dry = "DryRunOperationException";
    refused(dry, r -> r.dryRun(true));
    CreateGrantResponse grant = grant();
    assertRefused(
        dry,
        () -> account.kms.revokeGrant(r -> r.keyId(key).grantId(grant.grantId()).dryRun(true)));
    assertRefused(
        dry, () -> account.kms.retireGrant(r -> r.grantToken(grant.grantToken()).dryRun(true)));
    assertRefused(
        "NotFoundException",
        () -> account.kms.revokeGrant(r -> r.keyId(key).grantId(UNKNOWN_GRANT).dryRun(true)));
    assertThat(grants()).hasSize(1);
  }

  @Test
  void listGrants_pagesAndFilters() {
    for (int i = 0; i < 110; i++) {
      grant();
    }
    String id = grant(r -> r.granteePrincipal(RETIRER)).grantId();

    ListGrantsResponse first = account.kms.listGrants(r -> r.keyId(key));
    assertThat(first.grants()).hasSize(50);
    assertThat(first.truncated()).isTrue();
    assertThat(account.kms.listGrants(r -> r.keyId(key).limit(1000)).grants()).hasSize(100);
    List<String> all = new ArrayList<>();
    account
        .kms
        .listGrantsPaginator(r -> r.keyId(key).limit(7))
        .grants()
        .forEach(g -> all.add(g.grantId()));
    assertThat(all).hasSize(111).doesNotHaveDuplicates().isSorted();

    ListGrantsResponse one = account.kms.listGrants(r -> r.keyId(key).grantId(id));
    ListGrantsResponse theirs = account.kms.listGrants(r -> r.keyId(key).granteePrincipal(RETIRER));
    assertThat(one.grants()).extracting(GrantListEntry::grantId).containsExactly(id);
    assertThat(theirs.grants()).isEqualTo(one.grants());
    assertThat(theirs.truncated()).isFalse();
    assertThat(account.kms.listGrants(r -> r.keyId(key).grantId(UNKNOWN_GRANT)).grants()).isEmpty();
  }

  @Test
  void listGrants_withABadMarkerOrGrantId_isRefused() {
    assertRefused(
        "InvalidMarkerException", () -> account.kms.listGrants(r -> r.keyId(key).marker("x")));
    assertRefused(
        "InvalidGrantIdException", () -> account.kms.listGrants(r -> r.keyId(key).grantId("x")));
    assertRefused("NotFoundException", () -> account.kms.listGrants(r -> r.keyId("x")));
  }

  @Test
  void listRetirableGrants_findsThemOverAllKeys() {
    String other = account.standardKey();
    String one = grant(r -> r.retiringPrincipal(RETIRER)).grantId();
    String two = grant(r -> r.retiringPrincipal(RETIRER).keyId(other)).grantId();
    grant(r -> r.retiringPrincipal(ROLE));
    grant();

    var found = account.kms.listRetirableGrants(r -> r.retiringPrincipal(RETIRER));
    assertThat(found.grants())
        .extracting(GrantListEntry::grantId)
        .containsExactlyInAnyOrder(one, two);
    assertThat(found.grants())
        .extracting(GrantListEntry::keyId)
        .containsExactlyInAnyOrder(key, other);
    var page = account.kms.listRetirableGrants(r -> r.retiringPrincipal(RETIRER).limit(1));
    assertThat(page.grants()).hasSize(1);
    assertThat(page.nextMarker()).isNotNull();
    assertThat(account.kms.listRetirableGrants(r -> r.retiringPrincipal(ROLE + "2")).grants())
        .isEmpty();
  }

  @Test
  void grants_endByToken_byKeyAndId_andByRevoking() {
    CreateGrantResponse one = grant(r -> r.retiringPrincipal(RETIRER));
    CreateGrantResponse two = grant();
    CreateGrantResponse three = grant();

    account.kms.retireGrant(r -> r.grantToken(one.grantToken()));
    assertThat(grants()).hasSize(2);
    account.kms.retireGrant(r -> r.keyId(key).grantId(two.grantId()));
    assertThat(grants()).extracting(GrantListEntry::grantId).containsExactly(three.grantId());
    account.kms.revokeGrant(r -> r.keyId(key).grantId(three.grantId()));
    assertThat(grants()).isEmpty();
    assertThat(account.kms.listRetirableGrants(r -> r.retiringPrincipal(RETIRER)).grants())
        .isEmpty();
  }

  @Test
  void grants_endInEveryState() {
    CreateGrantResponse one = grant();
    CreateGrantResponse two = grant();
    CreateGrantResponse three = grant();
    account.disconnect();
    account.kms.retireGrant(r -> r.grantToken(one.grantToken()));
    account.kms.scheduleKeyDeletion(r -> r.keyId(key));
    account.kms.retireGrant(r -> r.keyId(key).grantId(two.grantId()));
    account.kms.revokeGrant(r -> r.keyId(key).grantId(three.grantId()));
    assertThat(grants()).isEmpty();
  }

  @Test
  void grants_thatAreNotThere_cannotEnd() {
    CreateGrantResponse gone = grant();
    account.kms.retireGrant(r -> r.grantToken(gone.grantToken()));
    String other = account.customKey();
    String others = grant(r -> r.keyId(other)).grantId();

    for (String id : List.of(gone.grantId(), UNKNOWN_GRANT, others)) {
      assertRefused(
          "NotFoundException", () -> account.kms.revokeGrant(r -> r.keyId(key).grantId(id)));
      assertRefused(
          "NotFoundException", () -> account.kms.retireGrant(r -> r.keyId(key).grantId(id)));
    }
    assertRefused(
        "NotFoundException", () -> account.kms.retireGrant(r -> r.grantToken(gone.grantToken())));
    assertRefused(
        "InvalidGrantTokenException", () -> account.kms.retireGrant(r -> r.grantToken("bogus")));
    assertRefused(
        "InvalidGrantIdException", () -> account.kms.revokeGrant(r -> r.keyId(key).grantId("x")));
    assertThat(account.kms.listGrants(r -> r.keyId(other)).grants()).hasSize(1);
  }

  @Test
  void retireGrant_namedInNoWayOrInTwo_isInvalid() {
    CreateGrantResponse grant = grant();
    String token = grant.grantToken();
    assertRefused(VALIDATION, () -> account.kms.retireGrant(r -> {}));
    assertRefused(VALIDATION, () -> account.kms.retireGrant(r -> r.keyId(key)));
    assertRefused(VALIDATION, () -> account.kms.retireGrant(r -> r.grantId(grant.grantId())));
    assertRefused(VALIDATION, () -> account.kms.retireGrant(r -> r.grantToken(token).keyId(key)));
    assertThat(grants()).hasSize(1);
  }

  @Test
  void grants_areDeletedWithTheirKey() {
    String other = account.customKey();
    CreateGrantResponse grant = grant(r -> r.retiringPrincipal(RETIRER));
    grant(r -> r.keyId(other).retiringPrincipal(RETIRER));
    account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
    account.aws.clock().advance(Duration.ofDays(8));

    assertThat(account.kms.listRetirableGrants(r -> r.retiringPrincipal(RETIRER)).grants())
        .extracting(GrantListEntry::keyId)
        .containsExactly(other);
    assertRefused(
        "NotFoundException", () -> account.kms.retireGrant(r -> r.grantToken(grant.grantToken())));
    assertRefused(
        "InvalidGrantTokenException",
        () -> grant(r -> r.keyId(other).grantTokens(grant.grantToken())));
  }

  @Test
  void tokens_ofGrants_areAcceptedWhereverTheyAreDocumented_andBogusOnesRefused() {
    SdkBytes data = SdkBytes.fromUtf8String("x");
    SdkBytes blob = account.encrypt(key, "x");
    CreateGrantResponse grant = grant();
    for (boolean good : new boolean[] {true, false}) {
      String token = good ? grant.grantToken() : grant.grantToken().replace('A', 'B');
      List<ThrowingCallable> calls =
          List.of(
              () -> account.kms.encrypt(r -> r.keyId(key).plaintext(data).grantTokens(token)),
              () -> account.kms.decrypt(r -> r.ciphertextBlob(blob).grantTokens(token)),
              () ->
                  account.kms.reEncrypt(
                      r -> r.ciphertextBlob(blob).destinationKeyId(key).grantTokens(token)),
              () ->
                  account.kms.generateDataKey(
                      r -> r.keyId(key).numberOfBytes(1).grantTokens(token)),
              () ->
                  account.kms.generateDataKeyWithoutPlaintext(
                      r -> r.keyId(key).numberOfBytes(1).grantTokens(token)),
              () -> grant(r -> r.grantTokens(token)));
      for (var call : calls) {
        if (good) {
          assertThatCode(call).doesNotThrowAnyException();
        } else {
          assertRefused("InvalidGrantTokenException", call);
        }
      }
      // documents no such error
      assertThat(account.kms.describeKey(r -> r.keyId(key).grantTokens(token))).isNotNull();
      assertRefused(
          good ? "InvalidKeyUsageException" : "InvalidGrantTokenException",
          () ->
              account.kms.sign(
                  r ->
                      r.keyId(key)
                          .message(data)
                          .signingAlgorithm("ECDSA_SHA_256")
                          .grantTokens(token)));
    }
  }

  @Test
  void events_haveTheShapeOfCloudTrail() {
    CreateGrantResponse grant =
        grant(
            r ->
                r.retiringPrincipal(RETIRER)
                    .constraints(c -> c.encryptionContextSubset(Map.of("a", "b"))));
    account.kms.retireGrant(r -> r.grantToken(grant.grantToken()));
    String second = grant().grantId();
    account.kms.revokeGrant(r -> r.keyId(key).grantId(second));

    AuditEvent created = events.named("CreateGrant").get(0);
    assertThat(created.readOnly()).isFalse();
    assertThat(created.requestParameters())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "keyId", key,
                "constraints", Map.of("encryptionContextSubset", Map.of("a", "b")),
                "operations", List.of("Decrypt"),
                "granteePrincipal", ROLE,
                "retiringPrincipal", RETIRER));
    assertThat(created.responseElements())
        .containsExactlyInAnyOrderEntriesOf(Map.of("grantId", grant.grantId(), "keyId", key));
    AuditEvent retired = events.named("RetireGrant").get(0);
    assertThat(retired.requestParameters()).isNull();
    assertThat(retired.responseElements()).isNull();
    assertThat(retired.additionalEventData()).isEqualTo(Map.of("grantId", grant.grantId()));
    assertThat(retired.resources()).containsExactly(AuditEvent.Resource.key(key));
    AuditEvent revoked = events.named("RevokeGrant").get(0);
    assertThat(revoked.requestParameters()).isEqualTo(Map.of("keyId", key, "grantId", second));
    assertThat(revoked.responseElements()).isNull();
    assertThat(revoked.resources()).containsExactly(AuditEvent.Resource.key(key));
  }
}
