package dev.cks.sim;

import dev.cks.sim.api.CloudHsmErrorCode;
import dev.cks.sim.api.CloudHsmException;
import dev.cks.sim.api.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tags may be: 50 on a resource, each key once, none of AWS's own. */
final class TagRules {
  private static final int MOST = 50;

  private TagRules() {}

  /** The tags of a new resource; null for none. */
  static Map<String, String> ofNew(@Nullable List<Tag> tags) {
    Map<String, String> checked = check(tags == null ? List.of() : tags);
    if (checked.size() > MOST) {
      throw Refusal.tag("A resource has at most " + MOST + " tags.");
    }
    return checked;
  }

  /** What a resource has after these are added. */
  static Map<String, String> added(Map<String, String> present, List<Tag> tags) {
    Map<String, String> all = new LinkedHashMap<>(present);
    all.putAll(check(tags));
    if (all.size() > MOST) {
      throw new CloudHsmException(
          CloudHsmErrorCode.RESOURCE_LIMIT_EXCEEDED, "A resource has at most " + MOST + " tags.");
    }
    return all;
  }

  /** What a resource has after these are removed. */
  static Map<String, String> removed(Map<String, String> present, List<String> keys) {
    Map<String, String> rest = new LinkedHashMap<>(present);
    keys.forEach(rest::remove);
    return rest;
  }

  static List<Tag> shown(Map<String, String> tags) {
    return tags.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(tag -> new Tag(tag.getKey(), tag.getValue()))
        .toList();
  }

  private static Map<String, String> check(List<Tag> tags) {
    Map<String, String> checked = new LinkedHashMap<>();
    for (Tag tag : tags) {
      String key = tag.key();
      if (key == null || tag.value() == null) {
        throw Refusal.tag("A tag has a key and a value.");
      }
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw Refusal.tag("Tags whose keys begin with aws: are reserved.");
      }
      if (checked.put(key, tag.value()) != null) {
        throw Refusal.tag("The tag key " + key + " appears more than once.");
      }
    }
    return checked;
  }
}
