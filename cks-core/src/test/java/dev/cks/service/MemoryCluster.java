package dev.cks.service;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretAccess;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.ClusterFacts.Hsm;
import dev.cks.spi.ClusterFacts.HsmState;
import dev.cks.spi.ClusterFacts.Subnet;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in memory that writes down how it is called, and fails when it is told to. It minds
 * what an HSM minds: the password, a second login, a session or a key that is gone, associated data
 * that differ.
 */
final class MemoryCluster implements HsmCluster {
  static final String FIRST_PASSWORD = "first-password";

  /** Makes trouble, or lets something happen, when it is called. */
  interface Event {
    void happens();
  }

  private final List<String> calls = new ArrayList<>();
  private final Map<String, Deque<Event>> before = new HashMap<>();
  private final Map<String, Deque<Event>> after = new HashMap<>();
  private final Map<BackingKeyId, HsmKey.Facts> keys = new LinkedHashMap<>();
  private ClusterFacts facts;
  private List<HsmSession.Outcome> outcomes = outcomes(null, null);
  private byte[] password = FIRST_PASSWORD.getBytes(StandardCharsets.US_ASCII);
  private int addresses;
  private int logins;
  private int handles;
  private String reference = "";
  private byte[] latestPlaintext = new byte[0];

  MemoryCluster(String id, String lineage) {
    facts =
        new ClusterFacts(
            id,
            ClusterState.ACTIVE,
            lineage,
            "PEM of " + lineage,
            List.of(hsm(1, "a", HsmState.ACTIVE), hsm(2, "b", HsmState.ACTIVE)),
            List.of(subnet(1, "a"), subnet(2, "b")));
  }

  static Hsm hsm(int number, String zone, HsmState state) {
    return new Hsm("hsm-" + number, "us-east-1" + zone, state);
  }

  static Subnet subnet(int number, String zone) {
    return new Subnet("subnet-" + number, "us-east-1" + zone);
  }

  /** What two HSMs say; null is success. */
  static List<HsmSession.Outcome> outcomes(@Nullable Reason first, @Nullable Reason second) {
    return List.of(new HsmSession.Outcome("hsm-1", first), new HsmSession.Outcome("hsm-2", second));
  }

  void setState(ClusterState state) {
    facts =
        new ClusterFacts(
            facts.id(), state, facts.lineage(), facts.trustAnchor(), facts.hsms(), facts.subnets());
  }

  void setHsms(Hsm... hsms) {
    facts =
        new ClusterFacts(
            facts.id(),
            facts.state(),
            facts.lineage(),
            facts.trustAnchor(),
            List.of(hsms),
            facts.subnets());
  }

  void setNetwork(boolean portsOpen, Subnet... subnets) {
    facts =
        new ClusterFacts(
            facts.id(),
            facts.state(),
            facts.lineage(),
            facts.trustAnchor(),
            facts.hsms(),
            List.of(subnets),
            portsOpen);
  }

  /** What every HSM says to changes from now on. */
  void setOutcomes(List<HsmSession.Outcome> answers) {
    outcomes = answers;
  }

  /** An operator changes the password of {@code kmsuser}. */
  void setPassword(String changed) {
    password = changed.getBytes(StandardCharsets.US_ASCII);
  }

  /** Once, when the next call of this name begins. */
  void beforeNext(String call, Event event) {
    before.computeIfAbsent(call, name -> new ArrayDeque<>()).add(event);
  }

  /** Once, when the next call of this name has done its work. */
  void afterNext(String call, Event event) {
    after.computeIfAbsent(call, name -> new ArrayDeque<>()).add(event);
  }

  void failNext(String call, Reason reason) {
    beforeNext(call, failure(reason));
  }

  static Event failure(Reason reason) {
    return () -> {
      throw new HsmException(reason, "told to");
    };
  }

  /** What the handles of further keys begin with. */
  void setReference(String text) {
    reference = text;
  }

  /** The very array that was decrypted into last: who keeps no plaintext wipes it. */
  byte[] latestPlaintext() {
    return latestPlaintext;
  }

  /** The calls since the last time somebody asked. */
  List<String> calls() {
    List<String> seen = List.copyOf(calls);
    calls.clear();
    return seen;
  }

  /** The material there is, by label. */
  List<String> labels() {
    return keys.values().stream().map(HsmKey.Facts::label).toList();
  }

  /** An operator destroys all key material. */
  void loseKeys() {
    keys.clear();
  }

  int addressesTaken() {
    return addresses;
  }

  /** What becomes of the logins of a process that has ended. */
  void endLogins() {
    logins = 0;
  }

  int logins() {
    return logins;
  }

  String password() {
    return new String(password, StandardCharsets.US_ASCII);
  }

  private void call(String name, String details) {
    calls.add(details.isEmpty() ? name : name + " " + details);
    happen(before.get(name));
  }

  private static void happen(@Nullable Deque<Event> events) {
    if (events != null && !events.isEmpty()) {
      events.remove().happens();
    }
  }

  @Override
  public ClusterFacts facts() {
    return facts;
  }

  @Override
  public Attachment attach(String keyStoreId) {
    call("attach", keyStoreId);
    addresses++;
    return () -> {
      calls.add("detach");
      addresses--;
    };
  }

  @Override
  public HsmSession login(String user, SecretBytes known, @Nullable SecretBytes candidate) {
    call("login", user + (candidate == null ? "" : " or candidate"));
    if (logins > 0) {
      throw new HsmException(Reason.ALREADY_LOGGED_IN, "one login at a time");
    }
    if (!opens(known) && (candidate == null || !opens(candidate))) {
      throw new HsmException(Reason.AUTH_FAILED, "wrong password");
    }
    logins++;
    return new Session();
  }

  private boolean opens(SecretBytes offered) {
    return Arrays.equals(password, offered.reveal(SecretAccess.granted()));
  }

  private final class Session implements HsmSession {
    private boolean open = true;

    private void call(String name, String details) {
      MemoryCluster.this.call(name, details);
      if (!open) {
        throw new HsmException(Reason.NOT_LOGGED_IN, "logged out");
      }
    }

    @Override
    public HsmKey generateAes256(BackingKeyId id, String label) {
      call("generate", label);
      keys.computeIfAbsent(
          id, key -> new HsmKey.Facts(key, label, reference + ++handles, Instant.EPOCH, Map.of()));
      happen(after.get("generate"));
      return new Key(this, id);
    }

    @Override
    public Optional<HsmKey> find(BackingKeyId id) {
      call("find", "");
      return keys.containsKey(id) ? Optional.of(new Key(this, id)) : Optional.empty();
    }

    @Override
    public List<HsmKey.Facts> list() {
      call("list", "");
      return List.copyOf(keys.values());
    }

    @Override
    public List<Outcome> destroy(BackingKeyId id) {
      HsmKey.Facts gone = keys.get(id);
      call("destroy", gone == null ? "nothing" : gone.label());
      keys.remove(id);
      return outcomes;
    }

    @Override
    public List<Outcome> changePassword(SecretBytes changed) {
      call("changePassword", "");
      password = changed.reveal(SecretAccess.granted());
      happen(after.get("changePassword"));
      return outcomes;
    }

    @Override
    public void random(byte[] into) {
      call("random", "");
      Arrays.fill(into, (byte) 4);
    }

    @Override
    public void close() {
      calls.add("logout");
      if (open) {
        logins--;
      }
      open = false;
    }
  }

  /** Not secret, but every change of the associated data, the text or the key shows. */
  private final class Key implements HsmKey {
    private static final int OVERHEAD = 1 + Long.BYTES;
    private static final byte SUITE = 7;

    private final Session session;
    private final BackingKeyId id;

    Key(Session session, BackingKeyId id) {
      this.session = session;
      this.id = id;
    }

    private void call(String name) {
      session.call(name, "");
      if (!keys.containsKey(id)) {
        throw new HsmException(Reason.KEY_NOT_FOUND, "destroyed");
      }
    }

    @Override
    public Facts facts() {
      call("facts");
      return keys.get(id);
    }

    @Override
    public int ciphertextLength(int plaintextLength) {
      return plaintextLength + OVERHEAD;
    }

    @Override
    public int plaintextLength(int ciphertextLength) {
      return ciphertextLength - OVERHEAD;
    }

    @Override
    public int encrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
      call("encrypt");
      byte[] text = Arrays.copyOfRange(in, offset, offset + length);
      out[outOffset] = SUITE;
      long tag = tag(aad, text);
      for (int i = 0; i < Long.BYTES; i++) {
        out[outOffset + 1 + i] = (byte) (tag >>> (8 * i));
      }
      System.arraycopy(masked(text), 0, out, outOffset + OVERHEAD, length);
      return length + OVERHEAD;
    }

    @Override
    public int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
      call("decrypt");
      byte[] text = masked(Arrays.copyOfRange(in, offset + OVERHEAD, offset + length));
      byte[] again = new byte[length];
      encrypt(aad, text, 0, text.length, again, 0);
      if (!Arrays.equals(again, Arrays.copyOfRange(in, offset, offset + length))) {
        throw new HsmException(Reason.CIPHERTEXT_INVALID, "not authentic");
      }
      System.arraycopy(text, 0, out, outOffset, text.length);
      latestPlaintext = out;
      return text.length;
    }

    private byte[] masked(byte[] text) {
      byte[] masked = text.clone();
      for (int i = 0; i < masked.length; i++) {
        masked[i] ^= (byte) 0x5a;
      }
      return masked;
    }

    private long tag(byte[] aad, byte[] text) {
      CRC32 sum = new CRC32();
      sum.update(id.toBytes());
      sum.update(aad);
      long first = sum.getValue();
      sum.update(text);
      return first << 32 | sum.getValue();
    }
  }
}
