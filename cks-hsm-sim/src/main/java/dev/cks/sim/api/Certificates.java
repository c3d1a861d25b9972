package dev.cks.sim.api;

import org.jspecify.annotations.Nullable;

/**
 * The certificates of a cluster, as PEM.
 *
 * @param clusterCsr the cluster's certificate signing request; only until it is initialised
 * @param hsmCertificate issued by the HSM hardware, of the same key as the request
 * @param awsHardwareCertificate issued by AWS for the hardware
 * @param manufacturerHardwareCertificate issued by the manufacturer for the hardware
 * @param clusterCertificate what the owner signed; null before InitializeCluster
 */
public record Certificates(
    @Nullable String clusterCsr,
    @Nullable String hsmCertificate,
    @Nullable String awsHardwareCertificate,
    @Nullable String manufacturerHardwareCertificate,
    @Nullable String clusterCertificate) {
  /** What a cluster has that never had an HSM. */
  public static final Certificates NONE = new Certificates(null, null, null, null, null);
}
