package dev.cks.domain.key;

import dev.cks.domain.keystore.KeyStoreId;
import java.time.Instant;
import java.util.Map;

/** Keys to test with. */
final class Keys {
  static final AccountRegion SCOPE = new AccountRegion("aws", "us-east-1", "111122223333");
  static final String ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
  static final String ARN = "arn:aws:kms:us-east-1:111122223333:key/" + ID;
  static final KeyHome CUSTOM = new KeyHome.Custom(new KeyStoreId("cks-1234567890abcdef0"));

  private Keys() {}

  static KmsKey in(KeyHome home) {
    return new KmsKey(
        KeyId.parse(ID).orElseThrow(),
        ARN,
        home,
        new BackingKeyId(1, 2),
        "262162",
        KeyLifecycle.ENABLED,
        0,
        "",
        Instant.EPOCH,
        null,
        null,
        Map.of());
  }
}
