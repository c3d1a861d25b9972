package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.Alias;
import dev.cks.domain.key.AliasName;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KmsKey;
import dev.cks.service.Auditor.Call;
import dev.cks.spi.AuditEvent.Resource;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataRecord.OfAlias;
import dev.cks.spi.MetadataRecord.OfKey;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Aliases (spec D.12). Thread-safe. Every method throws {@link KmsException} with the error AWS
 * documents, and changes nothing then.
 */
public final class AliasService {
  private static final Pager PAGES = new Pager("ListAliases", 50, 100);

  private final Catalog catalog;
  private final ServicePorts ports;
  private final Auditor auditor;
  private final KeyResolver resolver;

  AliasService(Catalog catalog, ServicePorts ports, Auditor auditor, KeyResolver resolver) {
    this.catalog = catalog;
    this.ports = ports;
    this.auditor = auditor;
    this.resolver = resolver;
  }

  /** CreateAlias: a new name for a key given by id or ARN. */
  public void create(String aliasName, String targetKeyId, Caller caller) {
    auditor.change(
        "CreateAlias",
        caller,
        call -> {
          call.requested("aliasName", aliasName).requested("targetKeyId", targetKeyId);
          AliasName name = AliasName.ofCustomer(aliasName);
          KeyEntry target = resolver.aliasTarget(targetKeyId);
          concerning(call, name, target.key().arn());
          catalog.deciding(() -> create(name, target, call.now()));
          call.changedKey(target.key().arn());
        });
  }

  private void concerning(Call call, AliasName name, String keyArn) {
    call.concerning(Resource.alias(name.arn(ports.scope()))).concerningKey(keyArn);
  }

  private Alias create(AliasName name, KeyEntry target, Instant now) {
    if (catalog.alias(name) != null) {
      throw new KmsException(
          KmsErrorCode.ALREADY_EXISTS,
          "An alias with the name " + name.arn(ports.scope()) + " already exists");
    }
    KeyEntry.Row row = admitTarget(KeyOperation.CREATE_ALIAS, target);
    requireRoom(row.key());
    Alias alias = new Alias(name, row.key().id(), now, now);
    commit(Changes.builder().insert(new OfAlias(alias)), row);
    return alias;
  }

  private void requireRoom(KmsKey key) {
    if (catalog.aliasesOf(key.id()).size() >= ports.quotas().aliasesPerKey()) {
      throw new KmsException(
          KmsErrorCode.LIMIT_EXCEEDED,
          "A KMS key can have at most " + ports.quotas().aliasesPerKey() + " aliases.");
    }
  }

  private KeyEntry.Row admitTarget(KeyOperation operation, KeyEntry target) {
    KeyEntry.Row row = target.row();
    resolver.byId(row.key().id());
    Admission.admit(operation, target, row.key());
    return row;
  }

  /**
   * Puts the target's record as it is, so that the key cannot be deleted in the same moment. It
   * comes after the alias: who sees the key's new version has to see the alias too.
   */
  private void commit(Changes.Builder alias, KeyEntry.Row target) {
    catalog.commit(alias.put(new OfKey(target.key()), target.version()).build());
  }

  /** UpdateAlias: the alias names another key from now on. */
  public void update(String aliasName, String targetKeyId, Caller caller) {
    auditor.change(
        "UpdateAlias",
        caller,
        call -> {
          call.requested("aliasName", aliasName).requested("targetKeyId", targetKeyId);
          AliasName name = AliasName.ofCustomer(aliasName);
          resolver.aliasRow(name);
          KeyEntry target = resolver.aliasTarget(targetKeyId);
          concerning(call, name, target.key().arn());
          catalog.deciding(() -> update(name, target, call.now()));
          call.changedKey(target.key().arn());
        });
  }

  private Alias update(AliasName name, KeyEntry target, Instant now) {
    Catalog.AliasRow row = resolver.aliasRow(name);
    KeyEntry.Row key = admitTarget(KeyOperation.UPDATE_ALIAS, target);
    if (!row.alias().target().equals(key.key().id())) {
      requireRoom(key.key());
    }
    Alias alias = row.alias().pointingTo(key.key().id(), now);
    commit(Changes.builder().put(new OfAlias(alias), row.version()), key);
    return alias;
  }

  /** DeleteAlias: never touches the key. */
  public void delete(String aliasName, Caller caller) {
    auditor.change(
        "DeleteAlias",
        caller,
        call -> {
          call.requested("aliasName", aliasName);
          AliasName name = AliasName.ofCustomer(aliasName);
          call.concerning(Resource.alias(name.arn(ports.scope())));
          Alias gone = catalog.deciding(() -> delete(name));
          catalog.forgetAlias(gone);
          String target = ports.scope().arnPrefix() + "key/" + gone.target();
          call.concerningKey(target).changedKey(target);
        });
  }

  private Alias delete(AliasName name) {
    Catalog.AliasRow row = resolver.aliasRow(name);
    catalog.commit(Changes.builder().remove(new OfAlias(row.alias()).key(), row.version()).build());
    return row.alias();
  }

  /**
   * ListAliases.
   *
   * @param keyId only the aliases of this key, given by id or ARN; null for all
   */
  public Page<KeyRequests.ListedAlias> list(
      @Nullable String keyId, @Nullable Integer limit, @Nullable String marker, Caller caller) {
    return auditor.perform(
        "ListAliases",
        caller,
        call -> {
          call.requested("keyId", keyId).requested("limit", limit).requested("marker", marker);
          return PAGES.page(
              keyId == null ? catalog.aliases() : aliasesOf(keyId, call),
              name -> Optional.of(new AliasName(name)),
              limit,
              marker,
              row ->
                  new KeyRequests.ListedAlias(row.alias(), row.alias().name().arn(ports.scope())));
        });
  }

  private NavigableMap<AliasName, Catalog.AliasRow> aliasesOf(String keyId, Call call) {
    KeyEntry entry = resolver.byIdOrArn(keyId);
    call.concerningKey(entry.key().arn());
    Admission.admit(KeyOperation.LIST_ALIASES, entry);
    NavigableMap<AliasName, Catalog.AliasRow> rows = new TreeMap<>();
    for (AliasName name : catalog.aliasesOf(entry.key().id())) {
      Catalog.AliasRow row = catalog.alias(name);
      if (row != null) {
        rows.put(name, row);
      }
    }
    return rows;
  }
}
