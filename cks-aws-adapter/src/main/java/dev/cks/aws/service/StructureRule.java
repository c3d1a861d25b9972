package dev.cks.aws.service;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;

/** The rules of a structure's members; a request is the outermost structure. */
final class StructureRule extends ValueRule {

  /**
   * One member.
   *
   * @param field reads it from the structure
   * @param label its name in messages
   * @param required whether it must be there
   * @param rule what it must satisfy
   */
  record Member(SdkField<?> field, String label, boolean required, ValueRule rule) {

    @Nullable Object of(Object structure) {
      return field.getValueOrDefault(structure);
    }
  }

  private final Member[] members;

  StructureRule(Member[] members) {
    this.members = members;
  }

  @Override
  void check(Object value, String path, Violations found) {
    checkMembers(value, path + ".", found);
  }

  /** Checks every member; {@code prefix} goes before their names. */
  void checkMembers(Object structure, String prefix, Violations found) {
    for (Member member : members) {
      Object value = member.of(structure);
      if (value != null && !member.rule().isStandIn(value)) {
        member
            .rule()
            .check(value, prefix.isEmpty() ? member.label() : prefix + member.label(), found);
      } else if (member.required()) {
        found.missing(prefix + member.label());
      }
    }
  }
}
