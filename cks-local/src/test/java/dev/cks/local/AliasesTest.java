package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.service.Quotas;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.AliasListEntry;

/** Aliases (spec A.6, D.12). */
class AliasesTest {
  private static final String PREFIX = "arn:aws:kms:us-east-1:111122223333:";

  private static void alias(Account account, String name, String key) {
    account.kms.createAlias(r -> r.aliasName(name).targetKeyId(key));
  }

  private static void move(Account account, String name, String key) {
    account.kms.updateAlias(r -> r.aliasName(name).targetKeyId(key));
  }

  private static void remove(Account account, String name) {
    account.kms.deleteAlias(r -> r.aliasName(name));
  }

  @Test
  void alias_isListedWithItsTargetAndDates() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      alias(account, "alias/orders", key);
      var created = account.aws.clock().now();

      AliasListEntry entry = account.kms.listAliases().aliases().get(0);
      assertThat(entry.aliasName()).isEqualTo("alias/orders");
      assertThat(entry.aliasArn()).isEqualTo(PREFIX + "alias/orders");
      assertThat(entry.targetKeyId()).isEqualTo(account.key(key).keyId());
      assertThat(entry.creationDate()).isEqualTo(created);
      assertThat(entry.lastUpdatedDate()).isEqualTo(created);
    }
  }

  @Test
  void alias_movesBetweenCustomAndStandardKeys() {
    try (Account account = Account.connected()) {
      String custom = account.customKey();
      String standard = account.standardKey();
      alias(account, "alias/orders", custom);
      var created = account.aws.clock().now();
      move(account, "alias/orders", standard);

      assertThat(account.key("alias/orders").arn()).isEqualTo(standard);
      AliasListEntry entry = account.kms.listAliases(r -> r.keyId(standard)).aliases().get(0);
      assertThat(entry.creationDate()).isEqualTo(created);
      assertThat(entry.lastUpdatedDate()).isAfter(created);
      assertThat(account.kms.listAliases(r -> r.keyId(custom)).aliases()).isEmpty();
    }
  }

  @Test
  void deletedAlias_leavesTheKey() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      alias(account, "alias/orders", key);
      remove(account, "alias/orders");

      assertThat(account.key(key).arn()).isEqualTo(key);
      assertRefused("NotFoundException", () -> account.key("alias/orders"))
          .isEqualTo("Alias " + PREFIX + "alias/orders is not found.");
      assertRefused("NotFoundException", () -> remove(account, "alias/orders"))
          .isEqualTo("Alias " + PREFIX + "alias/orders is not found.");
      assertRefused("NotFoundException", () -> move(account, "alias/orders", key))
          .isEqualTo("Alias " + PREFIX + "alias/orders is not found.");
    }
  }

  @Test
  void takenName_isRefused() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      alias(account, "alias/orders", key);

      assertRefused("AlreadyExistsException", () -> alias(account, "alias/orders", key))
          .isEqualTo("An alias with the name " + PREFIX + "alias/orders already exists");
    }
  }

  @Test
  void nameWithoutPrefix_isRefused() {
    try (Account account = Account.connected()) {
      String text =
          "Alias must start with the prefix \"alias/\". Please see"
              + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html";

      assertRefused("ValidationException", () -> alias(account, "orders", account.customKey()))
          .isEqualTo(text);
      assertRefused("ValidationException", () -> remove(account, "orders")).isEqualTo(text);
    }
  }

  @Test
  void nameWithOtherCharacters_isRefused() {
    try (Account account = Account.connected()) {
      assertRefused(
              "ValidationException", () -> alias(account, "alias/ord ers", account.customKey()))
          .isEqualTo(
              "1 validation error detected: Value 'alias/ord ers' at 'aliasName' failed to"
                  + " satisfy constraint: Member must satisfy regular expression pattern:"
                  + " ^[a-zA-Z0-9:/_-]+$");
    }
  }

  @Test
  void nameThatIsOnlyThePrefix_isRefused() {
    try (Account account = Account.connected()) {
      assertRefused(
              "InvalidAliasNameException", () -> alias(account, "alias/", account.customKey()))
          .isNull();
    }
  }

  @Test
  void reservedName_isRefusedWithoutAWord() {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      assertRefused("NotAuthorizedException", () -> alias(account, "alias/aws/s3", key))
          .isNullOrEmpty();
      assertRefused("NotAuthorizedException", () -> remove(account, "alias/aws/s3"))
          .isNullOrEmpty();
    }
  }

  @Test
  void aliasOfAnAlias_isRefused() {
    try (Account account = Account.connected()) {
      alias(account, "alias/one", account.customKey());
      String text = "Aliases must refer to keys. Not aliases";

      assertRefused("ValidationException", () -> alias(account, "alias/two", "alias/one"))
          .isEqualTo(text);
      assertRefused("ValidationException", () -> move(account, "alias/one", "alias/one"))
          .isEqualTo(text);
    }
  }

  @Test
  void keyPendingDeletion_losesAliasesButGetsNone() {
    try (Account account = Account.connected()) {
      String leaving = account.customKey();
      String other = account.customKey();
      alias(account, "alias/moves", leaving);
      alias(account, "alias/goes", leaving);
      alias(account, "alias/stays", other);
      account.kms.scheduleKeyDeletion(r -> r.keyId(leaving));

      assertRefused("KMSInvalidStateException", () -> alias(account, "alias/new", leaving))
          .isEqualTo(leaving + " is pending deletion.");
      assertRefused("KMSInvalidStateException", () -> move(account, "alias/stays", leaving))
          .isEqualTo(leaving + " is pending deletion.");
      move(account, "alias/moves", other);
      remove(account, "alias/goes");
      assertThat(account.kms.listAliases(r -> r.keyId(leaving)).aliases()).isEmpty();
    }
  }

  @Test
  void aliasesBeyondTheQuota_areRefused_alsoByMovingThem() {
    Quotas quotas = new Quotas(10, 100, 2, 50, 32_768, 50);
    try (Account account = Account.connected(plan -> plan.quotas(quotas))) {
      String full = account.customKey();
      alias(account, "alias/one", full);
      alias(account, "alias/two", full);
      alias(account, "alias/other", account.customKey());

      assertRefused("LimitExceededException", () -> alias(account, "alias/three", full))
          .isNotBlank();
      assertRefused("LimitExceededException", () -> move(account, "alias/other", full))
          .isNotBlank();
      move(account, "alias/one", full); // stays where it is: no alias more
    }
  }
}
