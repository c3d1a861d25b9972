package dev.cks.aws.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Objects of the SDK with random members, whatever their type. */
public final class RandomShapes {
  private static final List<String> PIECES =
      List.of("a", "Z9", "\"", "\\", "/", "\u0000", "\n", "é", "漢", "\uD83D\uDD11", "\uFFFF", " ");

  private final Random random;
  final Set<Class<?>> made = new HashSet<>();

  public RandomShapes(long seed) {
    random = new Random(seed);
  }

  public SdkPojo build(SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (random.nextInt(4) > 0) {
        field.set(builder, value(field));
      }
    }
    SdkPojo built = (SdkPojo) ((Buildable) builder).build();
    made.add(built.getClass());
    return built;
  }

  private Object value(SdkField<?> field) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> text();
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> random.nextInt();
      case LONG -> random.nextLong();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble() * random.nextInt();
      case INSTANT -> Instant.ofEpochMilli(random.nextInt() * 1000L + random.nextInt(1000));
      case SDK_BYTES -> SdkBytes.fromByteArray(bytes());
      case SDK_POJO -> build(field.constructor().get());
      case LIST -> list(field.getTrait(ListTrait.class).memberFieldInfo());
      case MAP -> map(field.getTrait(MapTrait.class).valueFieldInfo());
      default -> throw new AssertionError("a new type: " + field.marshallingType());
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<Object> list(SdkField<?> element) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(value(element));
    }
    return list;
  }

  private Map<String, Object> map(SdkField<?> value) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      map.put(text(), value(value));
    }
    return map;
  }

  /** Every class that can stand anywhere inside an object. */
  static void addReachable(SdkPojo builder, Set<Class<?>> reachable) {
    if (reachable.add(((Buildable) builder).build().getClass())) {
      builder.sdkFields().forEach(field -> addReachable(field, reachable));
    }
  }

  private static void addReachable(SdkField<?> field, Set<Class<?>> reachable) {
    switch (field.marshallingType().getKnownType()) {
      case SDK_POJO -> addReachable(field.constructor().get(), reachable);
      case LIST -> addReachable(field.getTrait(ListTrait.class).memberFieldInfo(), reachable);
      case MAP -> addReachable(field.getTrait(MapTrait.class).valueFieldInfo(), reachable);
      default -> {}
    }
  }
}
