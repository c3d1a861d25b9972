package dev.cks.aws.doctor;

import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Finds out why a custom key store or a key in it does not work, and how to put it right, as AWS's
 * guide "Troubleshooting a custom key store" says.
 *
 * <p>Examining changes nothing. It asks KMS, CloudHSM and CloudTrail, reads every page, keeps
 * CloudTrail's limit of two requests a second, and tries keys out: with a dry run first, then by
 * encrypting and decrypting a constant. A permission that is missing costs what it shows, and a
 * sentence in {@link Diagnosis#limitations} says so; see {@link #permissions}. Only applying a
 * {@link Plan} changes anything.
 *
 * <p>Thread-safe if its callbacks are; an examination runs on the caller's thread. The clients stay
 * the caller's.
 */
public final class Doctor {
  /** How many keys a diagnosis shows one by one. */
  public static final int KEYS_SHOWN = 200;

  private final Practice practice;

  private Doctor(Practice practice) {
    this.practice = practice;
  }

  /** A doctor without anybody to ask: manual steps stop its plans, which can be resumed. */
  public static Doctor of(KmsClient kms, CloudHsmV2Client cloudHsm, CloudTrailClient cloudTrail) {
    return builder(kms, cloudHsm, cloudTrail).build();
  }

  /** A doctor with something changed. */
  public static Builder builder(
      KmsClient kms, CloudHsmV2Client cloudHsm, CloudTrailClient cloudTrail) {
    return new Builder(kms, cloudHsm, cloudTrail);
  }

  /** Examines the key store or key with this name: see {@link Subject#of}. */
  public Diagnosis examine(String id) {
    return examine(Subject.of(id));
  }

  /**
   * Examines. May take long where there are many keys: each is described by a call of its own.
   *
   * @throws IllegalStateException if the thread is interrupted meanwhile
   */
  public Diagnosis examine(Subject subject) {
    return new Examination(practice, Objects.requireNonNull(subject)).diagnosis();
  }

  /** Why the key is in the state it is in, since when, and because of whom. */
  public Explanation explain(String keyId) {
    return Explainer.explain(examine(new Subject.Key(keyId)));
  }

  /** Remedies for people who know what they want, whatever an examination would find. */
  public Remedies remedies() {
    return new Remedies(practice);
  }

  /** What the doctor may need to be allowed to do. */
  public static List<Permission> permissions() {
    return Permissions.all();
  }

  /** What can be changed of a doctor. Not thread-safe. */
  public static final class Builder {
    private static final int KEYS_TRIED = 100;

    private final KmsClient kms;
    private final CloudHsmV2Client cloudHsm;
    private final CloudTrailClient cloudTrail;
    private Pacing pacing = Pacing.realTime();
    private Hands hands = task -> Hands.declined("a person is needed here");
    private Passwords passwords = (user, cluster) -> new char[0];
    private Progress progress = (what, done) -> {};
    private KeyInventory inventory = KeyInventory.unknown();
    private boolean olderTools;
    private List<String> subnets = List.of();
    private int keysTried = KEYS_TRIED;

    private Builder(KmsClient kms, CloudHsmV2Client cloudHsm, CloudTrailClient cloudTrail) {
      this.kms = Objects.requireNonNull(kms);
      this.cloudHsm = Objects.requireNonNull(cloudHsm);
      this.cloudTrail = Objects.requireNonNull(cloudTrail);
    }

    /** Who does the manual steps. */
    public Builder hands(Hands person) {
      hands = Objects.requireNonNull(person);
      return this;
    }

    /** Who knows passwords. */
    public Builder passwords(Passwords source) {
      passwords = Objects.requireNonNull(source);
      return this;
    }

    /** Who wants to hear how far it is. */
    public Builder progress(Progress listener) {
      progress = Objects.requireNonNull(listener);
      return this;
    }

    /** The clock; the real one by default. */
    public Builder pacing(Pacing clock) {
      pacing = Objects.requireNonNull(clock);
      return this;
    }

    /** Who knows what key objects a cluster holds; nobody by default. */
    public Builder inventory(KeyInventory source) {
      inventory = Objects.requireNonNull(source);
      return this;
    }

    /**
     * Whether manual steps are written for {@code cloudhsm_mgmt_util} and {@code key_mgmt_util} of
     * Client SDK 3, which AWS no longer supports, instead of CloudHSM CLI.
     */
    public Builder olderTools(boolean on) {
      olderTools = on;
      return this;
    }

    /**
     * The subnets of clusters that plans create, in two or more Availability Zones; those of the
     * cluster that is replaced by default.
     */
    public Builder subnets(List<String> ids) {
      subnets = List.copyOf(ids);
      return this;
    }

    /** How many keys of a key store are tried out, by encrypting with them; 100 by default. */
    public Builder keysTried(int limit) {
      if (limit < 0) {
        throw new IllegalArgumentException("a negative number of keys: " + limit);
      }
      keysTried = limit;
      return this;
    }

    /** The doctor. */
    public Doctor build() {
      return new Doctor(
          new Practice(
              new AwsCalls(kms, cloudHsm, cloudTrail, pacing),
              hands,
              passwords,
              progress,
              inventory,
              olderTools,
              subnets,
              keysTried));
    }
  }
}
