package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

/** The account's own time is nobody else's: clients sign by the wall clock, and are told by it. */
class EndpointTimeTest {
  private static Instant dateOf(URI uri) throws IOException, InterruptedException {
    HttpResponse<Void> answer =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(uri).GET().build(), HttpResponse.BodyHandlers.discarding());
    String date = answer.headers().firstValue("date").orElseThrow();
    return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  @Test
  void yearsThatPassInTheAccount_changeNeitherTheSignatureWindowNorTheDate() throws Exception {
    try (Door.Clients clients = Door.SOCKET.open()) {
      clients.aws().clock().advance(Duration.ofDays(20 * 365));
      assertThat(clients.kms().listKeys().keys()).isEmpty();
      Instant real = dateOf(clients.aws().endpoint().uri());
      assertThat(Duration.between(real, clients.aws().clock().now()).abs())
          .isGreaterThan(Duration.ofDays(365));
      assertThat(clients.kms().createKey().keyMetadata().creationDate())
          .isAfter(real.plus(Duration.ofDays(365)));
    }
  }
}
