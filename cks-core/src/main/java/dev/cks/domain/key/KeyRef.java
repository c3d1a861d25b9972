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

  private static KeyRef parseArn(String text, AccountRegion scope) {
    String[] part = text.split(":", 6);
    if (part.length < 6 || !part[2].equals("kms")) {
      throw new KmsException(KmsErrorCode.INVALID_ARN, "Invalid arn " + text);
    }
    if (!part[3].equals(scope.region()) || !part[1].equals(scope.partition())) {
      throw new KmsException(KmsErrorCode.NOT_FOUND, "Invalid arn " + part[3]);
    }
    String resource = part[5];
    boolean ours = part[4].equals(scope.accountId());
    if (resource.startsWith(AliasName.PREFIX)) {
      if (!ours) {
        throw new KmsException(KmsErrorCode.NOT_FOUND, "Alias " + text + " is not found.");
      }
      return new ByAliasArn(new AliasName(resource));
    }
    if (!resource.startsWith("key/")) {
      throw new KmsException(KmsErrorCode.INVALID_ARN, "Invalid arn " + text);
    }
    KeyId id =
        KeyId.parse(resource, "key/".length())
            .orElseThrow(() -> malformed(resource.substring("key/".length())));
    if (!ours) {
      throw doesNotExist(text);
    }
    return new ByArn(id);
  }

  private static KmsException malformed(String text) {
    return new KmsException(KmsErrorCode.NOT_FOUND, "Invalid keyId '" + text + "'");
  }

  /** The answer for a well-formed key that is not there. */
  static KmsException doesNotExist(String arn) {
    return new KmsException(KmsErrorCode.NOT_FOUND, "Key '" + arn + "' does not exist");
  }
}
