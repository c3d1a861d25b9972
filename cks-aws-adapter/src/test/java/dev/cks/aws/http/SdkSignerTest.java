package dev.cks.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The verifier against the AWS SDK's signer, which was written by others. */
class SdkSignerTest {
  private static final int REQUESTS = 10_000;
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final Credentials SESSION =
      Credentials.of("ASIAEXAMPLE", "a/secret+", "arn:aws:iam::111122223333:user/Bob")
          .withSessionToken("to/ken+==");
  private static final List<Credentials> KNOWN = List.of(Signing.ALICE, SESSION);
  private static final String VALUES =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \t -._~!*'()/:,;=\"@";

  @Test
  void whateverTheSdkSignsIsAccepted() {
    Random random = new Random(1);
    SigV4Verifier verifier = new SigV4Verifier(KNOWN, Signing.REGION, () -> NOW);
    for (int i = 0; i < REQUESTS; i++) {
      Credentials signer = KNOWN.get(random.nextInt(KNOWN.size()));
      Request request = randomSigned(random, signer);
      assertThat(verifier.verify(request, "kms")).as("request %s", i).isEqualTo(signer);
    }
  }

  @Test
  void noSingleChangeOfWhatIsSignedIsAccepted() {
    Random random = new Random(2);
    SigV4Verifier verifier = new SigV4Verifier(KNOWN, Signing.REGION, () -> NOW);
    int changed = 0;
    for (int i = 0; i < REQUESTS; i++) {
      Request request = randomSigned(random, KNOWN.get(random.nextInt(KNOWN.size())));
      Request other = mutated(request, random);
      changed++;
      assertThat(isAccepted(verifier, other)).as("request %s", i).isFalse();
    }
    assertThat(changed).isEqualTo(REQUESTS);
  }

  private static boolean isAccepted(SigV4Verifier verifier, Request request) {
    try {
      verifier.verify(request, "kms");
      return true;
    } catch (SignatureFault | HttpFault refused) {
      return false;
    }
  }

  private static Request randomSigned(Random random, Credentials signer) {
    byte[] body = new byte[random.nextInt(200)];
    random.nextBytes(body);
    Instant at = NOW.plusSeconds(random.nextInt(601) - 300);
    SdkHttpRequest.Builder http =
        SdkHttpRequest.builder()
            .method(random.nextInt(10) == 0 ? SdkHttpMethod.PUT : SdkHttpMethod.POST)
            .uri(URI.create("http://localhost:" + (1024 + random.nextInt(60_000)) + path(random)))
            .putHeader("X-Amz-Target", "TrentService.Op" + random.nextInt(100));
    for (int i = random.nextInt(5); i > 0; i--) {
      http.appendHeader("X-Custom-" + random.nextInt(3), text(random));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      http.appendRawQueryParameter("p" + random.nextInt(3) + query(random), query(random));
    }
    return Signing.received(Signing.kms(at).with(signer).sign(http.build(), body), body);
  }

  private static String path(Random random) {
    return random.nextInt(4) == 0 ? "/some/p%C3%A4th-" + random.nextInt(100) : "/";
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("v");
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append(VALUES.charAt(random.nextInt(VALUES.length())));
    }
    return text.append('v').toString();
  }

  private static String query(Random random) {
    String characters = "aZ9-._~ !*'()/+&=%?äß€";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static Request mutated(Request it, Random random) {
    Map<String, List<String>> headers = new HashMap<>(it.headers());
    byte[] body = it.body().clone();
    String method = it.method();
    String path = it.path();
    String query = it.query();
    switch (random.nextInt(body.length > 0 ? 6 : 5)) {
      case 0 -> method = method.equals("POST") ? "PUT" : "POST";
      case 1 -> path = path + "x";
      case 2 -> query = query.isEmpty() ? "a=b" : query + "x";
      case 3 -> change(headers, signedHeader(it, random), random);
      case 4 -> change(headers, "authorization", random);
      default -> body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return new Request(method, path, query, headers, body, it.peer(), true);
  }

  private static String signedHeader(Request request, Random random) {
    List<String> names =
        Authorization.parse(request.header("authorization").orElseThrow()).signedHeaders();
    return names.get(random.nextInt(names.size()));
  }

  /** Replaces one character that is not space by another one. */
  private static void change(Map<String, List<String>> headers, String name, Random random) {
    List<String> values = new ArrayList<>(headers.get(name));
    int which = random.nextInt(values.size());
    StringBuilder value = new StringBuilder(values.get(which));
    int at = random.nextInt(value.length());
    while (value.charAt(at) <= ' ') {
      at = random.nextInt(value.length());
    }
    value.setCharAt(at, value.charAt(at) == '7' ? '8' : '7');
    values.set(which, value.toString());
    headers.put(name, values);
  }
}
