package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.Tag;

/** Tags of keys (spec A.8, D.12). */
class TagsTest {
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
      assertRefused("TagException", () -> tag(account, key, twice)).isEqualTo("Duplicate tag keys");
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
              () -> account.kms.createKey(r -> r.tags(tagOf("a", ""), tagOf("k".repeat(129), ""))))
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
