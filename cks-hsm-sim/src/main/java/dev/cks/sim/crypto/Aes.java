package dev.cks.sim.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.util.Objects;
import javax.crypto.Cipher;

/** The platform's AES. Asked for by provider: a look-up by name walks the list of providers. */
final class Aes {
  static final int BLOCK = 16;

  private static final Provider PROVIDER =
      Objects.requireNonNull(Security.getProvider("SunJCE"), "this Java has no SunJCE provider");

  private Aes() {}

  /** A fresh AES-GCM cipher. */
  static Cipher gcm() throws GeneralSecurityException {
    return Cipher.getInstance("AES/GCM/NoPadding", PROVIDER);
  }

  /** The bare block cipher, for deriving keys. */
  @SuppressWarnings("InsecureCryptoUsage") // XAES is built from single blocks
  static Cipher blocks(Key key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding", PROVIDER);
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return cipher;
  }
}
