package dev.cks.tck.model;

import java.util.List;

/**
 * What the library shows while a plan of faults leaves it open how each HSM answers: the model
 * takes it over as far as the faults allow it. Asked between steps only; must change nothing.
 */
public interface Sight {
  /** The connection state of a key store. */
  String connection(int store);

  /** The ConnectionErrorCode of a key store; empty if there is none. */
  String errorCode(int store);

  /** Whether KMS remembers a password that it sent without hearing from every HSM. */
  boolean hasCandidate(int store);

  /** Whether KMS holds the material of a key to be gone, in the present connection. */
  boolean misses(int key);

  /** As {@link ReferenceModel#deletions()}. */
  List<String> deletions();

  /** As {@link ReferenceModel#hsms}; material that KMS was not told of has numbers of its own. */
  List<HsmView> hsms(int cluster);
}
