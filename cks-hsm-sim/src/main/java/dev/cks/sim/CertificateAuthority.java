package dev.cks.sim;

import dev.cks.sim.pki.EcKey;
import dev.cks.sim.pki.HsmIdentity;
import dev.cks.sim.pki.Issuer;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.SeededStream;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A customer's certificate authority, as InitializeCluster needs one: it signs the cluster's
 * request, and its own certificate is the trust anchor ({@code customerCA.crt}). EC P-256. For
 * tests and demonstrations: its key protects nothing. Thread-safe.
 */
public final class CertificateAuthority {
  private static final Issuer.Validity DECADES =
      new Issuer.Validity(
          Instant.parse("2018-01-01T00:00:00Z"), Instant.parse("2118-01-01T00:00:00Z"));

  private final Issuer issuer;
  private final String certificate;
  private final SeededStream serials;

  private CertificateAuthority(Issuer issuer, SeededStream serials) {
    this.issuer = issuer;
    this.certificate = issuer.selfSigned(BigInteger.ONE, DECADES);
    this.serials = serials;
  }

  /**
   * An authority whose key comes from the seed.
   *
   * @param name a distinguished name, for example {@code CN=Example CA}
   */
  public static CertificateAuthority create(Seed seed, String name) {
    SeededStream stream = seed.stream("certificate-authority/" + name);
    return new CertificateAuthority(new Issuer(name, EcKey.next(stream)), stream);
  }

  /** The authority whose certificate clusters of {@link SimulatedCloudHsm#cluster()} trust. */
  static CertificateAuthority simulatedCustomer(SeededStream serials) {
    return new CertificateAuthority(Issuer.wellKnown("CN=cks simulated customer CA"), serials);
  }

  /** Its own certificate (PEM): the trust anchor. Valid from 2018 for a hundred years. */
  public String certificate() {
    return certificate;
  }

  /**
   * Signs a request, valid as long as the authority's own certificate.
   *
   * @param csr PEM
   * @return the certificate (PEM)
   * @throws IllegalArgumentException if that is no request
   */
  public String sign(String csr) {
    return sign(csr, DECADES.from(), DECADES.until());
  }

  /** Signs a request as {@link #sign(String)} does, valid between two instants. */
  public String sign(String csr, Instant from, Instant until) {
    return issuer.sign(csr, HsmIdentity.serial(serials), new Issuer.Validity(from, until));
  }
}
