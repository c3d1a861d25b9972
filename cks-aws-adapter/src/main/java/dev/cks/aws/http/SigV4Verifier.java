package dev.cks.aws.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies Signature Version 4 in the header {@code Authorization}, with the time in {@code
 * X-Amz-Date}: what every AWS client sends to these services. A signature in the query, or one over
 * anything but the whole body, is not accepted. Thread-safe.
 */
final class SigV4Verifier {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final String TERMINATOR = "aws4_request";
  private static final String HMAC = "HmacSHA256";
  private static final List<String> ALWAYS_SIGNED = List.of("host", "x-amz-date", "x-amz-target");
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

  private final Map<String, Credentials> credentials = new HashMap<>();
  private final String region;
  private final InstantSource clock;

  SigV4Verifier(List<Credentials> known, String region, InstantSource clock) {
    this.region = region;
    this.clock = clock;
    for (Credentials each : known) {
      if (credentials.put(each.accessKeyId(), each) != null) {
        throw new IllegalArgumentException("two credentials with id " + each.accessKeyId());
      }
    }
  }

  /**
   * Whose request it is.
   *
   * @param service the signing name of the service that the request is for
   */
  Credentials verify(Request request, String service) {
    String header = request.header("authorization").orElseThrow(SignatureFault::missing);
    Authorization given = Authorization.parse(header);
    String date = dateOf(request);
    Credentials signer = credentials.get(given.accessKeyId());
    if (signer == null) {
      throw SignatureFault.unrecognized();
    }
    checkToken(request, given, signer);
    checkSigned(given);
    checkScope(given, service, date);
    checkTime(date);
    checkPayloadHash(request);
    checkSignature(request, given, signer, date);
    return signer;
  }

  private static String dateOf(Request request) {
    return request
        .header("x-amz-date")
        .orElseThrow(
            () ->
                SignatureFault.incomplete("Authorization header requires an 'X-Amz-Date' header."));
  }

  private static void checkToken(Request request, Authorization given, Credentials signer) {
    Optional<String> token = request.header("x-amz-security-token");
    boolean same = equal(token.orElse(""), signer.sessionToken().orElse(""));
    if (!same || token.isPresent() != signer.sessionToken().isPresent()) {
      throw SignatureFault.unrecognized();
    }
    if (token.isPresent()) {
      requireSigned(given, "x-amz-security-token");
    }
  }

  private static void checkSigned(Authorization given) {
    ALWAYS_SIGNED.forEach(name -> requireSigned(given, name));
  }

  private static void requireSigned(Authorization given, String name) {
    if (!given.signedHeaders().contains(name)) {
      throw SignatureFault.invalid(
          "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
    }
  }

  private void checkScope(Authorization given, String service, String date) {
    if (!date.startsWith(given.date() + "T")) {
      throw SignatureFault.invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP.");
    }
    if (!given.region().equals(region)) {
      throw SignatureFault.invalid(
          "Credential should be scoped to a valid region, which here is '" + region + "'.");
    }
    if (!given.service().equals(service)) {
      throw SignatureFault.invalid(
          "Credential should be scoped to correct service: '" + service + "'.");
    }
    if (!given.terminator().equals(TERMINATOR)) {
      throw SignatureFault.invalid(
          "Credential should be scoped with a valid terminator: '" + TERMINATOR + "'.");
    }
  }

  private static void checkPayloadHash(Request request) {
    String hash = CanonicalRequest.sha256(request.body());
    if (request.header("x-amz-content-sha256").filter(said -> !said.equals(hash)).isPresent()) {
      throw SignatureFault.mismatch();
    }
  }

  private static void checkSignature(
      Request request, Authorization given, Credentials signer, String date) {
    String canonical = CanonicalRequest.of(request, given.signedHeaders());
    String toSign =
        String.join(
            "\n",
            Authorization.ALGORITHM,
            date,
            given.scope(),
            CanonicalRequest.sha256(utf8(canonical)));
    String expected = HexFormat.of().formatHex(hmac(signingKey(signer, given), toSign));
    if (!equal(expected, given.signature())) {
      throw SignatureFault.mismatch();
    }
  }

  private static byte[] signingKey(Credentials signer, Authorization given) {
    byte[] key = hmac(utf8("AWS4" + signer.secretAccessKey()), given.date());
    for (String part : List.of(given.region(), given.service(), given.terminator())) {
      key = hmac(key, part);
    }
    return key;
  }

  private void checkTime(String date) {
    Instant signed = instantOf(date);
    Instant now = clock.instant();
    Instant earliest = now.minus(WINDOW);
    Instant latest = now.plus(WINDOW);
    if (signed.isBefore(earliest)) {
      throw SignatureFault.invalid(
          "Signature expired: "
              + date
              + " is now earlier than "
              + basic(earliest)
              + " ("
              + basic(now)
              + " - 5 min.)");
    }
    if (signed.isAfter(latest)) {
      throw SignatureFault.invalid(
          "Signature not yet current: "
              + date
              + " is still later than "
              + basic(latest)
              + " ("
              + basic(now)
              + " + 5 min.)");
    }
  }

  private static Instant instantOf(String date) {
    try {
      return LocalDateTime.parse(date, BASIC).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw SignatureFault.incomplete(
          "Date must be in ISO-8601 'basic format', YYYYMMDD'T'HHMMSS'Z'.");
    }
  }

  private static String basic(Instant instant) {
    return BASIC.format(instant.atOffset(ZoneOffset.UTC));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(utf8(one), utf8(other));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
