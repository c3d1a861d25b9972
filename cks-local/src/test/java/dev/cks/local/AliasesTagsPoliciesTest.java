package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.service.Quotas;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.Tag;

/** What hangs on a key, and every list (spec A.6, A.8, D.1, D.12, D.14). */
class AliasesTagsPoliciesTest {
  private static final String PREFIX = "arn:aws:kms:us-east-1:111122223333:";
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\"}]}";

  private static void alias(Account account, String name, String key) {
    account.kms.createAlias(r -> r.aliasName(name).targetKeyId(key));
  }

  private static void move(Account account, String name, String key) {
    account.kms.updateAlias(r -> r.aliasName(name).targetKeyId(key));
  }

  private static void remove(Account account, String name) {
    account.kms.deleteAlias(r -> r.aliasName(name));
  }

  private static void tag(Account account, String key, Tag... tags) {
    account.kms.tagResource(r -> r.keyId(key).tags(tags));
  }

  private static Tag tagOf(String key, String value) {
    return Tag.builder().tagKey(key).tagValue(value).build();
  }

  private static Tag[] tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> tagOf("key" + i, "")).toArray(Tag[]::new);
  }

  @Nested
  class Aliases {
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

  @Nested
  class Tags {
    @Test
    void tags_areAddedReplacedAndRemoved() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        tag(account, key, tagOf("team", "a"), tagOf("cost", "1"));
        tag(account, key, tagOf("team", "b"), tagOf("empty", ""));
        account.kms.untagResource(r -> r.keyId(key).tagKeys("cost", "never-there"));

        assertThat(account.kms.listResourceTags(r -> r.keyId(key)).tags())
            .containsExactlyInAnyOrder(tagOf("team", "b"), tagOf("empty", ""));
      }
    }

    @Test
    void tagsOfANewKey_areKept() {
      try (Account account = Account.connected()) {
        String key = account.kms.createKey(r -> r.tags(tags(50))).keyMetadata().keyId();

        assertThat(account.kms.listResourceTags(r -> r.keyId(key)).tags())
            .containsExactlyInAnyOrder(tags(50));
      }
    }

    @Test
    void tooManyTags_areRefused() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        tag(account, key, tags(50));

        assertRefused("LimitExceededException", () -> tag(account, key, tagOf("more", "")))
            .isNotBlank();
        tag(account, key, tagOf("key7", "new"));
        assertRefused("TagException", () -> account.kms.createKey(r -> r.tags(tags(51))))
            .isEqualTo("Too many tags");
      }
    }

    @Test
    void duplicateTags_areRefused() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        Tag[] twice = {tagOf("a", "1"), tagOf("a", "2")};

        assertRefused("TagException", () -> account.kms.createKey(r -> r.tags(twice)))
            .isEqualTo("Duplicate tag keys");
        assertRefused("TagException", () -> tag(account, key, twice))
            .isEqualTo("Duplicate tag keys");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:x", "AWS:x", "Aws:"})
    void reservedTags_areRefused(String name) {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        String text = "Tags beginning with aws: are reserved";

        assertRefused("TagException", () -> tag(account, key, tagOf(name, ""))).isEqualTo(text);
        assertRefused("TagException", () -> account.kms.createKey(r -> r.tags(tagOf(name, ""))))
            .isEqualTo(text);
      }
    }

    @Test
    void tagThatIsTooLong_isToldByItsPlace() {
      try (Account account = Account.connected()) {
        assertRefused(
                "ValidationException",
                () ->
                    account.kms.createKey(r -> r.tags(tagOf("a", ""), tagOf("k".repeat(129), ""))))
            .contains("'tags.2.member.tagKey'")
            .endsWith("Member must have length less than or equal to 128");
      }
    }

    @Test
    void keyPendingDeletion_keepsItsTags() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        tag(account, key, tagOf("a", "1"));
        account.kms.scheduleKeyDeletion(r -> r.keyId(key));

        assertRefused("KMSInvalidStateException", () -> tag(account, key, tagOf("b", "")))
            .isEqualTo(key + " is pending deletion.");
        assertRefused(
                "KMSInvalidStateException",
                () -> account.kms.untagResource(r -> r.keyId(key).tagKeys("a")))
            .isEqualTo(key + " is pending deletion.");
        assertThat(account.kms.listResourceTags(r -> r.keyId(key)).tags()).hasSize(1);
      }
    }
  }

  @Nested
  class Policies {
    @Test
    void keyWithoutPolicy_hasTheDefaultOne() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        var answer = account.kms.getKeyPolicy(r -> r.keyId(key));

        assertThat(answer.policyName()).isEqualTo("default");
        assertThat(answer.policy())
            .contains("\"2012-10-17\"", "\"key-default-1\"", "\"Enable IAM User Permissions\"")
            .contains("\"arn:aws:iam::111122223333:root\"", "\"kms:*\"");
        assertThat(account.kms.listKeyPolicies(r -> r.keyId(key)).policyNames())
            .containsExactly("default");
      }
    }

    @Test
    void policy_givenOrPut_isShownAsItIs() {
      try (Account account = Account.connected()) {
        String key = account.kms.createKey(r -> r.policy(POLICY)).keyMetadata().keyId();
        assertThat(account.kms.getKeyPolicy(r -> r.keyId(key)).policy()).isEqualTo(POLICY);

        String other = POLICY.replace("Allow", "Deny");
        account.kms.putKeyPolicy(r -> r.keyId(key).policyName("default").policy(other));
        assertThat(account.kms.getKeyPolicy(r -> r.keyId(key).policyName("default")).policy())
            .isEqualTo(other);
      }
    }

    @Test
    void otherPolicyName_isNotFound() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        assertRefused(
                "NotFoundException",
                () -> account.kms.getKeyPolicy(r -> r.keyId(key).policyName("mine")))
            .isEqualTo("No such policy exists");
        assertRefused(
                "NotFoundException",
                () -> account.kms.putKeyPolicy(r -> r.keyId(key).policyName("mine").policy(POLICY)))
            .isEqualTo("No such policy exists");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{", "{\"Version\":\"2012-10-17\"}"})
    void malformedPolicy_isRefused(String policy) {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        assertRefused(
                "MalformedPolicyDocumentException",
                () -> account.kms.putKeyPolicy(r -> r.keyId(key).policy(policy)))
            .isNotBlank();
        assertRefused(
                "MalformedPolicyDocumentException",
                () -> account.kms.createKey(r -> r.policy(policy)))
            .isNotBlank();
      }
    }

    @Test
    void policyBeyond32KB_isRefused() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        String longest = POLICY + " ".repeat(32_768 - POLICY.length());
        account.kms.putKeyPolicy(r -> r.keyId(key).policy(longest));

        assertRefused(
                "LimitExceededException",
                () -> account.kms.putKeyPolicy(r -> r.keyId(key).policy(longest + " ")))
            .isNotBlank();
      }
    }
  }

  @Nested
  class Lists {
    @Test
    void keys_inPages_areAllThereOnce() {
      try (Account account = Account.connected()) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
          keys.add(account.standardKey());
        }

        var pages = account.kms.listKeysPaginator(r -> r.limit(10)).stream().toList();
        assertThat(pages).extracting(page -> page.keys().size()).containsExactly(10, 10, 5);
        assertThat(pages)
            .extracting(ListKeysResponse::truncated)
            .containsExactly(true, true, false);
        assertThat(pages.get(2).nextMarker()).isNull();
        assertThat(account.kms.listKeysPaginator(r -> r.limit(10)).keys().stream())
            .extracting(KeyListEntry::keyArn)
            .containsExactlyInAnyOrderElementsOf(keys);
      }
    }

    @Test
    void keys_withoutLimit_comeInHundreds() {
      try (Account account = Account.connected()) {
        for (int i = 0; i < 101; i++) {
          account.standardKey();
        }

        assertThat(account.kms.listKeys().keys()).hasSize(100);
        assertThat(account.kms.listKeys().truncated()).isTrue();
        assertThat(account.kms.listKeys(r -> r.limit(1000)).keys()).hasSize(101);
      }
    }

    @Test
    void aliases_inPages_areAllThereOnce() {
      try (Account account = Account.connected()) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          String key = account.customKey();
          for (int j = 0; j < 20; j++) {
            String name = "alias/a" + i + "-" + j;
            names.add(name);
            alias(account, name, key);
          }
        }

        assertThat(account.kms.listAliases().aliases()).hasSize(50);
        assertThat(account.kms.listAliasesPaginator(r -> r.limit(7)).aliases().stream())
            .extracting(AliasListEntry::aliasName)
            .containsExactlyInAnyOrderElementsOf(names);
        String arn = account.key("alias/a1-0").arn();
        assertThat(account.kms.listAliasesPaginator(r -> r.keyId(arn).limit(7)).aliases().stream())
            .extracting(AliasListEntry::aliasName)
            .hasSize(20)
            .allMatch(name -> name.startsWith("alias/a1-"));
      }
    }

    @Test
    void tags_inPages_areAllThereOnce() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        tag(account, key, tags(50));

        assertThat(
                account.kms.listResourceTagsPaginator(r -> r.keyId(key).limit(7)).tags().stream())
            .containsExactlyInAnyOrder(tags(50));
      }
    }

    @Test
    void policies_inPages_areOne() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        assertThat(
                account
                    .kms
                    .listKeyPoliciesPaginator(r -> r.keyId(key).limit(1))
                    .policyNames()
                    .stream())
            .containsExactly("default");
      }
    }

    @Test
    void keyStores_inPages_areAllThereOnce() {
      try (Account account = Account.connected()) {
        List<String> stores = new ArrayList<>(List.of(account.store));
        for (int i = 0; i < 4; i++) {
          stores.add(account.anotherStore("Store" + i));
        }

        assertThat(
                account
                    .kms
                    .describeCustomKeyStoresPaginator(r -> r.limit(2))
                    .customKeyStores()
                    .stream())
            .extracting(CustomKeyStoresListEntry::customKeyStoreId)
            .containsExactlyInAnyOrderElementsOf(stores);
      }
    }

    @Test
    void marker_staysGood_whenItsEntryIsGone() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        for (String name : List.of("alias/a", "alias/b", "alias/c")) {
          alias(account, name, key);
        }
        String marker = account.kms.listAliases(r -> r.limit(2)).nextMarker();
        remove(account, "alias/b");

        assertThat(account.kms.listAliases(r -> r.marker(marker)).aliases())
            .extracting(AliasListEntry::aliasName)
            .containsExactly("alias/c");
      }
    }

    @Test
    void markersThatAreNone_areRefused() {
      try (Account account = Account.connected()) {
        var kms = account.kms;
        String key = account.customKey();
        account.standardKey();
        String foreign = kms.listKeys(r -> r.limit(1)).nextMarker();
        for (String marker : List.of("nonsense", "!", foreign)) {
          refused(() -> kms.listAliases(r -> r.marker(marker)));
          refused(() -> kms.listAliases(r -> r.keyId(key).marker(marker)));
          refused(() -> kms.listResourceTags(r -> r.keyId(key).marker(marker)));
          refused(() -> kms.listKeyPolicies(r -> r.keyId(key).marker(marker)));
          refused(() -> kms.describeCustomKeyStores(r -> r.marker(marker)));
        }
        refused(() -> kms.listKeys(r -> r.marker("nonsense")));
      }
    }

    private void refused(ThrowingCallable call) {
      assertRefused("InvalidMarkerException", call).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void limits_outside1To1000_areRefused(int limit) {
      try (Account account = Account.connected()) {
        var kms = account.kms;
        String start =
            "1 validation error detected: Value '"
                + limit
                + "' at 'limit' failed to satisfy constraint: Member must have value ";

        assertRefused("ValidationException", () -> kms.listKeys(r -> r.limit(limit)))
            .startsWith(start);
        assertRefused("ValidationException", () -> kms.listAliases(r -> r.limit(limit)))
            .startsWith(start);
        assertRefused("ValidationException", () -> kms.describeCustomKeyStores(r -> r.limit(limit)))
            .startsWith(start);
      }
    }

    @Test
    void keysBeyondTheQuota_areRefused() {
      Quotas quotas = new Quotas(10, 2, 50, 50, 32_768, 50);
      try (Account account = Account.connected(plan -> plan.quotas(quotas))) {
        account.customKey();
        account.standardKey();

        assertRefused(
                "LimitExceededException",
                () ->
                    account.kms.createKey(
                        r -> r.customKeyStoreId(account.store).origin(OriginType.AWS_CLOUDHSM)))
            .isEqualTo(
                "Key quota for this account in this region is 2 but the current usage is 2.");
      }
    }
  }
}
