package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.AccountRegion;
import dev.cks.domain.key.AliasName;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.key.KeyRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the key that a {@code KeyId} parameter names. Reads only: looking up creates nothing. */
final class KeyResolver {
  private final Catalog catalog;
  private final AccountRegion scope;
  private final RecentKeys recents;

  /** What the ARN of each key here begins with. */
  private final String arnOfKeys;

  KeyResolver(Catalog catalog, AccountRegion scope) {
    this.catalog = catalog;
    this.scope = scope;
    this.recents = new RecentKeys(catalog);
    this.arnOfKeys = scope.arnPrefix() + "key/";
  }

  /** By id, ARN, alias name or alias ARN: cryptographic operations and DescribeKey. */
  KeyEntry byAnyName(String keyId) {
    KeyEntry recent = recents.find(keyId);
    return recent != null ? recent : lookUp(keyId);
  }

  private KeyEntry lookUp(String keyId) {
    KeyEntry known = byOwnArn(keyId);
    KeyEntry entry = known == null ? byParsedName(keyId) : known;
    recents.keep(keyId, entry);
    return entry;
  }

  /** The usual name, of which only the id has to be read; null if that does not help. */
  private @Nullable KeyEntry byOwnArn(String keyId) {
    Optional<KeyId> id =
        keyId.startsWith(arnOfKeys) ? KeyId.parse(keyId, arnOfKeys.length()) : Optional.empty();
    return id.isPresent() ? catalog.key(id.get()) : null;
  }

  private KeyEntry byParsedName(String keyId) {
    KeyRef ref = KeyRef.parse(keyId, scope);
    if (ref instanceof KeyRef.ById byId) {
      return byId(byId.id());
    }
    if (ref instanceof KeyRef.ByArn byArn) {
      return byId(byArn.id());
    }
    if (ref instanceof KeyRef.ByAlias byAlias) {
      return byAlias(byAlias.alias());
    }
    return byAlias(((KeyRef.ByAliasArn) ref).alias());
  }

  /** By id or ARN only: every operation that manages a key. */
  KeyEntry byIdOrArn(String keyId) {
    KeyRef ref = KeyRef.parse(keyId, scope);
    if (ref instanceof KeyRef.ById byId) {
      return byId(byId.id());
    }
    if (ref instanceof KeyRef.ByArn byArn) {
      return byId(byArn.id());
    }
    throw new KmsException(KmsErrorCode.NOT_FOUND, "Invalid keyId '" + keyId + "'");
  }

  /** The target of an alias: by id or ARN, with an answer of its own for aliases. */
  KeyEntry aliasTarget(String keyId) {
    KeyRef ref = KeyRef.parse(keyId, scope);
    if (ref instanceof KeyRef.ByAlias || ref instanceof KeyRef.ByAliasArn) {
      throw new KmsException(KmsErrorCode.VALIDATION, "Aliases must refer to keys. Not aliases");
    }
    return byIdOrArn(keyId);
  }

  KeyEntry byId(KeyId id) {
    KeyEntry entry = catalog.key(id);
    if (entry == null) {
      throw KeyRef.doesNotExist(scope.arnPrefix() + "key/" + id);
    }
    return entry;
  }

  private KeyEntry byAlias(AliasName name) {
    return byId(aliasRow(name).alias().target());
  }

  Catalog.AliasRow aliasRow(AliasName name) {
    Catalog.AliasRow row = catalog.alias(name);
    if (row == null) {
      throw new KmsException(KmsErrorCode.NOT_FOUND, "Alias " + name.arn(scope) + " is not found.");
    }
    return row;
  }
}
