package dev.cks.aws.http;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client signs with, and whom it then is. Immutable; {@code toString} shows no secret.
 *
 * <p>They are made up: never give it those of a real account.
 */
public final class Credentials {
  private final String accessKeyId;
  private final String secretAccessKey;
  private final @Nullable String sessionToken;
  private final String principalArn;

  private Credentials(
      String accessKeyId,
      String secretAccessKey,
      @Nullable String sessionToken,
      String principalArn) {
    this.accessKeyId = required(accessKeyId, "access key id");
    this.secretAccessKey = required(secretAccessKey, "secret access key");
    this.sessionToken = sessionToken;
    this.principalArn = required(principalArn, "principal");
  }

  private static String required(String value, String what) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("the " + what + " is blank");
    }
    return value;
  }

  /**
   * Long-term credentials.
   *
   * @param principalArn whom audit events name, for example {@code
   *     arn:aws:iam::111122223333:user/Alice}
   * @throws IllegalArgumentException if one of them is blank
   */
  public static Credentials of(String accessKeyId, String secretAccessKey, String principalArn) {
    return new Credentials(accessKeyId, secretAccessKey, null, principalArn);
  }

  /**
   * The credentials in AWS's documentation, for somebody.
   *
   * @param principalArn as in {@link #of}
   */
  public static Credentials example(String principalArn) {
    return of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", principalArn);
  }

  /**
   * The same as temporary credentials, which come with a session token.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public Credentials withSessionToken(String token) {
    return new Credentials(
        accessKeyId, secretAccessKey, required(token, "session token"), principalArn);
  }

  /** The access key id, which is public. */
  public String accessKeyId() {
    return accessKeyId;
  }

  /** The secret. */
  public String secretAccessKey() {
    return secretAccessKey;
  }

  /** The session token of temporary credentials. */
  public Optional<String> sessionToken() {
    return Optional.ofNullable(sessionToken);
  }

  /** Whose credentials they are. */
  public String principalArn() {
    return principalArn;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Credentials that
        && accessKeyId.equals(that.accessKeyId)
        && secretAccessKey.equals(that.secretAccessKey)
        && Objects.equals(sessionToken, that.sessionToken)
        && principalArn.equals(that.principalArn);
  }

  @Override
  public int hashCode() {
    return accessKeyId.hashCode();
  }

  @Override
  public String toString() {
    return accessKeyId + " of " + principalArn;
  }
}
