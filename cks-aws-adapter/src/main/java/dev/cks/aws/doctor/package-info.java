/**
 * AWS's guide "Troubleshooting a custom key store" as a program. Start at {@link
 * dev.cks.aws.doctor.Doctor}. It sees an account only through the AWS SDK's own interfaces, so the
 * same code examines a simulated account in a test and a real one in an emergency.
 */
@NullMarked
package dev.cks.aws.doctor;

import org.jspecify.annotations.NullMarked;
