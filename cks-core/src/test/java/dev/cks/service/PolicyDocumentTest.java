package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.service.KeyRequests.Create;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which documents PutKeyPolicy and CreateKey take: JSON objects with a statement. */
class PolicyDocumentTest {
  private static final String MALFORMED =
      "MalformedPolicyDocumentException: The key policy is not a valid policy document.";

  private final TestAccount account = new TestAccount();
  private final String key = account.standardKey();

  @AfterEach
  void close() {
    account.close();
  }

  private String put(String policy) {
    return account.outcome(() -> account.kms.keys().putPolicy(key, null, policy, account.caller()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Statement\":[]}",
        " \t\r\n{ \"Statement\" \n: [ ] } \n",
        "{\"a\":1,\"Statement\":null}",
        "{\"a\":1 , \"Statement\" : 1 }",
        "{\"Statement\":true,\"b\":false}",
        "{\"Statement\":{}}",
        "{\"Statement\": { } }",
        "{\"Statement\":{\"a\":{\"b\":[{\"c\":[[],[1,2]]}]}}}",
        "{\"Statement\":[ 1 , \"two\" , { \"three\" : 3 } ]}",
        "{\"Statement\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00aF\"}",
        "{\"Statement\":\"\\u0000\"}",
        "{\"Statement\":0}",
        "{\"Statement\":-0}",
        "{\"Statement\":-109}",
        "{\"Statement\":0.5}",
        "{\"Statement\":10.05e3}",
        "{\"Statement\":1E+9}",
        "{\"Statement\":1e-0}",
        "{\"Statement\":\" \"}"
      })
  void json_withAStatement_isTaken(String policy) {
    assertThat(put(policy)).isEqualTo("ok");
    assertThat(account.kms.keys().getPolicy(key, null, account.caller())).isEqualTo(policy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}",
        "[]",
        "\"Statement\"",
        "{\"statement\":1}",
        "{\"a\":{\"Statement\":1}}",
        "{\"a\":\"Statement\"}",
        "{\"Statement\":1}x",
        "{\"Statement\":1}}",
        "x{\"Statement\":1}",
        "{\"Statement\":1",
        "{\"Statement\":1,}",
        "{,\"Statement\":1}",
        "{\"Statement\" 1}",
        "{\"Statement\":}",
        "{\"Statement\":",
        "{\"Statement\"",
        "{\"Statement",
        "{Statement:1}",
        "{\"Statement\":1 \"a\":2}",
        "{\"Statement\":[1,]}",
        "{\"Statement\":[,1]}",
        "{\"Statement\":[1",
        "{\"Statement\":[1 2]}",
        "{\"Statement\":[}",
        "{\"Statement\":[",
        "{\"Statement\":tru}",
        "{\"Statement\":True}",
        "{\"Statement\":trueish}",
        "{\"Statement\":nul}",
        "{\"Statement\":fals}",
        "{\"Statement\":01}",
        "{\"Statement\":-}",
        "{\"Statement\":+1}",
        "{\"Statement\":.5}",
        "{\"Statement\":1.}",
        "{\"Statement\":1.e3}",
        "{\"Statement\":1e}",
        "{\"Statement\":1e+}",
        "{\"Statement\":1e+-1}",
        "{\"Statement\":1e-+1}",
        "{\"Statement\":0x1}",
        "{\"Statement\":1:}",
        "{\"Statement\":1/}",
        "{\"Statement\":NaN}",
        "{\"Statement\":\"\\x\"}",
        "{\"Statement\":\"\\\"}",
        "{\"Statement\":\"\\",
        "{\"Statement\":\"\\u12",
        "{\"Statement\":\"\\u12\"}",
        "{\"Statement\":\"\\u12g4\"}",
        "{\"Statement\":\"\\ug234\"}",
        "{\"Statement\":\"\\u123g\"}",
        "{\"Statement\":\"\n\"}",
        "{\"Statement\":\"\n}",
        "{\"Statement\":[1}",
        "{\"Statement\":{\"a\":1,}",
        "{\"Statement\":{\"a\":1]}",
        "{\"Statement\":\"\u001f\"}",
        "{\"Statement\":1\u00a0}",
        "{\"Statement\":\f1}"
      })
  void anythingElse_isMalformed(String policy) {
    assertThat(put(policy)).isEqualTo(MALFORMED);
    assertThat(
            account.outcome(
                () ->
                    account
                        .kms
                        .keys()
                        .create(
                            new Create(
                                null, null, null, null, null, null, false, policy, List.of()),
                            account.caller())))
        .as("CreateKey says the same")
        .isEqualTo(MALFORMED);
  }

  @Test
  void nesting_isTaken_upTo32Levels() {
    assertThat(put(nested("[", 31, "]"))).isEqualTo("ok");
    assertThat(put(nested("[", 32, "]"))).isEqualTo(MALFORMED);
    assertThat(put(nested("{\"a\":", 30, "}"))).isEqualTo("ok");
    assertThat(put(nested("{\"a\":", 31, "}"))).isEqualTo(MALFORMED);
  }

  private static String nested(String open, int levels, String close) {
    String inner = open.equals("[") ? "" : "1";
    return "{\"Statement\":" + open.repeat(levels) + inner + close.repeat(levels) + "}";
  }

  @Test
  void length_isCountedInBytes_upTo32Kilobytes() {
    String frame = "{\"Statement\":\"\"}";
    String text = "\u00e9".repeat((32_768 - frame.length()) / 2);

    assertThat(put("{\"Statement\":\"" + text + "\"}")).isEqualTo("ok");
    assertThat(put("{\"Statement\":\"" + text + "\u00e9\"}"))
        .isEqualTo("LimitExceededException: The key policy is longer than 32768 bytes.");
  }
}
