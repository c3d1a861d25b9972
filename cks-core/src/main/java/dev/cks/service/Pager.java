package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts sorted maps into pages. A marker names the last entry shown, so it stays good when entries
 * come and go between two pages.
 *
 * @param operation whose markers these are: a marker of another list is refused
 * @param defaultLimit page size when none is asked for
 * @param maxLimit the largest page
 */
record Pager(String operation, int defaultLimit, int maxLimit) {

  /** One page of {@code map}; {@code keyOf} reads back what {@code toString} of a key wrote. */
  <K, V, T> Page<T> page(
      NavigableMap<K, V> map,
      Function<String, Optional<K>> keyOf,
      @Nullable Integer limit,
      @Nullable String marker,
      Function<V, T> show) {
    NavigableMap<K, V> rest =
        marker == null
            ? map
            : map.tailMap(keyOf.apply(decode(marker)).orElseThrow(Pager::badMarker), false);
    int size = Math.min(limit == null ? defaultLimit : limit, maxLimit);
    List<T> items = new ArrayList<>(Math.min(size, 100));
    Iterator<Map.Entry<K, V>> entries = rest.entrySet().iterator();
    String last = "";
    while (items.size() < size && entries.hasNext()) {
      Map.Entry<K, V> entry = entries.next();
      items.add(show.apply(entry.getValue()));
      last = entry.getKey().toString();
    }
    return new Page<>(items, entries.hasNext() ? encode(last) : null);
  }

  private String encode(String last) {
    byte[] text = (operation + '|' + last).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private String decode(String marker) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
      String prefix = operation + '|';
      if (text.startsWith(prefix)) {
        return text.substring(prefix.length());
      }
    } catch (IllegalArgumentException notBase64) {
      throw badMarker();
    }
    throw badMarker();
  }

  private static KmsException badMarker() {
    return new KmsException(
        KmsErrorCode.INVALID_MARKER,
        "The marker that specifies where pagination begins is invalid.");
  }
}
