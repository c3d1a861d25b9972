package dev.cks.domain.key;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;

/**
 * What a {@code KeyId} parameter may hold: key id, key ARN, alias name or alias ARN. This is the
 * only parser of the four spellings (spec D.1).
 */
public sealed interface KeyRef {
  /** {@code 1234abcd-12ab-34cd-56ef-1234567890ab} */
  record ById(KeyId id) implements KeyRef {}

  /** {@code arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab} */
  record ByArn(KeyId id) implements KeyRef {}

  /** {@code alias/orders} */
  record ByAlias(AliasName alias) implements KeyRef {}

  /** {@code arn:aws:kms:us-east-1:111122223333:alias/orders} */
  record ByAliasArn(AliasName alias) implements KeyRef {}

  /**
   * Reads a {@code KeyId} parameter as a caller of {@code scope} wrote it.
   *
   * @throws KmsException {@code NotFoundException} with AWS's wording for a malformed id, for
   *     another Region, and for a key or alias of another account (whose existence is not told);
   *     {@code InvalidArnException} for something that begins like an ARN and is none
   */
  static KeyRef parse(String text, AccountRegion scope) {
    if (text.startsWith("arn:")) {
      return parseArn(text, scope);
    }
    if (text.startsWith(AliasName.PREFIX)) {
      return new ByAlias(new AliasName(text));
    }
    return KeyId.parse(text).<KeyRef>map(ById::new).orElseThrow(() -> malformed(text));
  }

  /** Looks at the parts where they stand: this is on the path of every cryptographic call. */
  private static KeyRef parseArn(String text, AccountRegion scope) {
    int partition = "arn:".length();
    int service = after(text, partition);
    int region = after(text, service);
    int account = after(text, region);
    int resource = after(text, account);
    if (resource < 0 || !is(text, service, region, "kms")) {
      throw new KmsException(KmsErrorCode.INVALID_ARN, "Invalid arn " + text);
    }
    if (!is(text, region, account, scope.region())
        || !is(text, partition, service, scope.partition())) {
      throw new KmsException(
          KmsErrorCode.NOT_FOUND, "Invalid arn " + text.substring(region, account - 1));
    }
    boolean ours = is(text, account, resource, scope.accountId());
    if (text.startsWith(AliasName.PREFIX, resource)) {
      if (!ours) {
        throw new KmsException(KmsErrorCode.NOT_FOUND, "Alias " + text + " is not found.");
      }
      return new ByAliasArn(new AliasName(text.substring(resource)));
    }
    if (!text.startsWith("key/", resource)) {
      throw new KmsException(KmsErrorCode.INVALID_ARN, "Invalid arn " + text);
    }
    int id = resource + "key/".length();
    KeyId key = KeyId.parse(text, id).orElseThrow(() -> malformed(text.substring(id)));
    if (!ours) {
      throw doesNotExist(text);
    }
    return new ByArn(key);
  }

  /** Where the part behind the colon after {@code from} begins; negative if there is none. */
  private static int after(String text, int from) {
    int colon = from < 0 ? -1 : text.indexOf(':', from);
    return colon < 0 ? -1 : colon + 1;
  }

  /** Whether the part from {@code from} to the colon before {@code next} is this. */
  private static boolean is(String text, int from, int next, String expected) {
    return next - 1 - from == expected.length() && text.startsWith(expected, from);
  }

  private static KmsException malformed(String text) {
    return new KmsException(KmsErrorCode.NOT_FOUND, "Invalid keyId '" + text + "'");
  }

  /** The answer for a well-formed key that is not there. */
  static KmsException doesNotExist(String arn) {
    return new KmsException(KmsErrorCode.NOT_FOUND, "Key '" + arn + "' does not exist");
  }
}
