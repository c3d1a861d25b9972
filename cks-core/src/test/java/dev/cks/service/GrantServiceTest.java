package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.grant.Grant;
import dev.cks.domain.grant.GrantId;
import dev.cks.domain.grant.GrantOperation;
import dev.cks.domain.grant.GrantToken;
import dev.cks.domain.key.KeyOperation;
import dev.cks.service.GrantRequests.Create;
import dev.cks.service.GrantRequests.Created;
import dev.cks.service.GrantRequests.Listed;
import dev.cks.service.GrantRequests.OfKey;
import dev.cks.service.GrantRequests.Retire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CreateGrant, ListGrants, ListRetirableGrants, RetireGrant, RevokeGrant. */
class GrantServiceTest {
  private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
  private static final String BOB = "arn:aws:iam::111122223333:user/bob";
  private static final String NO_GRANT = "f".repeat(64);
  private static final String BAD_TOKEN =
      "InvalidGrantTokenException: The specified grant token is not valid.";
  private static final String NOT_FOUND = "NotFoundException: Grant ID %s not found";

  private final TestAccount account =
      new TestAccount(plan -> plan.quotas(new Quotas(10, 100, 50, 50, 32_768, 3)));
  private final GrantService grants = account.kms.keys().grants();
  private final String key = account.key(account.connectedStore());
  private final String standard = account.standardKey();

  @AfterEach
  void close() {
    account.close();
  }

  private static Create to(String key, String grantee, String name, String... operations) {
    return new Create(
        key, grantee, BOB, List.of(operations), Map.of(), Map.of(), name, List.of(), false);
  }

  private static Create constrained(
      String key, Map<String, String> equal, Map<String, String> subset, String... operations) {
    return new Create(key, ALICE, null, List.of(operations), equal, subset, null, List.of(), false);
  }

  private Created create(String target, String... operations) {
    return grants.create(to(target, ALICE, null, operations), account.caller());
  }

  private String refusal(Create request) {
    return account.outcome(() -> grants.create(request, account.caller()));
  }

  private List<GrantId> listed(String target) {
    return grants.list(new OfKey(target, null, null, null, null), account.caller()).items().stream()
        .map(listed -> listed.grant().id())
        .toList();
  }

  private String retire(String token, String keyId, String grantId) {
    return account.outcome(
        () -> grants.retire(new Retire(token, keyId, grantId, false), account.caller()));
  }

  private String revoke(String keyId, String grantId) {
    return account.outcome(() -> grants.revoke(keyId, grantId, false, account.caller()));
  }

  @Test
  void grant_isListed_withWhatItWasGiven() {
    Created created =
        grants.create(
            new Create(
                key,
                ALICE,
                BOB,
                List.of("Encrypt", "Decrypt"),
                Map.of(),
                Map.of("a", "b"),
                "name",
                List.of(),
                false),
            account.caller());

    Listed listed =
        grants.list(new OfKey(key, null, null, null, null), account.caller()).items().get(0);
    Grant grant = listed.grant();
    assertThat(grant.id()).isEqualTo(created.id());
    assertThat(grant.created()).isEqualTo(ManualTime.START.plusSeconds(5));
    assertThat(grant.terms().grantee()).isEqualTo(ALICE);
    assertThat(grant.terms().retiring()).isEqualTo(BOB);
    assertThat(grant.terms().operations())
        .containsExactly(GrantOperation.DECRYPT, GrantOperation.ENCRYPT);
    assertThat(grant.terms().constraint().pairs()).isEqualTo(Map.of("a", "b"));
    assertThat(grant.terms().name()).isEqualTo("name");
    assertThat(listed.keyArn()).isEqualTo(TestAccount.arn(key));
    assertThat(listed.issuingAccount()).isEqualTo("arn:aws:iam::111122223333:root");
    assertThat(GrantToken.parse(created.token()).orElseThrow().grant()).isEqualTo(created.id());
  }

  @Test
  void sameRequest_isAnotherGrant_unlessItHasAName() {
    Created unnamed = create(key, "Decrypt");
    assertThat(create(key, "Decrypt").id()).isNotEqualTo(unnamed.id());
    Created named = grants.create(to(key, ALICE, "n", "Decrypt"), account.caller());
    Created again = grants.create(to(key, ALICE, "n", "Decrypt"), account.caller());

    assertThat(again.id()).isEqualTo(named.id());
    assertThat(again.token()).as("each answer has its own").isNotEqualTo(named.token());
    assertThat(listed(key)).hasSize(3);
  }

  @Test
  void grants_beyondTheQuota_areRefused_butTheSameAgainIsNot() {
    create(key, "Decrypt");
    create(key, "Decrypt");
    Create named = to(key, ALICE, "n", "Decrypt");
    Created last = grants.create(named, account.caller());

    assertThat(refusal(to(key, ALICE, null, "Decrypt")))
        .isEqualTo("LimitExceededException: A KMS key can have at most 3 grants.");
    assertThat(grants.create(named, account.caller()).id()).isEqualTo(last.id());
    assertThat(refusal(to(standard, ALICE, null, "Decrypt"))).as("another key").isEqualTo("ok");
    revoke(key, last.id().value());
    assertThat(refusal(to(key, ALICE, null, "Decrypt"))).isEqualTo("ok");
  }

  @Test
  void termsThatDoNotFit_areRefused() {
    assertThat(refusal(to(key, "alice", null, "Decrypt")))
        .isEqualTo("InvalidArnException: The principal is not the ARN of an IAM or STS principal.");
    assertThat(
            refusal(
                new Create(
                    key,
                    ALICE,
                    "bob",
                    List.of("Decrypt"),
                    Map.of(),
                    Map.of(),
                    null,
                    List.of(),
                    false)))
        .startsWith("InvalidArnException");
    assertThat(refusal(to(key, ALICE, null)))
        .isEqualTo("ValidationException: A grant must allow at least one operation.");
    assertThat(refusal(to(key, ALICE, null, "ListKeys")))
        .isEqualTo("ValidationException: A grant cannot allow the operation ListKeys.");
    assertThat(refusal(to(key, ALICE, null, "CreateGrant")))
        .isEqualTo("ValidationException: Grants must not contain only the CreateGrant operation.");
    assertThat(refusal(to(key, ALICE, null, "Decrypt", "Sign", "GenerateDataKeyPair")))
        .isEqualTo(
            "ValidationException: The operations [Sign, GenerateDataKeyPair] are not supported by"
                + " ARN:key/id1.");
    assertThat(refusal(to(standard, ALICE, null, "CreateGrant", "GenerateDataKeyPair")))
        .isEqualTo("ok");
    assertThat(refusal(constrained(key, Map.of("a", "b"), Map.of("a", "b"), "Decrypt")))
        .startsWith("ValidationException: A grant has either");
    assertThat(refusal(constrained(key, Map.of("a", "b"), Map.of(), "DescribeKey")))
        .isEqualTo(
            "ValidationException: A grant constraint needs an operation that takes an encryption"
                + " context; there is none among [DescribeKey].");
    assertThat(refusal(constrained(key, Map.of(), Map.of(), "DescribeKey"))).isEqualTo("ok");
    assertThat(refusal(constrained(key, Map.of("a", "b"), Map.of(), "DescribeKey", "Decrypt")))
        .isEqualTo("ok");
    assertThat(refusal(to("alias/a", ALICE, null, "Decrypt")))
        .isEqualTo("NotFoundException: Invalid keyId 'alias/a'");
  }

  @Test
  void dryRuns_changeNothing() {
    String wouldSucceed =
        "DryRunOperationException: The request would have succeeded, but the DryRun option is set.";
    Create dry =
        new Create(key, ALICE, null, List.of("Decrypt"), Map.of(), Map.of(), "n", List.of(), true);
    assertThat(refusal(dry)).isEqualTo(wouldSucceed);
    assertThat(listed(key)).isEmpty();

    String id = create(key, "Decrypt").id().value();
    assertThat(account.outcome(() -> grants.revoke(key, id, true, account.caller())))
        .isEqualTo(wouldSucceed);
    assertThat(
            account.outcome(() -> grants.retire(new Retire(null, key, id, true), account.caller())))
        .isEqualTo(wouldSucceed);
    assertThat(listed(key)).hasSize(1);
  }

  @Test
  void disabledKey_getsNoGrants_butLosesThem() {
    String id = create(key, "Decrypt").id().value();
    account.kms.keys().disable(key, account.caller());

    assertThat(refusal(to(key, ALICE, null, "Decrypt")))
        .isEqualTo("DisabledException: ARN:key/id1 is disabled.");
    assertThat(revoke(key, id)).isEqualTo("ok");
  }

  @Test
  void grants_areListedInPages_ofAKeyOrOfAPrincipal_orChosen() {
    Created first = create(key, "Decrypt");
    Created second = create(key, "Decrypt");
    Created other = create(standard, "Decrypt");
    grants.create(
        new Create(
            standard, BOB, null, List.of("Decrypt"), Map.of(), Map.of(), null, List.of(), false),
        account.caller());

    assertThat(listed(key)).containsExactly(first.id(), second.id());
    Page<Listed> page = grants.list(new OfKey(key, null, null, 1, null), account.caller());
    assertThat(page.items()).hasSize(1);
    assertThat(
            grants.list(new OfKey(key, null, null, 1, page.nextMarker()), account.caller()).items())
        .extracting(listed -> listed.grant().id())
        .containsExactly(second.id());
    assertThat(chosen(second.id().value(), null)).containsExactly(second.id());
    assertThat(chosen(other.id().value(), null)).isEmpty();
    assertThat(chosen(null, ALICE)).containsExactly(first.id(), second.id());
    assertThat(chosen(first.id().value(), BOB)).isEmpty();
    assertThat(account.outcome(() -> chosen("x", null)))
        .isEqualTo("InvalidGrantIdException: The specified grant ID is not valid.");

    assertThat(retirable(BOB)).containsExactly(first.id(), second.id(), other.id());
    assertThat(retirable(ALICE)).isEmpty();
    assertThat(grants.listRetirable(BOB, 2, null, account.caller()).truncated()).isTrue();
    assertThat(account.outcome(() -> retirable("bob"))).startsWith("InvalidArnException");
  }

  private List<GrantId> chosen(String grantId, String grantee) {
    return grants
        .list(new OfKey(key, grantId, grantee, null, null), account.caller())
        .items()
        .stream()
        .map(listed -> listed.grant().id())
        .toList();
  }

  private List<GrantId> retirable(String principal) {
    return grants.listRetirable(principal, null, null, account.caller()).items().stream()
        .map(listed -> listed.grant().id())
        .toList();
  }

  @Test
  void grant_isRetired_byTokenOrByIds_once() {
    Created byToken = create(key, "Decrypt");
    Created byId = create(key, "Decrypt");

    assertThat(retire(byToken.token(), null, null)).isEqualTo("ok");
    assertThat(retire(null, key, byId.id().value())).isEqualTo("ok");
    assertThat(listed(key)).isEmpty();
    assertThat(retirable(BOB)).isEmpty();
    assertThat(records()).isEmpty();
    assertThat(retire(byToken.token(), null, null))
        .isEqualTo(account.journal.named(NOT_FOUND.formatted(byToken.id())));
    assertThat(retire(null, key, byId.id().value()))
        .isEqualTo(account.journal.named(NOT_FOUND.formatted(byId.id())));
    assertThat(revoke(key, byId.id().value()))
        .isEqualTo(account.journal.named(NOT_FOUND.formatted(byId.id())));
  }

  @Test
  void grant_toRetire_isNamedInOneWay() {
    Created created = create(key, "Decrypt");
    String id = created.id().value();
    String oneName =
        "ValidationException: Specify either a grant token, or both a key ID and a grant ID.";

    assertThat(retire(null, null, null)).isEqualTo(oneName);
    assertThat(retire(null, key, null)).isEqualTo(oneName);
    assertThat(retire(null, null, id)).isEqualTo(oneName);
    assertThat(retire(created.token(), key, null)).isEqualTo(oneName);
    assertThat(retire(created.token(), null, id)).isEqualTo(oneName);
    assertThat(retire(created.token(), key, id)).isEqualTo(oneName);
    assertThat(retire("x", null, null)).isEqualTo(BAD_TOKEN);
    assertThat(retire(null, key, "x")).startsWith("InvalidGrantIdException");
    assertThat(revoke(key, "x")).startsWith("InvalidGrantIdException");
    assertThat(revoke(standard, id))
        .as("of another key")
        .isEqualTo(account.journal.named(NOT_FOUND.formatted(id)));
    assertThat(listed(key)).hasSize(1);
  }

  @Test
  void tokens_areGood_asLongAsTheirGrant() {
    Created created = create(key, "Decrypt");
    String stranger = GrantToken.of(new GrantId(NO_GRANT), new byte[16]).value();

    assertThat(signWith(created.token())).startsWith("InvalidKeyUsageException");
    assertThat(signWith(stranger)).isEqualTo(BAD_TOKEN);
    assertThat(signWith("x")).isEqualTo(BAD_TOKEN);
    assertThat(
            refusal(
                new Create(
                    key,
                    ALICE,
                    null,
                    List.of("Decrypt"),
                    Map.of(),
                    Map.of(),
                    null,
                    List.of(stranger),
                    false)))
        .isEqualTo(BAD_TOKEN);
    revoke(key, created.id().value());
    assertThat(signWith(created.token())).isEqualTo(BAD_TOKEN);
  }

  private String signWith(String token) {
    return account.outcome(
        () -> account.kms.keys().refuse(KeyOperation.SIGN, key, List.of(token), account.caller()));
  }

  @Test
  void deletedKey_takesItsGrantsWithIt() {
    Created created = create(key, "Decrypt");
    Created other = create(standard, "Decrypt");
    account.kms.keys().scheduleDeletion(key, 7, account.caller());
    account.time.advance(Duration.ofDays(7));

    assertThat(retirable(BOB)).containsExactly(other.id());
    assertThat(retire(created.token(), null, null))
        .isEqualTo(account.journal.named(NOT_FOUND.formatted(created.id())));
    assertThat(records()).containsExactly("grant:" + other.id());
  }

  private List<String> records() {
    List<String> kept = new ArrayList<>();
    account.metadata.load(stored -> kept.add(stored.record().key()));
    kept.removeIf(record -> !record.startsWith("grant:"));
    return kept;
  }

  @Test
  void events_tellTheTermsAndTheGrant() {
    account.begin();
    Created created =
        grants.create(
            new Create(
                key,
                ALICE,
                BOB,
                List.of("Decrypt"),
                Map.of("a", "b"),
                Map.of(),
                "n",
                List.of(),
                false),
            account.caller());
    grants.create(constrained(key, Map.of(), Map.of("c", "d"), "Decrypt"), account.caller());
    refusal(constrained(key, Map.of("a", "b"), Map.of("c", "d"), "Decrypt"));
    refusal(to(key, ALICE, null));
    grants.list(new OfKey(key, created.id().value(), ALICE, 5, null), account.caller());
    account.outcome(() -> grants.list(new OfKey(key, null, null, null, "x"), account.caller()));
    grants.listRetirable(BOB, 5, null, account.caller());
    account.outcome(() -> grants.listRetirable(BOB, null, "x", account.caller()));
    grants.retire(new Retire(created.token(), null, null, false), account.caller());
    revoke(key, created.id().value());

    assertThat(account.journal.text())
        .isEqualTo(
            """
            CreateGrant AwsApiCall 2026-01-01T00:00:05Z
              request {keyId=id1, constraints={encryptionContextEquals={a=b}}, operations=[Decrypt], granteePrincipal=arn:aws:iam::111122223333:user/alice, retiringPrincipal=arn:aws:iam::111122223333:user/bob, name=n}
              response {grantId=grant1, keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            CreateGrant AwsApiCall 2026-01-01T00:00:06Z
              request {keyId=id1, constraints={encryptionContextSubset={c=d}}, operations=[Decrypt], granteePrincipal=arn:aws:iam::111122223333:user/alice}
              response {grantId=grant2, keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            CreateGrant AwsApiCall 2026-01-01T00:00:07Z
              request {keyId=id1, constraints={encryptionContextEquals={a=b}, encryptionContextSubset={c=d}}, operations=[Decrypt], granteePrincipal=arn:aws:iam::111122223333:user/alice}
              error ValidationException
              message A grant has either EncryptionContextEquals or EncryptionContextSubset, not both.
            CreateGrant AwsApiCall 2026-01-01T00:00:08Z
              request {keyId=id1, operations=[], granteePrincipal=arn:aws:iam::111122223333:user/alice, retiringPrincipal=arn:aws:iam::111122223333:user/bob}
              error ValidationException
              message A grant must allow at least one operation.
            ListGrants (read) AwsApiCall 2026-01-01T00:00:09Z
              request {keyId=id1, grantId=grant1, granteePrincipal=arn:aws:iam::111122223333:user/alice, limit=5}
              AWS::KMS::Key ARN:key/id1
            ListGrants (read) AwsApiCall 2026-01-01T00:00:10Z
              request {keyId=id1, marker=x}
              AWS::KMS::Key ARN:key/id1
              error InvalidMarkerException
              message The marker that specifies where pagination begins is invalid.
            ListRetirableGrants (read) AwsApiCall 2026-01-01T00:00:11Z
              request {retiringPrincipal=arn:aws:iam::111122223333:user/bob, limit=5}
            ListRetirableGrants (read) AwsApiCall 2026-01-01T00:00:12Z
              request {retiringPrincipal=arn:aws:iam::111122223333:user/bob, marker=x}
              error InvalidMarkerException
              message The marker that specifies where pagination begins is invalid.
            RetireGrant AwsApiCall 2026-01-01T00:00:13Z
              additional {grantId=grant1}
              AWS::KMS::Key ARN:key/id1
            RevokeGrant AwsApiCall 2026-01-01T00:00:14Z
              request {keyId=id1, grantId=grant1}
              AWS::KMS::Key ARN:key/id1
              error NotFoundException
              message Grant ID grant1 not found
            """);
  }
}
