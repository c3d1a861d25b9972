package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.DeletionWindow;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.service.Auditor.Call;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataRecord.OfKey;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Managing keys (spec D.8 to D.10, D.14): works in every state of the key's store. Thread-safe.
 * Every method throws {@link KmsException} with the error AWS documents, and changes nothing then.
 *
 * <p>Keys are named by id or ARN; {@link #describe} takes an alias too.
 */
public final class KeyService {
  private static final Pager KEY_PAGES = new Pager("ListKeys", 100, 1000);
  private static final Pager TAG_PAGES = new Pager("ListResourceTags", 50, 50);
  private static final Pager POLICY_PAGES = new Pager("ListKeyPolicies", 100, 1000);

  private final Catalog catalog;
  private final ServicePorts ports;
  private final Auditor auditor;
  private final KeyResolver resolver;
  private final KeyCreation creation;
  private final Deletions deletions;
  private final AliasService aliases;
  private final GrantService grants;
  private final Instant usesTrackedSince;

  KeyService(Catalog catalog, ServicePorts ports, Auditor auditor, Deletions deletions) {
    this.catalog = catalog;
    this.ports = ports;
    this.auditor = auditor;
    this.resolver = new KeyResolver(catalog, ports.scope());
    this.creation = new KeyCreation(catalog, ports);
    this.deletions = deletions;
    this.aliases = new AliasService(catalog, ports, auditor, resolver);
    this.grants = new GrantService(catalog, ports, auditor, resolver);
    this.usesTrackedSince = ports.timeline().now();
  }

  /** CreateAlias, UpdateAlias, DeleteAlias, ListAliases. */
  public AliasService aliases() {
    return aliases;
  }

  /** CreateGrant, ListGrants, ListRetirableGrants, RetireGrant, RevokeGrant. */
  public GrantService grants() {
    return grants;
  }

  /** CreateKey: in a connected key store, or a standard symmetric key. */
  public KeyRequests.Description create(KeyRequests.Create request, Caller caller) {
    return auditor.perform(
        "CreateKey",
        caller,
        call -> {
          AuditShapes.addRequest(call, request);
          KeyEntry entry = creation.create(request, call.now());
          KeyRequests.Description created = description(entry);
          call.answered("keyMetadata", AuditShapes.keyMetadata(created));
          if (created.clusterId() != null) {
            call.adding("backingKey", AuditShapes.backingKey(entry.key()));
          }
          call.concerningKey(entry.key().arn());
          return created;
        });
  }

  /** DescribeKey: by any of the four names, in every state. */
  public KeyRequests.Description describe(String keyId, Caller caller) {
    return auditor.perform(
        "DescribeKey",
        caller,
        call -> {
          call.requested("keyId", keyId);
          KeyEntry entry = resolver.byAnyName(keyId);
          call.concerningKey(entry.key().arn());
          return description(entry);
        });
  }

  /**
   * The custom key store that a key is in, for fronts that count requests; nothing is recorded.
   *
   * @param keyId any of the four names
   * @return empty for a standard key, and for a name that leads to no key
   */
  public Optional<KeyStoreId> keyStoreOf(String keyId) {
    try {
      return resolver.byAnyName(keyId).key().home() instanceof KeyHome.Custom custom
          ? Optional.of(custom.store())
          : Optional.empty();
    } catch (KmsException e) {
      return Optional.empty();
    }
  }

  private KeyRequests.Description description(KeyEntry entry) {
    CustomKeyStore store = entry.store().row().store();
    return new KeyRequests.Description(
        entry.key(), entry.state(), ports.scope(), store == null ? null : store.clusterId());
  }

  /** ListKeys: every key, whatever its state. */
  public Page<KeyRequests.Listed> list(
      @Nullable Integer limit, @Nullable String marker, Caller caller) {
    return auditor.perform(
        "ListKeys",
        caller,
        call -> {
          call.requested("limit", limit).requested("marker", marker);
          return KEY_PAGES.page(
              catalog.keys(),
              KeyId::parse,
              limit,
              marker,
              entry -> new KeyRequests.Listed(entry.key().id(), entry.key().arn()));
        });
  }

  /** EnableKey; of an unavailable key it shows when the key is available again. */
  public void enable(String keyId, Caller caller) {
    change(KeyOperation.ENABLE_KEY, keyId, caller, call -> {}, UnaryOperator.identity());
  }

  /** DisableKey; of an unavailable key it shows when the key is available again. */
  public void disable(String keyId, Caller caller) {
    change(KeyOperation.DISABLE_KEY, keyId, caller, call -> {}, UnaryOperator.identity());
  }

  /** UpdateKeyDescription. */
  public void updateDescription(String keyId, String description, Caller caller) {
    change(
        KeyOperation.UPDATE_KEY_DESCRIPTION,
        keyId,
        caller,
        call -> call.requested("description", description),
        key -> key.withDescription(description));
  }

  /**
   * ScheduleKeyDeletion: the key is gone when the window has ended.
   *
   * @param pendingWindowInDays 7 to 30; null for 30
   */
  public KeyRequests.Scheduled scheduleDeletion(
      String keyId, @Nullable Integer pendingWindowInDays, Caller caller) {
    return auditor.perform(
        KeyOperation.SCHEDULE_KEY_DELETION.wireName(),
        caller,
        call -> {
          call.requested("keyId", keyId).requested("pendingWindowInDays", pendingWindowInDays);
          DeletionWindow window = DeletionWindow.requested(pendingWindowInDays);
          KeyEntry entry = resolver.byIdOrArn(keyId);
          call.concerningKey(entry.key().arn());
          Instant due = window.endsFrom(call.now());
          KmsKey key = change(KeyOperation.SCHEDULE_KEY_DELETION, entry, due, k -> k);
          deletions.scheduled(key);
          KeyRequests.Scheduled scheduled =
              new KeyRequests.Scheduled(key.arn(), due, entry.state(), window.days());
          AuditShapes.addScheduled(call, scheduled, key, entry.store().row().store());
          return scheduled;
        });
  }

  /**
   * CancelKeyDeletion: leaves the key disabled.
   *
   * @return the key's ARN
   */
  public String cancelDeletion(String keyId, Caller caller) {
    return change(
        KeyOperation.CANCEL_KEY_DELETION, keyId, caller, call -> {}, UnaryOperator.identity());
  }

  /** TagResource: a tag that is there already gets the new value. */
  public void tag(String keyId, List<KeyRequests.Tag> tags, Caller caller) {
    change(
        KeyOperation.TAG_RESOURCE,
        keyId,
        caller,
        call -> call.requested("tags", AuditShapes.tags(tags)),
        key -> key.withTags(KeyRules.merged(key.tags(), tags, ports.quotas())));
  }

  /** UntagResource: a tag that is not there is no error. */
  public void untag(String keyId, List<String> tagKeys, Caller caller) {
    change(
        KeyOperation.UNTAG_RESOURCE,
        keyId,
        caller,
        call -> call.requested("tagKeys", List.copyOf(tagKeys)),
        key -> key.withTags(KeyRules.without(key.tags(), tagKeys)));
  }

  /** ListResourceTags. */
  public Page<KeyRequests.Tag> listTags(
      String keyId, @Nullable Integer limit, @Nullable String marker, Caller caller) {
    return read(
        KeyOperation.LIST_RESOURCE_TAGS,
        keyId,
        caller,
        call -> call.requested("limit", limit).requested("marker", marker),
        key -> {
          NavigableMap<String, KeyRequests.Tag> tags = new TreeMap<>();
          key.tags().forEach((name, value) -> tags.put(name, new KeyRequests.Tag(name, value)));
          return TAG_PAGES.page(tags, Optional::of, limit, marker, tag -> tag);
        });
  }

  /**
   * PutKeyPolicy: the document is checked in shape and stored; it is not evaluated, so the check
   * against locking oneself out has nothing to ask.
   */
  public void putPolicy(String keyId, @Nullable String policyName, String policy, Caller caller) {
    change(
        KeyOperation.PUT_KEY_POLICY,
        keyId,
        caller,
        call ->
            call.requested("policyName", policyName)
                .requested("policy", policy)
                .requested("bypassPolicyLockoutSafetyCheck", false),
        key -> {
          KeyPolicy.checkName(policyName);
          KeyPolicy.check(policy, ports.quotas());
          return key.withPolicy(policy);
        });
  }

  /** GetKeyPolicy. */
  public String getPolicy(String keyId, @Nullable String policyName, Caller caller) {
    return read(
        KeyOperation.GET_KEY_POLICY,
        keyId,
        caller,
        call -> call.requested("policyName", policyName),
        key -> {
          KeyPolicy.checkName(policyName);
          String policy = key.policy();
          return policy == null ? KeyPolicy.defaultFor(ports.scope()) : policy;
        });
  }

  /** ListKeyPolicies: always the one name {@code default}. */
  public Page<String> listPolicies(
      String keyId, @Nullable Integer limit, @Nullable String marker, Caller caller) {
    NavigableMap<String, String> names = new TreeMap<>();
    names.put(KeyPolicy.NAME, KeyPolicy.NAME);
    return read(
        KeyOperation.LIST_KEY_POLICIES,
        keyId,
        caller,
        call -> call.requested("limit", limit).requested("marker", marker),
        key -> POLICY_PAGES.page(names, Optional::of, limit, marker, name -> name));
  }

  /**
   * GetKeyLastUsage: uses are kept in memory, so they are known since this KMS was started. Of two
   * uses at the same moment either may count as the last.
   */
  public KeyRequests.LastUsage lastUsage(String keyId, Caller caller) {
    return read(
        KeyOperation.GET_KEY_LAST_USAGE,
        keyId,
        caller,
        call -> {},
        key -> new KeyRequests.LastUsage(key, resolver.byId(key.id()).lastUse(), usesTrackedSince));
  }

  /**
   * Answers an operation that no key here supports: rotation, imported material, signing, MACs,
   * data key pairs, replicas. Always throws: for a bogus grant token first, then for the key's
   * state, then for what the key is not.
   */
  public void refuse(
      KeyOperation operation, String keyId, List<String> grantTokens, Caller caller) {
    read(
        operation,
        keyId,
        grantTokens,
        caller,
        call -> {},
        key -> {
          throw UnsupportedUse.of(operation, key);
        });
  }

  private interface Reading<R> {
    R of(KmsKey key);
  }

  private <R> R read(
      KeyOperation operation,
      String keyId,
      Caller caller,
      Consumer<Call> parameters,
      Reading<R> reading) {
    return read(operation, keyId, List.of(), caller, parameters, reading);
  }

  private <R> R read(
      KeyOperation operation,
      String keyId,
      List<String> grantTokens,
      Caller caller,
      Consumer<Call> parameters,
      Reading<R> reading) {
    return auditor.perform(
        operation.wireName(),
        caller,
        call -> {
          call.requested("keyId", keyId);
          parameters.accept(call);
          KeyEntry entry =
              UnsupportedUse.takesAliases(operation)
                  ? resolver.byAnyName(keyId)
                  : resolver.byIdOrArn(keyId);
          call.concerningKey(entry.key().arn());
          GrantTokens.requireValid(grantTokens, catalog);
          return reading.of(Admission.admit(operation, entry));
        });
  }

  private String change(
      KeyOperation operation,
      String keyId,
      Caller caller,
      Consumer<Call> parameters,
      UnaryOperator<KmsKey> change) {
    return auditor.perform(
        operation.wireName(),
        caller,
        call -> {
          call.requested("keyId", keyId);
          parameters.accept(call);
          KeyEntry entry = resolver.byIdOrArn(keyId);
          call.concerningKey(entry.key().arn());
          String arn = change(operation, entry, entry.key().deletionDate(), change).arn();
          call.changedKey(arn);
          return arn;
        });
  }

  /** The one place where a key's record is replaced on a caller's word. */
  private KmsKey change(
      KeyOperation operation,
      KeyEntry entry,
      @Nullable Instant deletionDate,
      UnaryOperator<KmsKey> change) {
    return catalog.deciding(
        () -> {
          KeyEntry.Row row = entry.row();
          requirePresent(row.key());
          KmsKey key = Admission.admit(operation, entry, row.key());
          KmsKey changed = Admission.moved(change.apply(key), operation, deletionDate);
          catalog.commit(Changes.builder().put(new OfKey(changed), row.version()).build());
          return changed;
        });
  }

  private void requirePresent(KmsKey key) {
    if (catalog.key(key.id()) == null) {
      throw new KmsException(KmsErrorCode.NOT_FOUND, "Key '" + key.arn() + "' does not exist");
    }
  }
}
