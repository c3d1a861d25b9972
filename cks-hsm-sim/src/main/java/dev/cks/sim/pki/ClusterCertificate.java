package dev.cks.sim.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * The certificate of an initialised cluster, checked.
 *
 * @param fingerprint SHA-256 of the certificate, which names the cluster's family
 */
public record ClusterCertificate(String fingerprint) {

  /** What is wrong with a certificate; the message says it to people. */
  public static final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;

    Rejected(String message) {
      super(message);
    }
  }

  /**
   * Checks that the certificate was made from this request and is good now under the trust anchor.
   */
  public static ClusterCertificate check(
      String csr, String signedCert, String trustAnchor, Instant now) throws Rejected {
    X509Certificate signed = parse(signedCert, "SignedCert");
    X509Certificate anchor = parse(trustAnchor, "TrustAnchor");
    requireValid(anchor, now, "TrustAnchor");
    requireValid(signed, now, "SignedCert");
    requireSignedBy(anchor, anchor, "The TrustAnchor is not a self-signed certificate.");
    requireSignedBy(signed, anchor, "The SignedCert is not signed by the TrustAnchor.");
    if (!Arrays.equals(signed.getPublicKey().getEncoded(), publicKey(csr))) {
      throw new Rejected("The SignedCert does not have the public key of the cluster's CSR.");
    }
    return new ClusterCertificate(fingerprint(signed));
  }

  private static X509Certificate parse(String pem, String what) throws Rejected {
    try {
      byte[] der = Pem.decode(Pem.CERTIFICATE, pem);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (IllegalArgumentException | GeneralSecurityException notOne) {
      throw new Rejected("The " + what + " is not an X.509 certificate in PEM format.");
    }
  }

  private static void requireValid(X509Certificate certificate, Instant now, String what)
      throws Rejected {
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw new Rejected("The " + what + " is not valid yet.");
    }
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw new Rejected("The " + what + " has expired.");
    }
  }

  private static void requireSignedBy(X509Certificate one, X509Certificate issuer, String otherwise)
      throws Rejected {
    try {
      one.verify(issuer.getPublicKey());
    } catch (GeneralSecurityException notSigned) {
      throw new Rejected(otherwise);
    }
    if (!one.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      throw new Rejected(otherwise);
    }
  }

  private static byte[] publicKey(String csr) {
    try {
      return new PKCS10CertificationRequest(Pem.decode(Pem.REQUEST, csr))
          .getSubjectPublicKeyInfo()
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("the request is of our own making", e);
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
