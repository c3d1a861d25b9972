package dev.cks.sim;

import dev.cks.service.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts lists into pages. A token names the place after the last entry shown, so it stays good when
 * entries come and go between two pages.
 *
 * @param operation whose tokens these are: a token of another list is refused
 * @param largest the largest page, which is also the default
 * @param descending whether the places of the list go down
 */
record Pages(String operation, int largest, boolean descending) {

  /** One page of a list that is in the order of its places. */
  <T> Page<T> cut(
      List<T> all, Function<T, String> place, @Nullable Integer limit, @Nullable String token) {
    if (limit != null && (limit < 1 || limit > largest)) {
      throw Refusal.invalid("MaxResults is 1 to " + largest + ".");
    }
    String after = token == null ? null : decode(token);
    List<T> rest =
        all.stream().filter(each -> after == null || isBeyond(place.apply(each), after)).toList();
    int size = Math.min(limit == null ? largest : limit, rest.size());
    List<T> shown = rest.subList(0, size);
    boolean more = size < rest.size();
    return new Page<>(shown, more ? encode(place.apply(shown.get(size - 1))) : null);
  }

  private boolean isBeyond(String place, String after) {
    int order = place.compareTo(after);
    return descending ? order < 0 : order > 0;
  }

  private String prefix() {
    return operation + (descending ? "|-|" : "|+|");
  }

  private String encode(String place) {
    byte[] text = (prefix() + place).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private String decode(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(prefix())) {
        return text.substring(prefix().length());
      }
    } catch (IllegalArgumentException notBase64) {
      throw badToken();
    }
    throw badToken();
  }

  private static RuntimeException badToken() {
    return Refusal.invalid("The NextToken is not valid.");
  }
}
