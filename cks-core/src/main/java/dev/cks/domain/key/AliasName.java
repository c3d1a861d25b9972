package dev.cks.domain.key;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;

/** An alias name with its {@code alias/} prefix, for example {@code alias/orders} (spec A.6). */
public record AliasName(String value) implements Comparable<AliasName> {
  /** What every alias name begins with. */
  public static final String PREFIX = "alias/";

  private static final String RESERVED_PREFIX = "alias/aws/";
  private static final int MAX_LENGTH = 256;

  /**
   * The name of an alias that a customer creates, changes or deletes.
   *
   * @throws KmsException {@code ValidationException} without the prefix, {@code
   *     InvalidAliasNameException} for other characters than KMS allows, {@code
   *     NotAuthorizedException} for the reserved prefix {@code alias/aws/}
   */
  public static AliasName ofCustomer(String value) {
    if (!value.startsWith(PREFIX)) {
      throw new KmsException(
          KmsErrorCode.VALIDATION,
          "Alias must start with the prefix \"alias/\". Please see"
              + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
    }
    if (value.length() == PREFIX.length() || value.length() > MAX_LENGTH || !isPlain(value)) {
      throw new KmsException(KmsErrorCode.INVALID_ALIAS_NAME, null);
    }
    if (value.startsWith(RESERVED_PREFIX)) {
      throw new KmsException(KmsErrorCode.NOT_AUTHORIZED, null);
    }
    return new AliasName(value);
  }

  private static boolean isPlain(String value) {
    return value.chars().allMatch(AliasName::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == ':'
        || c == '/'
        || c == '_'
        || c == '-';
  }

  /** The alias's ARN in an account and Region. */
  public String arn(AccountRegion scope) {
    return scope.arnPrefix() + value;
  }

  @Override
  public int compareTo(AliasName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
