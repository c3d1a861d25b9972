package dev.cks.aws.doctor;

import dev.cks.aws.doctor.ConnectionDeeds.Connect;
import dev.cks.aws.doctor.ConnectionDeeds.Disconnect;
import dev.cks.aws.doctor.ConnectionDeeds.Tell;
import dev.cks.aws.doctor.ManualDeed.Confirmed;
import dev.cks.aws.doctor.ManualDeed.Needless;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the steps of a plan down, in their order. Used once. */
final class PlanWriter {
  /** Stands for the number of the step that connects the key store again. */
  private static final String CONNECTING_STEP = "{connect}";

  private final Practice practice;
  private final StoreView store;
  private final Commands commands;
  private final List<PlannedStep> steps = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();

  PlanWriter(Practice practice, StoreView store) {
    this.practice = practice;
    this.store = store;
    this.commands = new Commands(practice.olderTools());
    known.put(Scene.STORE, store.id());
  }

  Commands commands() {
    return commands;
  }

  Plan write(Remedy remedy, String concerns, String reason) {
    int connecting = 0;
    for (int i = 0; i < steps.size(); i++) {
      connecting = steps.get(i).deed() instanceof Connect ? i + 1 : connecting;
    }
    String number = Integer.toString(connecting);
    return new Plan(
        practice,
        remedy,
        concerns,
        reason,
        steps.stream().map(step -> numbered(step, number)).toList(),
        known);
  }

  private static PlannedStep numbered(PlannedStep planned, String number) {
    if (!(planned.step() instanceof Step.Api api)) {
      return planned;
    }
    Step.Notes notes = api.notes();
    return new PlannedStep(
        new Step.Api(
            api.title(),
            api.call(),
            new Step.Notes(
                notes.precondition(),
                notes.effect(),
                notes.interrupts().replace(CONNECTING_STEP, number),
                notes.undo()),
            api.destroys()),
        planned.deed());
  }

  PlanWriter api(String title, String call, Step.Notes notes, Deed deed) {
    steps.add(new PlannedStep(new Step.Api(title, call, notes, Optional.empty()), deed));
    return this;
  }

  PlanWriter destroying(String name, String title, String call, Step.Notes notes, Deed deed) {
    steps.add(new PlannedStep(new Step.Api(title, call, notes, Optional.of(name)), deed));
    return this;
  }

  PlanWriter manual(
      ManualTask.Id id,
      String title,
      List<Command> lines,
      Step.Notes notes,
      Needless needless,
      Confirmed confirmed) {
    return manual(id, title, lines, List.of(), notes, Optional.empty(), needless, confirmed);
  }

  PlanWriter manual(
      ManualTask.Id id,
      String title,
      List<Command> lines,
      List<String> choices,
      Step.Notes notes,
      Optional<String> destroys,
      Needless needless,
      Confirmed confirmed) {
    steps.add(
        new PlannedStep(
            new Step.Manual(id, title, described(lines), notes, destroys),
            new ManualDeed(id, title, lines, choices, needless, confirmed)));
    return this;
  }

  /** For people who read the plan: where the cluster is known already, it is filled in. */
  private List<Command> described(List<Command> lines) {
    boolean replaced = steps.stream().anyMatch(s -> s.deed() instanceof ClusterDeeds.Create);
    String cluster = replaced ? "<the new cluster>" : Texts.orEmpty(store.clusterId());
    return lines.stream().map(line -> Commands.fill(line, cluster)).toList();
  }

  // what many plans share

  PlanWriter disconnect(boolean unlessConnected) {
    return api(
        "Disconnect the key store",
        "kms DisconnectCustomKeyStore CustomKeyStoreId=" + store.id(),
        new Step.Notes(
            "",
            "ConnectionState is DISCONNECTED",
            "every key in the key store is Unavailable until it is connected again (step "
                + CONNECTING_STEP
                + ")",
            "connect it again; KMS forgets no key"),
        new Disconnect(unlessConnected));
  }

  PlanWriter connect() {
    return connect(false);
  }

  PlanWriter connect(boolean tolerant) {
    return api(
        tolerant ? "Try to connect the key store" : "Connect the key store",
        "kms ConnectCustomKeyStore CustomKeyStoreId="
            + store.id()
            + ", then DescribeCustomKeyStores until it is over, for up to 20 minutes",
        new Step.Notes(
            "ConnectionState is DISCONNECTED",
            tolerant ? "" : "ConnectionState is CONNECTED, and keys have their former states",
            "nothing; KMS changes the password of kmsuser to one that only KMS knows",
            "disconnect it"),
        new Connect(tolerant));
  }

  PlanWriter tell() {
    return api(
        "Tell KMS the password of kmsuser",
        "kms UpdateCustomKeyStore CustomKeyStoreId="
            + store.id()
            + " KeyStorePassword=<asked for when it is needed>",
        new Step.Notes(
            "ConnectionState is DISCONNECTED",
            "KMS logs in with it at the next connection; nothing changes in the cluster",
            "",
            "tell KMS another one"),
        new Tell());
  }

  PlanWriter setPassword() {
    return manual(
        ManualTask.Id.SET_KMSUSER_PASSWORD,
        "Set a new password of kmsuser, as an admin of the cluster",
        commands.setPassword(),
        new Step.Notes(
            "the key store is disconnected, nobody is logged in as kmsuser, and the tools reach every"
                + " HSM; the new password has 7 to 32 letters and digits",
            "kmsuser has the same new password on every HSM, and is not locked out",
            "",
            "set another one; the old one is not needed any more"),
        scene -> false,
        scene -> "no API shows it; the connection will");
  }

  PlanWriter tryOut() {
    return api(
        "Try the key store out",
        "kms GenerateRandom CustomKeyStoreId=" + store.id() + " NumberOfBytes=1",
        new Step.Notes("", "KMS reaches the cluster", "", ""),
        new KeyDeeds.TryStore());
  }

  PlanWriter tryKey(String arn) {
    return api(
        "Try the key out",
        "kms Encrypt and Decrypt KeyId=" + arn,
        new Step.Notes("", "the key encrypts and decrypts", "", ""),
        new KeyDeeds.TryKey(arn));
  }
}
