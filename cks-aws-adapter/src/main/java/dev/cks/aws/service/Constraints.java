package dev.cks.aws.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import java.util.Objects;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Checks the shape of a request to KMS (spec D.1). What its members mean is the services' business.
 */
final class Constraints {
  /** The requests of KMS. */
  static final RequestShapes SHAPES =
      RequestShapes.of(Objects.requireNonNull(Constraints.class.getResource("constraints.tsv")));

  private Constraints() {}

  /**
   * Accepts a request whose shape is right.
   *
   * @throws KmsException {@code ValidationException} naming every member that breaks a constraint;
   *     never with the value of a sensitive one
   */
  static void check(SdkPojo request) {
    if (PlainRequests.contain(request)) {
      return;
    }
    SHAPES
        .check(request)
        .ifPresent(
            broken -> {
              throw new KmsException(KmsErrorCode.VALIDATION, broken.message());
            });
  }
}
