package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.Alias;
import dev.cks.service.KeyRequests.ListedAlias;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CreateAlias, UpdateAlias, DeleteAlias, ListAliases. */
class AliasServiceTest {
  private static final String TAKEN =
      "AlreadyExistsException: An alias with the name ARN:alias/a already exists";

  private final TestAccount account =
      new TestAccount(plan -> plan.quotas(new Quotas(10, 100, 2, 50, 32_768, 50)));
  private final AliasService aliases = account.kms.keys().aliases();
  private final String one = account.standardKey();
  private final String two = account.standardKey();

  @AfterEach
  void close() {
    account.close();
  }

  private String create(String name, String target) {
    return account.outcome(() -> aliases.create(name, target, account.caller()));
  }

  private String update(String name, String target) {
    return account.outcome(() -> aliases.update(name, target, account.caller()));
  }

  private String delete(String name) {
    return account.outcome(() -> aliases.delete(name, account.caller()));
  }

  private List<String> names(String key) {
    return aliases.list(key, null, null, account.caller()).items().stream()
        .map(listed -> listed.alias().name().value())
        .toList();
  }

  private String target(String alias) {
    return account.kms.keys().describe(alias, account.caller()).key().id().toString();
  }

  @Test
  void alias_leadsToItsKey_movesAndGoes() {
    assertThat(create("alias/a", one)).isEqualTo("ok");
    assertThat(target("alias/a")).isEqualTo(one);
    assertThat(create("alias/a", two)).isEqualTo(TAKEN);

    assertThat(update("alias/a", TestAccount.arn(two))).isEqualTo("ok");
    assertThat(target("alias/a")).isEqualTo(two);
    assertThat(names(one)).isEmpty();
    assertThat(names(two)).containsExactly("alias/a");

    assertThat(delete("alias/a")).isEqualTo("ok");
    String gone = "NotFoundException: Alias ARN:alias/a is not found.";
    assertThat(delete("alias/a")).isEqualTo(gone);
    assertThat(update("alias/a", one)).isEqualTo(gone);
    assertThat(account.outcome(() -> target("alias/a"))).isEqualTo(gone);
    assertThat(names(two)).isEmpty();
    assertThat(create("alias/a", one)).as("the name is free").isEqualTo("ok");
  }

  @Test
  void alias_isListedWithItsDates() {
    create("alias/a", one);
    update("alias/a", two);

    ListedAlias listed = aliases.list(null, null, null, account.caller()).items().get(0);
    Alias alias = listed.alias();
    assertThat(listed.arn()).isEqualTo(TestAccount.PREFIX + "alias/a");
    assertThat(alias.created()).isEqualTo(ManualTime.START.plusSeconds(3));
    assertThat(alias.lastUpdated()).isEqualTo(ManualTime.START.plusSeconds(4));
  }

  @Test
  void aliases_areListedInPages_ofAllKeysOrOfOne() {
    create("alias/c", one);
    create("alias/a", two);
    create("alias/b", one);

    assertThat(names(null)).containsExactly("alias/a", "alias/b", "alias/c");
    assertThat(names(one)).containsExactly("alias/b", "alias/c");
    Page<ListedAlias> page = aliases.list(one, 1, null, account.caller());
    assertThat(page.items()).hasSize(1);
    assertThat(aliases.list(one, 1, page.nextMarker(), account.caller()).items())
        .extracting(listed -> listed.alias().name().value())
        .containsExactly("alias/c");
    assertThat(account.outcome(() -> names("alias/a")))
        .isEqualTo("NotFoundException: Invalid keyId 'alias/a'");
  }

  @Test
  void marker_staysGood_whenItsAliasIsGone() {
    create("alias/a", one);
    create("alias/b", one);
    String marker = aliases.list(null, 1, null, account.caller()).nextMarker();
    delete("alias/a");

    assertThat(aliases.list(null, 1, marker, account.caller()).items())
        .extracting(listed -> listed.alias().name().value())
        .containsExactly("alias/b");
  }

  @Test
  void namesAndTargetsThatAreNone_areRefused() {
    create("alias/a", one);
    String prefix =
        "ValidationException: Alias must start with the prefix \"alias/\". Please see"
            + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html";
    String aliasOfAlias = "ValidationException: Aliases must refer to keys. Not aliases";

    assertThat(create("orders", one)).isEqualTo(prefix);
    assertThat(update("orders", one)).isEqualTo(prefix);
    assertThat(delete("orders")).isEqualTo(prefix);
    assertThat(create("alias/aws/x", one)).isEqualTo("NotAuthorizedException");
    assertThat(create("alias/b", "alias/a")).isEqualTo(aliasOfAlias);
    assertThat(create("alias/b", TestAccount.PREFIX + "alias/a")).isEqualTo(aliasOfAlias);
    assertThat(update("alias/a", "alias/a")).isEqualTo(aliasOfAlias);
    assertThat(create("alias/b", TestAccount.NO_KEY))
        .isEqualTo("NotFoundException: Key 'ARN:key/id1' does not exist");
    assertThat(names(null)).containsExactly("alias/a");
  }

  @Test
  void aliases_beyondTheQuota_areRefused_alsoByMoving() {
    create("alias/a", one);
    create("alias/b", one);
    create("alias/c", two);
    String limit = "LimitExceededException: A KMS key can have at most 2 aliases.";

    assertThat(create("alias/d", one)).isEqualTo(limit);
    assertThat(update("alias/c", one)).isEqualTo(limit);
    assertThat(update("alias/a", one)).as("it is there already").isEqualTo("ok");
    assertThat(update("alias/a", two)).isEqualTo("ok");
  }

  @Test
  void keyPendingDeletion_losesAliases_butGetsNone_andTakesThemWithIt() {
    create("alias/a", one);
    create("alias/b", one);
    create("alias/c", two);
    account.kms.keys().scheduleDeletion(one, 7, account.caller());
    String pending = "KMSInvalidStateException: ARN:key/id1 is pending deletion.";

    assertThat(create("alias/d", one)).isEqualTo(pending);
    assertThat(update("alias/c", one)).isEqualTo(pending);
    assertThat(delete("alias/a")).isEqualTo("ok");
    assertThat(names(one)).containsExactly("alias/b");

    account.time.advance(Duration.ofDays(7));
    assertThat(names(null)).containsExactly("alias/c");
    assertThat(create("alias/b", two)).isEqualTo("ok");
    assertThat(account.outcome(() -> names(one)))
        .isEqualTo("NotFoundException: Key 'ARN:key/id1' does not exist");
  }

  @Test
  void events_nameTheAliasAndItsKey() {
    account.begin();
    create("alias/a", one);
    create("alias/a", one);
    update("alias/a", two);
    delete("alias/a");
    delete("alias/a");
    aliases.list(one, 3, null, account.caller());
    account.outcome(() -> aliases.list(null, null, "x", account.caller()));

    assertThat(account.journal.text())
        .isEqualTo(
            """
            CreateAlias AwsApiCall 2026-01-01T00:00:03Z
              request {aliasName=alias/a, targetKeyId=id1}
              response {keyId=ARN:key/id1}
              AWS::KMS::Alias ARN:alias/a
              AWS::KMS::Key ARN:key/id1
            CreateAlias AwsApiCall 2026-01-01T00:00:04Z
              request {aliasName=alias/a, targetKeyId=id1}
              AWS::KMS::Alias ARN:alias/a
              AWS::KMS::Key ARN:key/id1
              error AlreadyExistsException
              message An alias with the name ARN:alias/a already exists
            UpdateAlias AwsApiCall 2026-01-01T00:00:05Z
              request {aliasName=alias/a, targetKeyId=id2}
              response {keyId=ARN:key/id2}
              AWS::KMS::Alias ARN:alias/a
              AWS::KMS::Key ARN:key/id2
            DeleteAlias AwsApiCall 2026-01-01T00:00:06Z
              request {aliasName=alias/a}
              response {keyId=ARN:key/id2}
              AWS::KMS::Alias ARN:alias/a
              AWS::KMS::Key ARN:key/id2
            DeleteAlias AwsApiCall 2026-01-01T00:00:07Z
              request {aliasName=alias/a}
              AWS::KMS::Alias ARN:alias/a
              error NotFoundException
              message Alias ARN:alias/a is not found.
            ListAliases (read) AwsApiCall 2026-01-01T00:00:08Z
              request {keyId=id1, limit=3}
              AWS::KMS::Key ARN:key/id1
            ListAliases (read) AwsApiCall 2026-01-01T00:00:09Z
              request {marker=x}
              error InvalidMarkerException
              message The marker that specifies where pagination begins is invalid.
            """);
  }
}
