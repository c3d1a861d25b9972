package dev.cks.domain.grant;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import java.util.regex.Pattern;

/** What names a principal in a grant: an account, user, role, federated user or assumed role. */
public final class PrincipalArn {
  private static final Pattern ARN = Pattern.compile("arn:[^:]+:(iam|sts)::[0-9]{12}:[^:]+");

  private PrincipalArn() {}

  /**
   * Accepts the ARN of an IAM or STS principal; whether it exists nobody here knows.
   *
   * @throws KmsException {@code InvalidArnException} for anything else
   */
  public static String checked(String text) {
    if (!ARN.matcher(text).matches()) {
      throw new KmsException(
          KmsErrorCode.INVALID_ARN, "The principal is not the ARN of an IAM or STS principal.");
    }
    return text;
  }
}
