package dev.cks.testkit;

import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/**
 * A KMS key, and the client that sees it: what a test is handed, and what assertions read. It knows
 * nothing of the simulator.
 *
 * @param kms reads its state
 * @param id the key id
 * @param arn the key ARN
 */
public record TestKey(KmsClient kms, String id, String arn) {

  /**
   * Finds a key, wherever the client points to.
   *
   * @param keyId its id, ARN, alias name or alias ARN
   */
  public static TestKey of(KmsClient kms, String keyId) {
    KeyMetadata found = kms.describeKey(request -> request.keyId(keyId)).keyMetadata();
    return new TestKey(kms, found.keyId(), found.arn());
  }

  /** What DescribeKey says now. */
  public KeyMetadata describe() {
    return kms.describeKey(request -> request.keyId(arn)).keyMetadata();
  }

  @Override
  public String toString() {
    return arn;
  }
}
