package dev.cks.aws.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The remedies, each as a plan (spec B.5, J.3 to J.9). */
final class Plans {
  private static final Duration SOME_MINUTES = Duration.ofMinutes(5);

  private final Practice practice;

  Plans(Practice practice) {
    this.practice = practice;
  }

  KeyPlans ofKeys() {
    return new KeyPlans(practice);
  }

  private PlanWriter of(StoreView store) {
    return new PlanWriter(practice, store);
  }

  // the connection

  Plan reconnect(StoreView store) {
    return of(store).disconnect(true).connect().write(Remedy.RECONNECT, store.id(), "");
  }

  /** Once more: after a failure that is over, or passes by itself. */
  Plan retry(StoreView store) {
    return reconnect(store);
  }

  Plan await(StoreView store) {
    return of(store)
        .api(
            "Wait until it is over",
            "kms DescribeCustomKeyStores CustomKeyStoreId=" + store.id() + ", every 15 seconds",
            new Step.Notes("", "the key store is neither CONNECTING nor DISCONNECTING", "", ""),
            new ConnectionDeeds.Await())
        .write(Remedy.WAIT, store.id(), "");
  }

  Plan repairCredentials(StoreView store) {
    return of(store)
        .disconnect(true)
        .setPassword()
        .tell()
        .connect()
        .write(
            Remedy.REPAIR_CREDENTIALS,
            store.id(),
            "Only an admin's new password ends a lock-out, and it serves as well where nobody knows"
                + " the current one.");
  }

  /** Where the password that kmsuser has now is known, and kmsuser is not locked out. */
  Plan tellPassword(StoreView store) {
    return of(store)
        .disconnect(false)
        .tell()
        .connect()
        .write(
            Remedy.REPAIR_CREDENTIALS,
            store.id(),
            "The password that kmsuser has in the cluster is known.");
  }

  Plan endForgottenSession(StoreView store) {
    PlanWriter plan = of(store).disconnect(true);
    return plan.manual(
            ManualTask.Id.LOG_OUT_KMSUSER,
            "Log kmsuser out, wherever it is logged in",
            plan.commands().logOut(),
            new Step.Notes(
                "whoever works as kmsuser is done",
                "nobody is logged in as kmsuser",
                "what that session was doing",
                "log in again"),
            scene -> false,
            scene -> "no API shows it; the connection will")
        .setPassword()
        .tell()
        .connect()
        .write(
            Remedy.END_FORGOTTEN_SESSION,
            store.id(),
            "Whoever logged in as kmsuser had set a password for that, so KMS must be told one.");
  }

  Plan recreateKmsuser(StoreView store) {
    PlanWriter plan = of(store).disconnect(true);
    return plan.manual(
            ManualTask.Id.CREATE_KMSUSER,
            "Create the crypto user kmsuser, as an admin of the cluster",
            plan.commands().createKmsuser(),
            new Step.Notes(
                "the password has 7 to 32 letters and digits",
                "kmsuser is a crypto user with one password on every HSM",
                "",
                "delete the user again, as long as it owns no key"),
            scene -> false,
            scene -> "no API shows it; the connection will")
        .tell()
        .connect()
        .write(
            Remedy.RECREATE_KMSUSER,
            store.id(),
            "Changes of users reach only the HSMs that the tool reaches, so kmsuser may be missing"
                + " on some of them only; all get the same password.");
  }

  // the cluster

  Plan addHsms(StoreView store) {
    return addHsms(of(store), store)
        .disconnect(true)
        .connect()
        .write(Remedy.ADD_HSMS, store.id(), "");
  }

  Plan addHsmsOnly(StoreView store) {
    PlanWriter plan = addHsms(of(store), store);
    return (store.isConnected() ? plan.tryOut() : plan).write(Remedy.ADD_HSMS, store.id(), "");
  }

  private static PlanWriter addHsms(PlanWriter plan, StoreView store) {
    return plan.api(
        "Add HSMs, in two Availability Zones",
        "cloudhsmv2 CreateHsm ClusterId="
            + store.clusterId()
            + " AvailabilityZone=<each of two>,"
            + " then DescribeClusters until they are ACTIVE",
        new Step.Notes(
            "the cluster exists; an HSM costs money by the hour",
            "an active HSM in each of two Availability Zones, with all users and keys",
            "nothing",
            "cloudhsmv2 DeleteHsm"),
        new ClusterDeeds.AddHsms());
  }

  Plan activate(StoreView store) {
    PlanWriter plan = of(store);
    return plan.manual(
            ManualTask.Id.ACTIVATE_CLUSTER,
            "Give the admin of the cluster its first password",
            plan.commands().activate(),
            new Step.Notes(
                "the cluster is INITIALIZED and has an HSM", "the cluster is ACTIVE", "", ""),
            scene -> isActive(scene),
            scene -> {
              if (!isActive(scene)) {
                throw new Surprise("the cluster is not ACTIVE");
              }
              return "the cluster is ACTIVE";
            })
        .disconnect(true)
        .connect()
        .write(Remedy.ACTIVATE_CLUSTER, store.id(), "");
  }

  private static boolean isActive(Scene scene) throws Surprise {
    return scene.cluster(scene.clusterId()).filter(ClusterView::isActive).isPresent();
  }

  /** With {@code newSubnets} a person says which; the old ones cannot be used as they are. */
  Plan replaceCluster(Chart chart, BackupChoice choice, boolean newSubnets) {
    PlanWriter plan = of(chart.store());
    Replacement.write(plan, practice, chart, choice, newSubnets);
    return plan.tryOut().write(Remedy.REPLACE_CLUSTER, chart.store().id(), choice.why());
  }

  Plan recoverMaterial(Chart chart, KeyView key, BackupChoice choice) {
    PlanWriter plan = of(chart.store());
    Replacement.write(plan, practice, chart, choice, false);
    return plan.tryKey(key.arn()).write(Remedy.RECOVER_MATERIAL, key.arn(), choice.why());
  }

  // the network

  Plan freeAddresses(StoreView store) {
    PlanWriter plan = of(store).disconnect(true);
    List<String> subnets =
        Optional.ofNullable(store.cluster())
            .map(cluster -> List.copyOf(cluster.subnets().values()))
            .orElseGet(() -> List.of("<the cluster's subnets>"));
    return plan.manual(
            ManualTask.Id.FREE_ADDRESSES,
            "Free two addresses in each subnet of the cluster",
            Commands.freeAddresses(subnets),
            new Step.Notes(
                "delete network interfaces that nobody needs; a subnet cannot grow",
                "each subnet has at least one free address, better two",
                "whatever used the addresses",
                ""),
            scene -> false,
            scene -> "CloudHSM's and KMS's APIs do not show it; the connection will")
        .connect()
        .write(
            Remedy.FREE_ADDRESSES,
            store.id(),
            "Where no address can be freed, replace the cluster from a backup in roomier subnets.");
  }

  Plan retryThenRepairNetwork(StoreView store) {
    PlanWriter plan = of(store).disconnect(true);
    plan.api(
            "Wait some minutes",
            "",
            new Step.Notes("", "a disturbance that passes by itself is over", "", ""),
            new ConnectionDeeds.Wait(SOME_MINUTES))
        .connect(true);
    return inspect(
            plan, store, scene -> scene.store().isConnected(), scene -> "connecting shows it")
        .disconnect(true)
        .connect()
        .write(
            Remedy.REPAIR_NETWORK,
            store.id(),
            "Most network failures pass: the network is looked at only if the retry fails too.");
  }

  Plan repairNetwork(StoreView store) {
    return inspect(of(store), store, Plans::works, Plans::mustWork)
        .write(Remedy.REPAIR_NETWORK, store.id(), "Retrying did not help.");
  }

  /** What the security group or the state of the cluster must be for KMS to try at all. */
  Plan repairConfiguration(StoreView store) {
    return inspect(
            of(store), store, scene -> scene.store().isConnected(), scene -> "connecting shows it")
        .connect()
        .write(Remedy.REPAIR_NETWORK, store.id(), "");
  }

  private static boolean works(Scene scene) throws Surprise {
    return Trial.ofStore(scene.calls(), scene.get(Scene.STORE)).works();
  }

  private static String mustWork(Scene scene) throws Surprise {
    return KeyDeeds.works(
        Trial.ofStore(scene.calls(), scene.get(Scene.STORE)), "KMS reached the cluster");
  }

  private static PlanWriter inspect(
      PlanWriter plan,
      StoreView store,
      ManualDeed.Needless needless,
      ManualDeed.Confirmed confirmed) {
    String group =
        Optional.ofNullable(store.cluster())
            .map(ClusterView::securityGroup)
            .orElse("<the cluster's security group>");
    return plan.manual(
        ManualTask.Id.REPAIR_NETWORK,
        "Find out what blocks the traffic to the cluster, and repair it",
        Commands.inspectNetwork(group),
        new Step.Notes(
            "",
            "TCP 2223 to 2225 go in and out between the members of the cluster's security group;"
                + " no firewall or route keeps KMS's interfaces from the HSMs",
            "",
            ""),
        needless,
        confirmed);
  }

  Plan freeSessions(StoreView store) {
    PlanWriter plan = of(store);
    return plan.manual(
            ManualTask.Id.FREE_SESSIONS,
            "Close PKCS #11 sessions of other clients, or let the burst pass",
            List.of(),
            new Step.Notes("", "a session is free for KMS", "what those clients were doing", ""),
            Plans::works,
            Plans::mustWork)
        .write(
            Remedy.FREE_SESSIONS,
            store.id(),
            "Applications back off and retry; KMSInternalException is retried by the SDKs.");
  }

  // kmsuser's errands

  Plan deleteOrphan(StoreView store, String arn) {
    PlanWriter plan = of(store).disconnect(false).setPassword();
    return plan.manual(
            ManualTask.Id.DELETE_KEY_OBJECT,
            "Delete the key object, as kmsuser",
            plan.commands().deleteKey(arn),
            List.of(),
            new Step.Notes(
                "no KMS key has this ARN any more",
                "no key object has this label; backups still have it",
                "",
                "none; a backup that is older still has it"),
            Optional.of(arn),
            scene -> false,
            scene -> "the tool said so, or nobody did; no API shows it")
        .tell()
        .connect()
        .write(Remedy.DELETE_ORPHAN, store.id(), "Only kmsuser, its owner, can delete it.");
  }

  Plan logInAsKmsuser(StoreView store) {
    PlanWriter plan = of(store).disconnect(false).setPassword();
    return plan.manual(
            ManualTask.Id.WORK_AS_KMSUSER,
            "Log in as kmsuser, do what is to be done, log out",
            plan.commands().workAsKmsuser(),
            new Step.Notes("", "nobody is logged in as kmsuser", "", ""),
            scene -> false,
            scene -> "no API shows it; the connection will")
        .tell()
        .connect()
        .write(
            Remedy.LOG_IN_AS_KMSUSER,
            store.id(),
            "While the key store is connected KMS is logged in, and nobody else can be.");
  }
}
