package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.GrantRequests;
import dev.cks.service.KeyRequests;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.MetadataStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Whatever is done with grants, a map of them says the same. */
class GrantsProperties {
  private static final int KEYS = 3;

  /** What a step does; {@code pick} chooses among the grants that were ever made. */
  record Step(Kind kind, int key, int principal, int name, int pick) {
    enum Kind {
      CREATE,
      CREATE_NAMED,
      RETIRE_BY_TOKEN,
      RETIRE_BY_ID,
      REVOKE,
      DRY_RUN
    }
  }

  /** A grant as the model has it. */
  record Known(String id, String token, int key, String grantee, String name) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> small = Arbitraries.integers().between(0, KEYS - 1);
    return Combinators.combine(
            Arbitraries.of(Step.Kind.class),
            small,
            small,
            small,
            Arbitraries.integers().between(0, 50))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  /** The real thing and the model, side by side. */
  private static final class World {
    final Account account;
    final List<String> keys = new ArrayList<>();
    final List<Known> ever = new ArrayList<>();
    final Map<String, Known> model = new HashMap<>();

    World(Account account) {
      this.account = account;
      for (int i = 0; i < KEYS; i++) {
        keys.add(i == 0 ? account.standardKey() : account.customKey());
      }
    }

    static String principal(int number) {
      return "arn:aws:iam::111122223333:role/r" + number;
    }

    void create(Step step, boolean named) {
      String grantee = principal(step.principal());
      String name = named ? "n" + step.name() : "";
      CreateGrantResponse made =
          account.kms.createGrant(
              r ->
                  r.keyId(keys.get(step.key()))
                      .granteePrincipal(grantee)
                      .operations(GrantOperation.DECRYPT)
                      .name(named ? name : null));
      Known grant = new Known(made.grantId(), made.grantToken(), step.key(), grantee, name);
      model.values().stream()
          .filter(g -> named && g.key() == step.key())
          .filter(g -> g.grantee().equals(grantee) && g.name().equals(name))
          .findFirst()
          .ifPresentOrElse(
              same -> assertThat(made.grantId()).isEqualTo(same.id()),
              () -> assertThat(model).doesNotContainKey(made.grantId()));
      model.put(grant.id(), grant);
      ever.add(grant);
    }

    void end(Step step) {
      if (ever.isEmpty()) {
        return;
      }
      Known grant = ever.get(step.pick() % ever.size());
      boolean there = model.containsKey(grant.id());
      boolean ended;
      try {
        call(step, grant);
        ended = true;
      } catch (NotFoundException gone) {
        ended = false;
      }
      assertThat(ended).isEqualTo(there);
      model.remove(grant.id());
    }

    private void call(Step step, Known grant) {
      String key = keys.get(grant.key());
      switch (step.kind()) {
        case RETIRE_BY_TOKEN -> account.kms.retireGrant(r -> r.grantToken(grant.token()));
        case RETIRE_BY_ID -> account.kms.retireGrant(r -> r.keyId(key).grantId(grant.id()));
        default -> account.kms.revokeGrant(r -> r.keyId(key).grantId(grant.id()));
      }
    }

    void tryOnly(Step step) {
      try {
        account.kms.createGrant(
            r ->
                r.keyId(keys.get(step.key()))
                    .granteePrincipal(principal(step.principal()))
                    .operations(GrantOperation.DECRYPT)
                    .dryRun(true));
      } catch (KmsException expected) {
        assertThat(expected.awsErrorDetails().errorCode()).isEqualTo("DryRunOperationException");
      }
    }

    void compare() {
      Set<String> shown = new HashSet<>();
      for (int i = 0; i < KEYS; i++) {
        String key = keys.get(i);
        for (GrantListEntry entry :
            account.kms.listGrantsPaginator(r -> r.keyId(key).limit(3)).grants()) {
          Known known = model.get(entry.grantId());
          assertThat(known).isNotNull();
          assertThat(entry.keyId()).isEqualTo(keys.get(known.key())).isEqualTo(key);
          assertThat(entry.granteePrincipal()).isEqualTo(known.grantee());
          assertThat(entry.name()).isEqualTo(known.name());
          assertThat(shown.add(entry.grantId())).isTrue();
        }
      }
      assertThat(shown).isEqualTo(model.keySet());
    }
  }

  @Property(tries = 60)
  void histories_agreeWithAMapOfGrants(@ForAll("steps") List<Step> steps) {
    try (Account account = Account.connected()) {
      World world = new World(account);
      for (Step step : steps) {
        switch (step.kind()) {
          case CREATE -> world.create(step, false);
          case CREATE_NAMED -> world.create(step, true);
          case DRY_RUN -> world.tryOnly(step);
          default -> world.end(step);
        }
      }
      world.compare();
    }
  }

  /**
   * Restarting on the same metadata store finds every grant again, and its tokens still lead to it.
   */
  @Property(tries = 20)
  void grants_surviveARestart(@ForAll("steps") List<Step> steps) {
    MetadataStore kept = KmsConfig.inMemoryStore();
    try (SimulatedAws aws = SimulatedAws.create()) {
      KmsConfig config =
          KmsConfig.asDocumented().toBuilder()
              .clusters(aws.cloudHsm())
              .metadata(kept)
              .standardKeys(
                  aws.cloudHsm().cluster().create(),
                  SimulatedCluster.KMSUSER,
                  SecretBytes.ofText(ClusterBuilder.KMSUSER_PASSWORD))
              .build();
      Map<String, String> tokens = new HashMap<>();
      String keyId = fill(config, steps, tokens);
      try (Kms again = Kms.create(config)) {
        var grants = again.keys().grants();
        assertThat(ids(grants.list(ofKey(keyId), again.rootCaller()).items()))
            .isEqualTo(tokens.keySet());
        for (String token : tokens.values()) {
          grants.retire(new GrantRequests.Retire(token, null, null, false), again.rootCaller());
        }
        assertThat(grants.list(ofKey(keyId), again.rootCaller()).items()).isEmpty();
      }
    }
  }

  private static String fill(KmsConfig config, List<Step> steps, Map<String, String> tokens) {
    try (Kms first = Kms.create(config)) {
      String keyId =
          first.keys().create(KeyRequests.Create.standard(), first.rootCaller()).key().arn();
      for (Step step : steps) {
        var made =
            first
                .keys()
                .grants()
                .create(
                    new GrantRequests.Create(
                        keyId,
                        World.principal(step.principal()),
                        null,
                        List.of("Decrypt"),
                        Map.of(),
                        Map.of(),
                        null,
                        List.of(),
                        false),
                    first.rootCaller());
        tokens.put(made.id().value(), made.token());
      }
      return keyId;
    }
  }

  private static GrantRequests.OfKey ofKey(String keyId) {
    return new GrantRequests.OfKey(keyId, null, null, 100, null);
  }

  private static Set<String> ids(Collection<GrantRequests.Listed> listed) {
    Set<String> ids = new HashSet<>();
    listed.forEach(each -> ids.add(each.grant().id().value()));
    return ids;
  }
}
