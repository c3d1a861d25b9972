package com.example.orders;

import java.nio.ByteBuffer;

/**
 * A text that was encrypted under a data key, and that data key, encrypted under a KMS key.
 *
 * @param encryptedDataKey what KMS gives back the data key for
 * @param iv of AES-GCM, 12 bytes
 * @param ciphertext with its tag
 */
record Envelope(byte[] encryptedDataKey, byte[] iv, byte[] ciphertext) {

  byte[] toBytes() {
    return ByteBuffer.allocate(
            2 + encryptedDataKey.length + iv.length + ciphertext.length)
        .putShort((short) encryptedDataKey.length)
        .put(encryptedDataKey)
        .put(iv)
        .put(ciphertext)
        .array();
  }

  static Envelope parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] encryptedDataKey = new byte[in.getShort()];
    byte[] iv = new byte[OrderVault.IV_LENGTH];
    in.get(encryptedDataKey).get(iv);
    byte[] ciphertext = new byte[in.remaining()];
    in.get(ciphertext);
    return new Envelope(encryptedDataKey, iv, ciphertext);
  }
}
