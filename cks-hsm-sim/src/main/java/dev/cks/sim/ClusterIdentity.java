package dev.cks.sim;

import dev.cks.sim.api.Certificates;
import dev.cks.sim.pki.HsmIdentity;
import dev.cks.sim.time.SeededStream;

/** The certificates of clusters, new and initialised. Loading it loads what makes certificates. */
final class ClusterIdentity {
  private ClusterIdentity() {}

  /** What a cluster shows once its first HSM is there. */
  static Certificates fresh(String name, SeededStream random) {
    HsmIdentity identity = HsmIdentity.create(name, random);
    return new Certificates(
        identity.clusterCsr(),
        identity.hsmCertificate(),
        identity.awsHardwareCertificate(),
        identity.manufacturerCertificate(),
        null);
  }

  /** What it shows once its owner signed: the request has done its work. */
  static Certificates signed(Certificates fresh, String clusterCertificate) {
    return new Certificates(
        null,
        fresh.hsmCertificate(),
        fresh.awsHardwareCertificate(),
        fresh.manufacturerHardwareCertificate(),
        clusterCertificate);
  }

  /** As if its owner had been the simulated customer. */
  static Certificates initialised(String name, SeededStream random) {
    Certificates fresh = fresh(name, random);
    String csr = fresh.clusterCsr();
    if (csr == null) {
      throw new IllegalStateException("a fresh identity has a request");
    }
    return signed(fresh, CertificateAuthority.simulatedCustomer(random).sign(csr));
  }
}
