package dev.cks.tck.model;

import static dev.cks.tck.model.Step.Field.KEY;
import static dev.cks.tck.model.Step.Field.NAME;
import static dev.cks.tck.model.Step.Field.NUMBER;
import static dev.cks.tck.model.Step.Field.STORE;
import static dev.cks.tck.model.Step.Field.TIME;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One step of a history. Key stores, clusters, keys and the rest go by small numbers; who runs the
 * step knows the ids behind them. The key store with number <i>n</i> is created on the cluster with
 * number <i>n</i>. A step prints as one line and {@link #parse} reads that line.
 *
 * @param kind what is done; says which of the other components count
 * @param store number of a key store or of a cluster
 * @param key number of a key
 * @param number an HSM, a subnet, a zone, another cluster, a grant, or the place where a ciphertext
 *     is kept; HSMs are counted in the cluster's order, and a number beyond the last begins again
 *     at the first
 * @param name a name of a key store, a password, an encryption context, the name of an alias, a
 *     description or a tag
 * @param time how far time moves, or the deletion window
 */
public record Step(Kind kind, int store, int key, int number, String name, Duration time) {

  /** A component that counts for some kinds of steps. */
  enum Field {
    STORE,
    KEY,
    NUMBER,
    NAME,
    TIME;

    private String label() {
      return name().toLowerCase(Locale.ROOT) + "=";
    }
  }

  /** What a step does. */
  public enum Kind {
    CREATE_STORE(STORE, NAME),
    CONNECT(STORE),
    DISCONNECT(STORE),
    RENAME_STORE(STORE, NAME),
    /** UpdateCustomKeyStore: KMS is told a password. */
    CHANGE_PASSWORD(STORE, NAME),
    /** UpdateCustomKeyStore: the store moves to the cluster with this number. */
    MOVE_STORE(STORE, NUMBER),
    DELETE_STORE(STORE),
    GENERATE_RANDOM(STORE),
    CREATE_KEY(KEY, STORE),
    DESCRIBE_KEY(KEY),
    ENABLE_KEY(KEY),
    DISABLE_KEY(KEY),
    SCHEDULE_DELETION(KEY, TIME),
    CANCEL_DELETION(KEY),
    UPDATE_DESCRIPTION(KEY, NAME),
    /** A tag with this key, whose value is the same text. */
    TAG_KEY(KEY, NAME),
    UNTAG_KEY(KEY, NAME),
    /** A grant whose name is this number: the same again is the same grant. */
    CREATE_GRANT(KEY, NUMBER),
    REVOKE_GRANT(KEY, NUMBER),
    CREATE_ALIAS(NAME, KEY),
    UPDATE_ALIAS(NAME, KEY),
    DELETE_ALIAS(NAME),
    /** The ciphertext is kept as the one with this number, as with the next two. */
    ENCRYPT(KEY, NUMBER, NAME),
    GENERATE_DATA_KEY(KEY, NUMBER, NAME),
    GENERATE_DATA_KEY_WITHOUT_PLAINTEXT(KEY, NUMBER, NAME),
    /** Decrypts the ciphertext with this number, or one that nobody made if there is none. */
    DECRYPT(NUMBER, NAME),
    /** The same with a key id in the request. */
    DECRYPT_UNDER(NUMBER, NAME, KEY),
    /**
     * To another key, in the context {@link #CONTEXT_AFTER}; the result replaces the ciphertext.
     */
    RE_ENCRYPT(NUMBER, NAME, KEY),

    /** An admin gives {@code kmsuser} a password on every HSM that can be reached. */
    SET_KMSUSER_PASSWORD(STORE, NAME),
    CREATE_KMSUSER(STORE, NAME),
    DELETE_KMSUSER(STORE),
    DELETE_KMSUSER_ON(STORE, NUMBER),
    /** Somebody logs in as {@code kmsuser}; who was logged in that way before logs out first. */
    LOG_IN_AS_KMSUSER(STORE, NAME),
    LOG_OUT_AS_KMSUSER(STORE),
    /** A person deletes the material of a key. */
    DELETE_MATERIAL(STORE, KEY),
    /** Nothing if the zone has no address left, or the cluster has 28 HSMs. */
    ADD_HSM(STORE, NUMBER),
    /** Nothing if it is the last one. */
    REMOVE_HSM(STORE, NUMBER),
    DELETE_CLUSTER(STORE),

    /** The cluster refuses every login from now on. For clusters that look at no password. */
    BREAK_CLUSTER(STORE),
    REPAIR_CLUSTER(STORE),
    STOP_HSM(STORE, NUMBER),
    START_HSM(STORE, NUMBER),
    PARTITION_HSM(STORE, NUMBER),
    HEAL_HSM(STORE, NUMBER),
    CUT_NETWORK(STORE),
    RESTORE_NETWORK(STORE),
    /** Somebody takes all free addresses of a subnet. */
    TAKE_ADDRESSES(STORE, NUMBER),
    /** Somebody gives back what was taken. */
    GIVE_ADDRESSES(STORE, NUMBER),
    DELETE_SUBNET(STORE, NUMBER),
    OCCUPY_SESSIONS(STORE),
    FREE_SESSIONS(STORE),
    /** The next attempt to log in fails inside the cluster. */
    FAIL_NEXT_LOGIN(STORE),
    /** An HSM is cut off after the next login, before the new password is sent. */
    CUT_NEXT_ROTATION(STORE, NUMBER),

    /** The plan that is drawn from the seed with this number is in force from now on. */
    INSTALL_FAULTS(STORE, NUMBER),
    CLEAR_FAULTS(STORE),

    /** Time passes, and what became due happens. */
    ADVANCE(TIME);

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final Set<Field> fields;

    Kind(Field... fields) {
      Set<Field> counting = EnumSet.noneOf(Field.class);
      Collections.addAll(counting, fields);
      this.fields = Collections.unmodifiableSet(counting);
    }
  }

  /** The encryption context of what RE_ENCRYPT makes. */
  public static final String CONTEXT_AFTER = "b";

  /** A step that concerns a key store or cluster only. */
  public static Step ofStore(Kind kind, int store, String name) {
    return new Step(kind, store, 0, 0, name, Duration.ZERO);
  }

  /** A step that concerns something numbered in a cluster. */
  public static Step inCluster(Kind kind, int cluster, int number) {
    return new Step(kind, cluster, 0, number, "", Duration.ZERO);
  }

  /** A step that concerns a key; {@code store} is where one is created. */
  public static Step ofKey(Kind kind, int key, int store) {
    return new Step(kind, store, key, 0, "", Duration.ZERO);
  }

  /** A cryptographic operation. */
  public static Step ofCrypto(Kind kind, int key, int ciphertext, String context) {
    return new Step(kind, 0, key, ciphertext, context, Duration.ZERO);
  }

  /** ScheduleKeyDeletion. */
  public static Step schedule(int key, int days) {
    return new Step(Kind.SCHEDULE_DELETION, 0, key, 0, "", Duration.ofDays(days));
  }

  /** A step that concerns an alias. */
  public static Step ofAlias(Kind kind, String name, int key) {
    return new Step(kind, 0, key, 0, name, Duration.ZERO);
  }

  /** Time passes. */
  public static Step advance(Duration time) {
    return new Step(Kind.ADVANCE, 0, 0, 0, "", time);
  }

  /** Whether the kind of this step has a key number. */
  public boolean concernsKey() {
    return kind.fields.contains(KEY);
  }

  /** Whether the kind of this step has the number of a key store or cluster. */
  public boolean concernsStore() {
    return kind.fields.contains(STORE);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if the line is no step
   */
  public static Step parse(String line) {
    String[] words = line.strip().split(" ", -1);
    Kind kind = Kind.valueOf(words[0]);
    if (words.length != kind.fields.size() + 1) {
      throw new IllegalArgumentException("not a step: " + line);
    }
    return new Step(
        kind,
        number(kind, words, STORE),
        number(kind, words, KEY),
        number(kind, words, NUMBER),
        value(kind, words, NAME, ""),
        Duration.parse(value(kind, words, TIME, "PT0S")));
  }

  private static int number(Kind kind, String[] words, Field field) {
    return Integer.parseInt(value(kind, words, field, "0"));
  }

  private static String value(Kind kind, String[] words, Field field, String absent) {
    if (!kind.fields.contains(field)) {
      return absent;
    }
    for (String word : words) {
      if (word.startsWith(field.label())) {
        return word.substring(field.label().length());
      }
    }
    throw new IllegalArgumentException(kind + " without " + field.label());
  }

  /** One line: the kind and the components that count. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(kind.name());
    for (Field field : kind.fields) {
      Object value =
          switch (field) {
            case STORE -> store;
            case KEY -> key;
            case NUMBER -> number;
            case NAME -> name;
            case TIME -> time;
          };
      line.append(' ').append(field.label()).append(value);
    }
    return line.toString();
  }
}
