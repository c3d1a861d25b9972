package dev.cks.aws.doctor;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a {@link Plan} may do. Immutable. Without anything else it is a dry run; and nothing is ever
 * destroyed whose exact name is not in it.
 */
public final class Consent {
  private final boolean dryRun;
  private final Set<String> named;

  private Consent(boolean dryRun, Set<String> named) {
    this.dryRun = dryRun;
    this.named = named;
  }

  /** Nothing is changed and nobody is asked; the run says what would be done. */
  public static Consent dryRun() {
    return new Consent(true, Set.of());
  }

  /** Everything may be done that can be undone. */
  public static Consent given() {
    return new Consent(false, Set.of());
  }

  /** The same, and these may be destroyed: names as in {@link Step#destroys}. */
  public Consent destroying(String... names) {
    return destroying(List.of(names));
  }

  /** The same, and these may be destroyed: names as in {@link Step#destroys}. */
  public Consent destroying(Collection<String> names) {
    Set<String> all = new TreeSet<>(named);
    all.addAll(names);
    return new Consent(dryRun, all);
  }

  /** Whether nothing is to be changed. */
  public boolean isDryRun() {
    return dryRun;
  }

  /** Whether what has this name may be destroyed. */
  public boolean covers(String name) {
    return named.contains(name);
  }
}
