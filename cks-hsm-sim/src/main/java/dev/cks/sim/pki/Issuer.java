package dev.cks.sim.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Whoever signs certificates: a name and a key. */
public final class Issuer {
  private final X500Name name;
  private final EcKey key;

  /** An issuer of this distinguished name, for example {@code CN=Example CA}. */
  public Issuer(String name, EcKey key) {
    this.name = new X500Name(name);
    this.key = key;
  }

  /** An issuer whose key follows from its name, the same in every world. */
  public static Issuer wellKnown(String name) {
    return new Issuer(name, EcKey.named(name));
  }

  /**
   * When a certificate is good.
   *
   * @param from the first instant
   * @param until the last one
   */
  public record Validity(Instant from, Instant until) {}

  /** Its own certificate, signed by itself. */
  public String selfSigned(BigInteger serial, Validity validity) {
    return certificate(name, key.publicKey(), serial, validity, true);
  }

  /**
   * A certificate for who made the request.
   *
   * @throws IllegalArgumentException if that is no request
   */
  public String sign(String csr, BigInteger serial, Validity validity) {
    try {
      PKCS10CertificationRequest request =
          new PKCS10CertificationRequest(Pem.decode(Pem.REQUEST, csr));
      return certificate(
          request.getSubject(), request.getSubjectPublicKeyInfo(), serial, validity, false);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a certificate signing request", e);
    }
  }

  String certify(String subject, EcKey subjectKey, BigInteger serial, Validity validity) {
    return certificate(new X500Name(subject), subjectKey.publicKey(), serial, validity, false);
  }

  private String certificate(
      X500Name subject,
      SubjectPublicKeyInfo publicKey,
      BigInteger serial,
      Validity validity,
      boolean authority) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name,
              serial,
              Date.from(validity.from()),
              Date.from(validity.until()),
              subject,
              publicKey);
      if (authority) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      }
      return Pem.encode(Pem.CERTIFICATE, builder.build(key.signer()).getEncoded());
    } catch (CertIOException e) {
      throw new IllegalStateException("the extension is a constant", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
