package dev.cks.tck.invariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cks.Kms;
import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyLifecycle;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyStoreRequests;
import dev.cks.service.Page;
import dev.cks.spi.AuditEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What holds after every step, whatever the history was. Each looks through the public services
 * only, at what is there and at what the test itself knows.
 */
public final class Invariants {
  private Invariants() {}

  /** Every key shows the state that follows from its own facts and its store's connection. */
  public static void everyStateIsDerivable(Kms kms) {
    Map<String, ConnectionState> connections = new HashMap<>();
    for (KeyStoreRequests.Description store : stores(kms)) {
      connections.put(store.id().value(), store.connectionState());
    }
    for (KeyRequests.Description key : keys(kms)) {
      assertThat(key.state()).as(key.key().arn()).isEqualTo(derived(key, connections));
    }
  }

  private static KeyState derived(
      KeyRequests.Description key, Map<String, ConnectionState> connections) {
    if (key.key().lifecycle() == KeyLifecycle.PENDING_DELETION) {
      return KeyState.PENDING_DELETION;
    }
    if (key.key().home() instanceof KeyHome.Custom home
        && connections.get(home.store().value()) != ConnectionState.CONNECTED) {
      return KeyState.UNAVAILABLE;
    }
    // only the cluster knows whether the mark is of this very connection
    boolean missing = key.key().missingIn() != 0 && key.state() == KeyState.UNAVAILABLE;
    return missing ? KeyState.UNAVAILABLE : KeyState.valueOf(key.key().lifecycle().name());
  }

  /** A key has a deletion date exactly while it waits for its deletion. */
  public static void deletionDatesBelongToPendingKeys(Kms kms) {
    for (KeyRequests.Description key : keys(kms)) {
      assertThat(key.key().deletionDate() != null)
          .as("deletion date of %s, which is %s", key.key().arn(), key.state())
          .isEqualTo(key.state() == KeyState.PENDING_DELETION);
    }
  }

  /** Every key in a custom key store belongs to one that is there. */
  public static void everyKeyHasItsStore(Kms kms) {
    List<String> stores = stores(kms).stream().map(store -> store.id().value()).toList();
    for (KeyRequests.Description key : keys(kms)) {
      if (key.key().home() instanceof KeyHome.Custom home) {
        assertThat(stores).as("store of %s", key.key().arn()).contains(home.store().value());
      }
    }
  }

  /** Deleting a key store that holds keys is refused; this tries. */
  public static void storesWithKeysCannotBeDeleted(Kms kms) {
    for (KeyRequests.Description key : keys(kms)) {
      if (key.key().home() instanceof KeyHome.Custom home) {
        String store = home.store().value();
        KmsErrorCode refusal = refusal(() -> kms.keyStores().delete(store, kms.rootCaller()));
        assertThat(refusal)
            .as("answer to deleting %s, which holds a key", store)
            .isIn(
                KmsErrorCode.CUSTOM_KEY_STORE_HAS_CMKS,
                KmsErrorCode.CUSTOM_KEY_STORE_INVALID_STATE);
      }
    }
  }

  /** Every alias names a key that is there. */
  public static void aliasesPointToExistingKeys(Kms kms) {
    Collection<?> keys = keys(kms).stream().map(key -> key.key().id()).toList();
    for (KeyRequests.ListedAlias alias : aliases(kms)) {
      assertThat(keys.contains(alias.alias().target()))
          .as("%s points to an existing key", alias.alias().name())
          .isTrue();
    }
  }

  /** A key that was deleted stays deleted: nobody finds it by its id or its ARN. */
  public static void deletedKeysStayGone(Kms kms, Collection<String> idsOrArns) {
    for (String key : idsOrArns) {
      assertThat(refusal(() -> kms.keys().describe(key, kms.rootCaller())))
          .as("answer to describing the deleted key %s", key)
          .isEqualTo(KmsErrorCode.NOT_FOUND);
    }
  }

  /** Attempt numbers of each store never fall, in the order in which its records were committed. */
  public static void attemptsNeverFall(List<CustomKeyStore> committed) {
    Map<String, Long> latest = new HashMap<>();
    for (CustomKeyStore store : committed) {
      Long before = latest.put(store.id().value(), store.attempt());
      assertThat(store.attempt())
          .as("attempt of %s", store.id())
          .isGreaterThanOrEqualTo(before == null ? 0 : before);
    }
  }

  /** No exception and nothing that caused it tells a planted secret. */
  public static void doesNotTell(String canary, @Nullable Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      doesNotTell(canary, at.toString());
    }
  }

  /** No audit event tells a planted secret. */
  public static void doesNotTell(String canary, AuditEvent event) {
    doesNotTell(canary, event.toString());
  }

  /** Cheap, since it is asked for every event of a history. */
  private static void doesNotTell(String canary, String text) {
    if (text.contains(canary)) {
      throw new AssertionError("tells a secret: " + text);
    }
  }

  private static @Nullable KmsErrorCode refusal(Runnable call) {
    Throwable thrown = catchThrowable(call::run);
    return thrown instanceof KmsException refusal ? refusal.code() : null;
  }

  private static List<KeyRequests.Description> keys(Kms kms) {
    return all(marker -> kms.keys().list(1000, marker, kms.rootCaller())).stream()
        .map(listed -> kms.keys().describe(listed.arn(), kms.rootCaller()))
        .toList();
  }

  private static List<KeyStoreRequests.Description> stores(Kms kms) {
    return all(
        marker ->
            kms.keyStores()
                .describe(
                    new KeyStoreRequests.Describe(null, null, null, marker), kms.rootCaller()));
  }

  private static List<KeyRequests.ListedAlias> aliases(Kms kms) {
    return all(marker -> kms.keys().aliases().list(null, 100, marker, kms.rootCaller()));
  }

  private static <T> List<T> all(Function<@Nullable String, Page<T>> list) {
    List<T> all = new ArrayList<>();
    String marker = null;
    do {
      Page<T> page = list.apply(marker);
      all.addAll(page.items());
      marker = page.nextMarker();
    } while (marker != null);
    return all;
  }
}
