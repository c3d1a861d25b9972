package dev.cks.aws.doctor;

import java.time.Instant;

/**
 * What a finding rests on: a call, and what came of it. Never holds a secret.
 *
 * @param call the operation and what was asked, for example {@code DescribeCustomKeyStores
 *     CustomKeyStoreId=cks-…}
 * @param answer what it returned, as far as it matters; or the error's name and message
 * @param when when the answer came, by the doctor's clock
 */
public record Evidence(String call, String answer, Instant when) {
  @Override
  public String toString() {
    return call + " -> " + answer + " (" + when + ")";
  }
}
