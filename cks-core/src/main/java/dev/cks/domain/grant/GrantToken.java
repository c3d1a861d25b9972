package dev.cks.domain.grant;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A grant token: text that leads to its grant. Each CreateGrant answers another one, all equally
 * good. It is no secret and proves nothing, since authorisation is not evaluated; the checksum only
 * tells a damaged token from an intact one.
 *
 * @param value the text that callers see; opaque to them
 * @param grant the grant it leads to
 */
public record GrantToken(String value, GrantId grant) {
  /** How many bytes make one token differ from the next. */
  public static final int NONCE_LENGTH = 16;

  private static final byte VERSION = 1;
  private static final int SUMMED_LENGTH = 1 + NONCE_LENGTH + GrantId.LENGTH;
  private static final int LENGTH = SUMMED_LENGTH + Integer.BYTES;

  /** A fresh token of a grant. */
  public static GrantToken of(GrantId grant, byte[] nonce) {
    if (nonce.length != NONCE_LENGTH) {
      throw new IllegalArgumentException("a nonce has 16 bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH).put(VERSION).put(nonce).put(grant.toBytes());
    bytes.putInt(checksum(bytes.array()));
    return new GrantToken(encode(bytes.array()), grant);
  }

  /** Reads a token that {@link #of} made; anything else is empty. */
  public static Optional<GrantToken> parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    boolean intact =
        bytes.length == LENGTH
            && bytes[0] == VERSION
            && ByteBuffer.wrap(bytes).getInt(SUMMED_LENGTH) == checksum(bytes)
            && encode(bytes).equals(text); // Base64 has several spellings of the same bytes
    if (!intact) {
      return Optional.empty();
    }
    byte[] id = new byte[GrantId.LENGTH];
    ByteBuffer.wrap(bytes).get(1 + NONCE_LENGTH, id);
    return Optional.of(new GrantToken(text, GrantId.of(id)));
  }

  private static int checksum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, SUMMED_LENGTH);
    return (int) sum.getValue();
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return value;
  }
}
