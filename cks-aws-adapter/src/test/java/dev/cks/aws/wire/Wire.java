package dev.cks.aws.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cks.aws.service.World;
import java.util.List;
import java.util.Map;

/** Raw requests to a dispatcher. */
final class Wire {
  static final String KMS = "TrentService.";

  private Wire() {}

  static WireDispatcher to(World world) {
    return new WireDispatcher(
        List.of(WireService.kms(world.kms)), () -> world.kms.rootCaller().requestId());
  }

  static WireRequest post(String target, byte[] body) {
    return new WireRequest("POST", "/", headers(target, WireDispatcher.CONTENT_TYPE), body);
  }

  static WireRequest post(String target, String body) {
    return post(target, body.getBytes(UTF_8));
  }

  static Map<String, List<String>> headers(String target, String contentType) {
    return Map.of("x-amz-target", List.of(target), "content-type", List.of(contentType));
  }

  static String textOf(WireResponse response) {
    return new String(response.body(), UTF_8);
  }
}
