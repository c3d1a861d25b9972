package dev.cks.compat;

import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireRequest;
import dev.cks.aws.wire.WireResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which operations clients asked for, attempt by attempt. */
final class SeenCalls {
  private final List<String> operations = new CopyOnWriteArrayList<>();

  /** The same handler, which tells here what it is asked. */
  WireHandler before(WireHandler handler) {
    return new WireHandler() {
      @Override
      public WireResponse dispatch(WireRequest request) {
        String target = request.header("X-Amz-Target").orElse("");
        operations.add(target.substring(target.lastIndexOf('.') + 1));
        return handler.dispatch(request);
      }

      @Override
      public WireResponse refuse(WireRequest request, int status, String code, String message) {
        return handler.refuse(request, status, code, message);
      }
    };
  }

  /** What was asked since the last time. */
  List<String> take() {
    List<String> taken = List.copyOf(operations);
    operations.clear();
    return taken;
  }
}
