package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.service.Quotas;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.Tag;

/** Every list, page by page (spec D.14). */
class ListsTest {

  private static void alias(Account account, String name, String key) {
    account.kms.createAlias(r -> r.aliasName(name).targetKeyId(key));
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

  @Test
  void keys_inPages_areAllThereOnce() {
    try (Account account = Account.connected()) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        keys.add(account.standardKey());
      }

      var pages = account.kms.listKeysPaginator(r -> r.limit(10)).stream().toList();
      assertThat(pages).extracting(page -> page.keys().size()).containsExactly(10, 10, 5);
      assertThat(pages).extracting(ListKeysResponse::truncated).containsExactly(true, true, false);
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

      assertThat(account.kms.listResourceTagsPaginator(r -> r.keyId(key).limit(7)).tags().stream())
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
          .isEqualTo("Key quota for this account in this region is 2 but the current usage is 2.");
    }
  }
}
