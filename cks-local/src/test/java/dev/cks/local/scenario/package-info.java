/**
 * Runbooks as text: files under {@code src/test/resources/scenarios} that a CloudHSM operator can
 * read, and what runs them. A line is a command of the AWS CLI, of one of CloudHSM's tools, or of
 * the lab that breaks things; what must come of it stands indented below it.
 */
package dev.cks.local.scenario;
