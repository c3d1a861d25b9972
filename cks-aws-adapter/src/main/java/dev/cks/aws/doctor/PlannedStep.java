package dev.cks.aws.doctor;

/** A step as it is described, and how it is carried out. */
record PlannedStep(Step step, Deed deed) {}
