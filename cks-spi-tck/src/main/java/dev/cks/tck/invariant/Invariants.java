package dev.cks.tck.invariant;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What holds after every step, whatever the history was. Each looks through the public services
 * only, at what is there and at what the test itself knows. Without an assertion library, which a
 * test that is only checked would load for nothing.
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
      KeyState derived = derived(key, connections);
      if (key.state() != derived) {
        throw new AssertionError(key.key().arn() + " is " + key.state() + ", not " + derived);
      }
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
      Instant date = key.key().deletionDate();
      if ((date != null) != (key.state() == KeyState.PENDING_DELETION)) {
        throw new AssertionError(
            key.key().arn() + " is " + key.state() + ", and its deletion date is " + date);
      }
    }
  }

  /** Every key in a custom key store belongs to one that is there. */
  public static void everyKeyHasItsStore(Kms kms) {
    List<String> stores = stores(kms).stream().map(store -> store.id().value()).toList();
    for (KeyRequests.Description key : keys(kms)) {
      if (key.key().home() instanceof KeyHome.Custom home) {
        if (!stores.contains(home.store().value())) {
          throw new AssertionError(
              key.key().arn() + " is in " + home.store() + ", which is not there");
        }
      }
    }
  }

  /** Deleting a key store that holds keys is refused; this tries. */
  public static void storesWithKeysCannotBeDeleted(Kms kms) {
    for (KeyRequests.Description key : keys(kms)) {
      if (key.key().home() instanceof KeyHome.Custom home) {
        String store = home.store().value();
        KmsErrorCode refusal = refusal(() -> kms.keyStores().delete(store, kms.rootCaller()));
        if (refusal != KmsErrorCode.CUSTOM_KEY_STORE_HAS_CMKS
            && refusal != KmsErrorCode.CUSTOM_KEY_STORE_INVALID_STATE) {
          throw new AssertionError("deleting " + store + ", which holds a key, answers " + refusal);
        }
      }
    }
  }

  /** Every alias names a key that is there. */
  public static void aliasesPointToExistingKeys(Kms kms) {
    Collection<?> keys = keys(kms).stream().map(key -> key.key().id()).toList();
    for (KeyRequests.ListedAlias alias : aliases(kms)) {
      if (!keys.contains(alias.alias().target())) {
        throw new AssertionError(alias.alias().name() + " points to a key that is not there");
      }
    }
  }

  /** A key that was deleted stays deleted: nobody finds it by its id or its ARN. */
  public static void deletedKeysStayGone(Kms kms, Collection<String> idsOrArns) {
    for (String key : idsOrArns) {
      KmsErrorCode refusal = refusal(() -> kms.keys().describe(key, kms.rootCaller()));
      if (refusal != KmsErrorCode.NOT_FOUND) {
        throw new AssertionError("describing the deleted key " + key + " answers " + refusal);
      }
    }
  }

  /** Attempt numbers of each store never fall, in the order in which its records were committed. */
  public static void attemptsNeverFall(List<CustomKeyStore> committed) {
    Map<String, Long> latest = new HashMap<>();
    for (CustomKeyStore store : committed) {
      Long before = latest.put(store.id().value(), store.attempt());
      if (before != null && store.attempt() < before) {
        throw new AssertionError(
            "attempt " + store.attempt() + " of " + store.id() + " comes after " + before);
      }
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
    try {
      call.run();
      return null;
    } catch (KmsException refusal) {
      return refusal.code();
    }
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
