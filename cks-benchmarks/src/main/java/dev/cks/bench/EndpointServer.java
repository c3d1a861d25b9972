package dev.cks.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A server in a JVM of its own: cks's endpoint, or the JDK's HTTP server that answers the same
 * bytes to everything. Prints its port and then whatever it is asked, until its input ends.
 */
final class EndpointServer {
  private EndpointServer() {}

  /** With an argument, that is the answer's body; without, cks answers. */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      serve();
    } else {
      serveCanned(args[0].getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void serve() throws IOException {
    try (FrontsWorld world = new FrontsWorld()) {
      System.out.println(world.aws().endpoint().uri().getPort());
      System.out.println(world.keyArn());
      answerQuestions();
    }
  }

  private static void serveCanned(byte[] answer) throws IOException {
    // else each answer waits for the acknowledgement of the one before
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    ExecutorService threads =
        new ThreadPoolExecutor(0, 64, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, answer));
    server.start();
    System.out.println(server.getAddress().getPort());
    answerQuestions();
    server.stop(0);
    threads.shutdown();
  }

  private static void answer(HttpExchange exchange, byte[] answer) throws IOException {
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.getResponseHeaders().set("x-amzn-RequestId", "2f3c8d64-0000-4000-8000-000000000000");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static void answerQuestions() throws IOException {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String question = questions.readLine();
        question != null;
        question = questions.readLine()) {
      System.out.println(question.equals("heap") ? usedHeap() : OtherJvm.ownCpuNanos());
    }
  }

  /** What survives a full collection. */
  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
