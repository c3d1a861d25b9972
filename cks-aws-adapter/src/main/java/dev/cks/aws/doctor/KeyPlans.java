package dev.cks.aws.doctor;

import java.util.ArrayList;
import java.util.List;

/** The remedies that concern keys, and the end of a key store (spec C.2, C.4, J.10). */
final class KeyPlans {
  private final Practice practice;

  KeyPlans(Practice practice) {
    this.practice = practice;
  }

  Plan enableKey(KeyView key) {
    return enable(of(key), key).write(Remedy.ENABLE_KEY, key.arn(), "");
  }

  Plan cancelDeletion(KeyView key) {
    PlanWriter plan =
        of(key)
            .api(
                "Cancel the deletion of the key",
                "kms CancelKeyDeletion KeyId=" + key.arn(),
                new Step.Notes(
                    "the window has not ended",
                    "the key is Disabled",
                    "nothing",
                    "kms ScheduleKeyDeletion; the window begins anew"),
                new KeyDeeds.CancelDeletion(key.arn()));
    return enable(plan, key).write(Remedy.CANCEL_DELETION, key.arn(), "");
  }

  private static PlanWriter enable(PlanWriter plan, KeyView key) {
    return plan.api(
        "Enable the key",
        "kms EnableKey KeyId=" + key.arn(),
        new Step.Notes(
            "the key may be used again, in the opinion of whoever disabled it",
            "KeyState is Enabled, or will be when the key store is connected",
            "nothing",
            "kms DisableKey"),
        new KeyDeeds.Enable(key.arn()));
  }

  /** The key store does not matter, and standard keys have none. */
  private PlanWriter of(KeyView key) {
    return new PlanWriter(
        practice, new StoreView(Texts.orEmpty(key.storeId()), "", "", "", null, null, null, null));
  }

  Plan decommission(StoreView store, List<KeyView> keys, int days) {
    PlanWriter plan = new PlanWriter(practice, store);
    List<String> arns = new ArrayList<>();
    for (KeyView key : keys) {
      arns.add(key.arn());
      plan.destroying(
          key.arn(),
          "Schedule the deletion of a key",
          "kms ScheduleKeyDeletion KeyId=" + key.arn() + " PendingWindowInDays=" + days,
          new Step.Notes(
              "nobody needs what it encrypted",
              "KeyState is PendingDeletion",
              "the key, from now on",
              "kms CancelKeyDeletion, until the window ends"),
          new KeyDeeds.ScheduleDeletion(key.arn(), days));
    }
    plan.api(
        "Wait until the last key is gone",
        "kms DescribeKey of each, until NotFoundException",
        new Step.Notes(
            "the key store stays connected, so that KMS can delete the material too",
            "the key store has no key",
            "",
            "kms CancelKeyDeletion, until the window ends"),
        new KeyDeeds.AwaitGone(List.copyOf(arns)));
    plan.disconnect(false);
    return plan.destroying(
            store.id(),
            "Delete the key store",
            "kms DeleteCustomKeyStore CustomKeyStoreId=" + store.id(),
            new Step.Notes(
                "ConnectionState is DISCONNECTED and there are no keys in it",
                "KMS forgets the key store; cluster, HSMs, users and backups stay",
                "",
                "none; a new key store can have the same cluster"),
            new ConnectionDeeds.Delete())
        .write(Remedy.DECOMMISSION, store.id(), "");
  }
}
