/** Whoever writes a modular program against the AWS SDK and cks. */
module dev.cks.consumers.automatic {
  requires dev.cks.aws;
  requires dev.cks.local;
  requires dev.cks.testkit;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.services.kms;
}
