package dev.cks.compat;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The clients bring an slf4j of their own, older than the one that logging needs. */
final class ClassPathTest {

  @Test
  void slf4j_besideAllTheClients_isOneAndFindsLogback() throws IOException {
    assertThat(
            Collections.list(
                getClass().getClassLoader().getResources("org/slf4j/LoggerFactory.class")))
        .hasSize(1);
    assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(LoggerContext.class);
  }
}
