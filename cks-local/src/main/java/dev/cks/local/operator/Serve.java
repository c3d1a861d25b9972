package dev.cks.local.operator;

import dev.cks.aws.http.Credentials;
import dev.cks.aws.http.Endpoint;
import dev.cks.local.SimulatedAws;
import java.io.PrintStream;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/**
 * An account behind a port, with the operator's routes, for the aws CLI and for programs in any
 * language: prints what to paste into a shell and serves until it is told to stop. Real time
 * passes. The system property {@code cks.port} chooses the port; else one that is free is taken.
 */
public final class Serve implements AutoCloseable {
  private final SimulatedAws aws;
  private final Endpoint endpoint;
  private final Credentials credentials;

  private Serve(int port) {
    this.aws = SimulatedAws.builder().realTime().build();
    this.credentials = Credentials.example(aws.scope().rootArn());
    this.endpoint =
        aws.endpoint(
            builder -> new OperatorRoutes(aws).onto(builder.credentials(credentials).port(port)));
  }

  /** Serves until the process is told to stop. */
  public static void main(String[] args) throws InterruptedException {
    Serve serve = start(Integer.getInteger("cks.port", 0));
    serve.print(System.out);
    CountDownLatch stopped = new CountDownLatch(1);
    onStop(
        () -> {
          serve.close();
          stopped.countDown();
        });
    stopped.await();
  }

  @SuppressForbidden("the JVM wants a thread for what it does last")
  private static void onStop(Runnable work) {
    Runtime.getRuntime().addShutdownHook(new Thread(work, "cks-stop"));
  }

  /**
   * Starts on a port.
   *
   * @param port 0 for one that is free
   */
  static Serve start(int port) {
    return new Serve(port);
  }

  /** What to paste into a shell. */
  void print(PrintStream out) {
    String region = aws.scope().region();
    out.println("# AWS KMS, CloudHSM v2 and CloudTrail, simulated. Paste this into a shell:");
    out.println("export AWS_ENDPOINT_URL=" + uri());
    out.println("export AWS_REGION=" + region + " AWS_DEFAULT_REGION=" + region);
    out.println("export AWS_ACCESS_KEY_ID=" + credentials.accessKeyId());
    out.println("export AWS_SECRET_ACCESS_KEY=" + credentials.secretAccessKey());
    out.println("unset AWS_SESSION_TOKEN AWS_PROFILE");
    out.println("export AWS_EC2_METADATA_DISABLED=true");
    out.println("# then: aws kms describe-custom-key-stores");
    out.println("# or:   curl " + uri() + OperatorRoutes.PREFIX + "clusters");
    out.println("# Ctrl-C stops it. docs/endpoint.md says more.");
    out.flush();
  }

  /** Where it is. */
  URI uri() {
    return endpoint.uri();
  }

  /** Ends the endpoint and wipes all key material. */
  @Override
  public void close() {
    aws.close();
  }
}
