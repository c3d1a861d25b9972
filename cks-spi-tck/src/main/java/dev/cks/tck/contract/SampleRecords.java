package dev.cks.tck.contract;

import dev.cks.domain.grant.Grant;
import dev.cks.domain.grant.GrantConstraint;
import dev.cks.domain.grant.GrantId;
import dev.cks.domain.grant.GrantOperation;
import dev.cks.domain.key.AccountRegion;
import dev.cks.domain.key.Alias;
import dev.cks.domain.key.AliasName;
import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.key.KeyLifecycle;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.MetadataRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record of every kind, with every part that it can have. */
final class SampleRecords {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final AccountRegion SCOPE = new AccountRegion("aws", "us-east-1", "111122223333");

  private SampleRecords() {}

  static List<MetadataRecord> everyKind() {
    List<MetadataRecord> records = new ArrayList<>();
    for (MetadataRecord.OfClaim.Kind kind : MetadataRecord.OfClaim.Kind.values()) {
      records.add(new MetadataRecord.OfClaim(kind, "n\u00e4me", "holder"));
    }
    records.add(new MetadataRecord.OfStore(keyStore()));
    records.add(new MetadataRecord.OfKey(key(KeyId.ofRandom(new byte[16]), KeyHome.STANDARD)));
    records.add(new MetadataRecord.OfKey(pendingDeletion()));
    records.add(
        new MetadataRecord.OfAlias(
            new Alias(new AliasName("alias/orders"), new KeyId(1, 2, false), CREATED, CREATED)));
    records.add(new MetadataRecord.OfGrant(grant(1, null, null, "")));
    GrantConstraint exactly = new GrantConstraint.ContextEquals(Map.of("n\u00e4me", "v"));
    records.add(
        new MetadataRecord.OfGrant(grant(2, "arn:aws:iam::111122223333:root", exactly, "n")));
    GrantConstraint atLeast = new GrantConstraint.ContextSubset(Map.of("a", "", "b", "c"));
    records.add(new MetadataRecord.OfGrant(grant(3, null, atLeast, "n")));
    return records;
  }

  private static Grant grant(
      int number, @Nullable String retiring, @Nullable GrantConstraint constraint, String name) {
    byte[] id = new byte[GrantId.LENGTH];
    id[0] = (byte) number;
    Set<GrantOperation> operations =
        EnumSet.of(GrantOperation.DECRYPT, GrantOperation.DESCRIBE_KEY);
    Grant.Terms terms =
        new Grant.Terms("arn:aws:iam::111122223333:role/a", retiring, operations, constraint, name);
    return new Grant(GrantId.of(id), new KeyId(1, 2, false), terms, CREATED);
  }

  private static CustomKeyStore keyStore() {
    return new CustomKeyStore(
        new KeyStoreId("cks-1234567890abcdef0"),
        "orders",
        "cluster-1a23b4cdefg",
        "family",
        "-----BEGIN CERTIFICATE-----\n",
        CREATED,
        ConnectionState.FAILED,
        7,
        ConnectionErrorCode.USER_LOCKED_OUT,
        SecretBytes.ofText("current"),
        SecretBytes.ofText("candidate"),
        3);
  }

  private static KmsKey pendingDeletion() {
    return key(new KeyId(-1, -2, false), new KeyHome.Custom(keyStore().id()))
        .withLifecycle(KeyLifecycle.PENDING_DELETION, CREATED.plusSeconds(1))
        .withPolicy("{}")
        .withTags(Map.of("Department", "\u00fc"));
  }

  private static KmsKey key(KeyId id, KeyHome home) {
    return new KmsKey(
        id,
        SCOPE.arnPrefix() + "key/" + id,
        home,
        new BackingKeyId(3, 4),
        "262162",
        KeyLifecycle.ENABLED,
        0,
        "a key",
        CREATED,
        null,
        null,
        Map.of());
  }
}
