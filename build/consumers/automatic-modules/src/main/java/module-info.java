/** Whoever writes a modular program against the AWS SDK and cks. */
module dev.cks.consumers.automatic {
  requires dev.cks.aws;
  requires dev.cks.local;
  requires dev.cks.testkit;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.services.kms;

  // a module that has its name only cannot say what it requires: nobody else brings the explicit ones in
  requires dev.cks.core;
  requires dev.cks.sim;
  requires dev.cks.tck;
}
