package dev.cks.aws.doctor;

/**
 * An IAM action that the doctor needs.
 *
 * @param action for example {@code kms:DescribeKey}
 * @param purpose what is not seen, or cannot be done, without it
 * @param readOnly whether an examination needs it; else only some plan does
 */
public record Permission(String action, String purpose, boolean readOnly) {}
