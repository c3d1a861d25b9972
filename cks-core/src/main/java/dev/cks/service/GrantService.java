package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.grant.Grant;
import dev.cks.domain.grant.GrantId;
import dev.cks.domain.grant.GrantToken;
import dev.cks.domain.grant.PrincipalArn;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KmsKey;
import dev.cks.service.Auditor.Call;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataRecord.OfGrant;
import dev.cks.spi.MetadataRecord.OfKey;
import dev.cks.spi.RandomSource;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Grants (spec D.13). Thread-safe. Every method throws {@link KmsException} with the error AWS
 * documents, and changes nothing then.
 *
 * <p>Grants are kept, checked in shape and shown; they are not evaluated. So every caller may do
 * everything without a grant, and may retire every grant. Keys are named by id or ARN.
 */
public final class GrantService {
  private static final Pager KEY_PAGES = new Pager("ListGrants", 50, 100);
  private static final Pager RETIRABLE_PAGES = new Pager("ListRetirableGrants", 50, 100);

  private final Catalog catalog;
  private final ServicePorts ports;
  private final Auditor auditor;
  private final KeyResolver resolver;

  GrantService(Catalog catalog, ServicePorts ports, Auditor auditor, KeyResolver resolver) {
    this.catalog = catalog;
    this.ports = ports;
    this.auditor = auditor;
    this.resolver = resolver;
  }

  /** CreateGrant: a new grant, or the same again if the request has a name and is repeated. */
  public GrantRequests.Created create(GrantRequests.Create request, Caller caller) {
    return auditor.perform(
        KeyOperation.CREATE_GRANT.wireName(),
        caller,
        call -> {
          describe(request, call);
          Grant.Terms terms = GrantRules.terms(request);
          KeyEntry entry = resolver.byIdOrArn(request.keyId());
          call.concerningKey(entry.key().arn());
          GrantTokens.requireValid(request.grantTokens(), catalog);
          GrantId fresh = GrantId.of(random(GrantId.LENGTH));
          Grant draft = new Grant(fresh, entry.key().id(), terms, call.now());
          GrantId id = catalog.deciding(() -> create(draft, entry, request.dryRun()));
          call.answered("grantId", id.value()).answered("keyId", entry.key().arn());
          byte[] nonce = random(GrantToken.NONCE_LENGTH);
          return new GrantRequests.Created(id, GrantToken.of(id, nonce).value());
        });
  }

  private static void describe(GrantRequests.Create request, Call call) {
    call.requested("keyId", request.keyId());
    if (!request.contextEquals().isEmpty() || !request.contextSubset().isEmpty()) {
      Map<String, Object> constraints = new TreeMap<>();
      if (!request.contextEquals().isEmpty()) {
        constraints.put("encryptionContextEquals", request.contextEquals());
      }
      if (!request.contextSubset().isEmpty()) {
        constraints.put("encryptionContextSubset", request.contextSubset());
      }
      call.requested("constraints", constraints);
    }
    call.requested("operations", request.operations())
        .requested("granteePrincipal", request.granteePrincipal())
        .requested("retiringPrincipal", request.retiringPrincipal())
        .requested("name", request.name());
  }

  /** Puts the key's record as it is: so it cannot be deleted, or get the same grant, meanwhile. */
  private GrantId create(Grant draft, KeyEntry entry, boolean dryRun) {
    KeyEntry.Row row = entry.row();
    KmsKey key = row.key();
    resolver.byId(key.id());
    Admission.admit(KeyOperation.CREATE_GRANT, entry, key);
    GrantRules.requireKnown(draft.terms().operations(), key);
    Optional<GrantId> same = sameAs(draft);
    if (same.isEmpty()) {
      requireRoom(key);
    }
    CryptoService.requireRealRun(dryRun);
    if (same.isPresent()) {
      return same.get();
    }
    catalog.commit(
        Changes.builder().put(new OfKey(key), row.version()).insert(new OfGrant(draft)).build());
    return draft.id();
  }

  private Optional<GrantId> sameAs(Grant draft) {
    if (!draft.terms().isRepeatable()) {
      return Optional.empty();
    }
    return catalog.grants().ofKey(draft.key()).values().stream()
        .map(GrantIndex.Row::grant)
        .filter(grant -> grant.terms().equals(draft.terms()))
        .map(Grant::id)
        .findFirst();
  }

  private void requireRoom(KmsKey key) {
    int limit = ports.quotas().grantsPerKey();
    if (catalog.grants().countOfKey(key.id()) >= limit) {
      throw new KmsException(
          KmsErrorCode.LIMIT_EXCEEDED, "A KMS key can have at most " + limit + " grants.");
    }
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    ports.random().fill(RandomSource.Stream.IDS, bytes);
    return bytes;
  }

  /** ListGrants: by grant id. */
  public Page<GrantRequests.Listed> list(GrantRequests.OfKey request, Caller caller) {
    return auditor.perform(
        KeyOperation.LIST_GRANTS.wireName(),
        caller,
        call -> {
          call.requested("keyId", request.keyId())
              .requested("grantId", request.grantId())
              .requested("granteePrincipal", request.granteePrincipal())
              .requested("limit", request.limit())
              .requested("marker", request.marker());
          String grantId = request.grantId();
          GrantId only = grantId == null ? null : GrantRules.grantId(grantId);
          KeyEntry entry = resolver.byIdOrArn(request.keyId());
          call.concerningKey(entry.key().arn());
          KmsKey key = Admission.admit(KeyOperation.LIST_GRANTS, entry);
          return KEY_PAGES.page(
              chosen(catalog.grants().ofKey(key.id()), only, request.granteePrincipal()),
              GrantId::parse,
              request.limit(),
              request.marker(),
              this::listed);
        });
  }

  private static NavigableMap<GrantId, GrantIndex.Row> chosen(
      NavigableMap<GrantId, GrantIndex.Row> rows, @Nullable GrantId id, @Nullable String grantee) {
    NavigableMap<GrantId, GrantIndex.Row> some =
        id == null ? rows : rows.subMap(id, true, id, true);
    if (grantee == null) {
      return some;
    }
    NavigableMap<GrantId, GrantIndex.Row> theirs = new TreeMap<>();
    some.forEach(
        (each, row) -> {
          if (row.grant().terms().grantee().equals(grantee)) {
            theirs.put(each, row);
          }
        });
    return theirs;
  }

  /** ListRetirableGrants: the grants of all keys that name this retiring principal. */
  public Page<GrantRequests.Listed> listRetirable(
      String retiringPrincipal, @Nullable Integer limit, @Nullable String marker, Caller caller) {
    return auditor.perform(
        "ListRetirableGrants",
        caller,
        call -> {
          call.requested("retiringPrincipal", retiringPrincipal)
              .requested("limit", limit)
              .requested("marker", marker);
          return RETIRABLE_PAGES.page(
              catalog.grants().retirableBy(PrincipalArn.checked(retiringPrincipal)),
              GrantId::parse,
              limit,
              marker,
              this::listed);
        });
  }

  private GrantRequests.Listed listed(GrantIndex.Row row) {
    return new GrantRequests.Listed(
        row.grant(),
        ports.scope().arnPrefix() + "key/" + row.grant().key(),
        ports.scope().rootArn());
  }

  /** RetireGrant. */
  public void retire(GrantRequests.Retire request, Caller caller) {
    auditor.change(
        KeyOperation.RETIRE_GRANT.wireName(),
        caller,
        call -> {
          GrantRules.requireOneName(request);
          GrantId id = named(request);
          call.adding("grantId", id.value());
          KeyEntry entry = keyOf(id, request.keyId());
          call.concerningKey(entry.key().arn());
          remove(KeyOperation.RETIRE_GRANT, id, entry, request.dryRun());
        });
  }

  private static GrantId named(GrantRequests.Retire request) {
    String grantId = request.grantId();
    if (grantId != null) {
      return GrantRules.grantId(grantId);
    }
    String token = request.grantToken();
    return GrantTokens.parse(token == null ? "" : token).grant();
  }

  private KeyEntry keyOf(GrantId id, @Nullable String keyId) {
    if (keyId != null) {
      return resolver.byIdOrArn(keyId);
    }
    GrantIndex.Row row = catalog.grants().get(id);
    if (row == null) {
      throw GrantRules.notFound(id);
    }
    return resolver.byId(row.grant().key());
  }

  /** RevokeGrant. */
  public void revoke(String keyId, String grantId, boolean dryRun, Caller caller) {
    auditor.change(
        KeyOperation.REVOKE_GRANT.wireName(),
        caller,
        call -> {
          call.requested("keyId", keyId).requested("grantId", grantId);
          GrantId id = GrantRules.grantId(grantId);
          KeyEntry entry = resolver.byIdOrArn(keyId);
          call.concerningKey(entry.key().arn());
          remove(KeyOperation.REVOKE_GRANT, id, entry, dryRun);
        });
  }

  private void remove(KeyOperation operation, GrantId id, KeyEntry entry, boolean dryRun) {
    Grant removed = catalog.deciding(() -> commitRemoval(operation, id, entry, dryRun));
    catalog.grants().forget(removed);
  }

  private Grant commitRemoval(KeyOperation operation, GrantId id, KeyEntry entry, boolean dryRun) {
    KmsKey key = Admission.admit(operation, entry);
    GrantIndex.Row row = catalog.grants().get(id);
    if (row == null || !row.grant().key().equals(key.id())) {
      throw GrantRules.notFound(id);
    }
    CryptoService.requireRealRun(dryRun);
    catalog.commit(Changes.builder().remove(new OfGrant(row.grant()).key(), row.version()).build());
    return row.grant();
  }
}
