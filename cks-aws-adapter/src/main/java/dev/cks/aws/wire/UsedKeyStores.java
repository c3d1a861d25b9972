package dev.cks.aws.wire;

import dev.cks.Kms;
import dev.cks.domain.crypto.CiphertextBlob;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.keystore.KeyStoreId;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;

/**
 * The custom key stores that a cryptographic request works with, found by the keys and the
 * ciphertext it names. What cannot be understood names none: the service will say what is wrong.
 */
final class UsedKeyStores {
  private final Kms kms;
  private final Set<String> found = new TreeSet<>();

  private UsedKeyStores(Kms kms) {
    this.kms = kms;
  }

  static Set<String> of(Kms kms, byte[] body) {
    if (body.length > WireDispatcher.BODY_LIMIT) {
      return Set.of();
    }
    UsedKeyStores used = new UsedKeyStores(kms);
    try (JsonParser in = Json.parser(body)) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        used.readMembers(in);
      }
    } catch (IOException e) {
      return Set.of();
    }
    return used.found;
  }

  private void readMembers(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (in.nextToken() == JsonToken.VALUE_STRING) {
        read(name, in.getText());
      } else {
        in.skipChildren();
      }
    }
  }

  private void read(String name, String value) {
    switch (name) {
      case "KeyId", "SourceKeyId", "DestinationKeyId" -> add(kms.keys().keyStoreOf(value));
      case "CiphertextBlob" -> add(keyStoreOfBlob(value));
      case "CustomKeyStoreId" -> {
        if (kms.keyStores().has(value)) {
          found.add(value);
        }
      }
      default -> {}
    }
  }

  private Optional<KeyStoreId> keyStoreOfBlob(String base64) {
    try {
      CiphertextBlob blob = CiphertextBlob.parse(Base64.getDecoder().decode(base64));
      return kms.keys().keyStoreOf(blob.keyId().toString());
    } catch (IllegalArgumentException | KmsException e) {
      return Optional.empty();
    }
  }

  private void add(Optional<KeyStoreId> store) {
    store.ifPresent(id -> found.add(id.value()));
  }
}
