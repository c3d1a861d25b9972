package dev.cks.sim.pki;

import dev.cks.sim.time.SeededStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * What the first HSM of a cluster shows so that its owner can check that it is real: the request
 * for the cluster's certificate, and a certificate of the same key, signed by hardware that AWS and
 * the manufacturer vouch for.
 *
 * @param clusterCsr to be signed by the owner
 * @param hsmCertificate the HSM's, signed by its hardware
 * @param awsHardwareCertificate the hardware's, signed by AWS
 * @param manufacturerCertificate the hardware's, signed by its manufacturer
 */
public record HsmIdentity(
    String clusterCsr,
    String hsmCertificate,
    String awsHardwareCertificate,
    String manufacturerCertificate) {
  private static final String HARDWARE = "CN=cks simulated HSM hardware";
  private static final Issuer.Validity DECADES =
      new Issuer.Validity(
          Instant.parse("2018-01-01T00:00:00Z"), Instant.parse("2118-01-01T00:00:00Z"));

  /** Makes up the identity of a cluster. */
  public static HsmIdentity create(String clusterId, SeededStream random) {
    EcKey key = EcKey.next(random);
    String subject = "C=US,ST=CA,O=cks,OU=Simulated CloudHSM,L=Nowhere,CN=" + clusterId;
    EcKey hardware = EcKey.named(HARDWARE);
    return new HsmIdentity(
        request(subject, key),
        new Issuer(HARDWARE, hardware).certify(subject, key, serial(random), DECADES),
        Issuer.wellKnown("CN=cks simulated AWS CloudHSM root")
            .certify(HARDWARE, hardware, BigInteger.ONE, DECADES),
        Issuer.wellKnown("CN=cks simulated HSM manufacturer root")
            .certify(HARDWARE, hardware, BigInteger.TWO, DECADES));
  }

  /** A positive serial number. */
  public static BigInteger serial(SeededStream random) {
    return BigInteger.valueOf(random.nextLong() >>> 1).add(BigInteger.ONE);
  }

  private static String request(String subject, EcKey key) {
    try {
      byte[] der =
          new PKCS10CertificationRequestBuilder(new X500Name(subject), key.publicKey())
              .build(key.signer())
              .getEncoded();
      return Pem.encode(Pem.REQUEST, der);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
