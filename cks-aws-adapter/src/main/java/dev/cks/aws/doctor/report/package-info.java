/**
 * Diagnoses as people and machines read them: start at {@link dev.cks.aws.doctor.report.Report}.
 */
@NullMarked
package dev.cks.aws.doctor.report;

import org.jspecify.annotations.NullMarked;
