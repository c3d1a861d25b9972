package dev.cks.aws.doctor;

import java.util.Locale;

/** What a {@link Doctor} is asked to examine. */
public sealed interface Subject {
  /** What it is called in a report. */
  String name();

  /** One custom key store, by its id. */
  record KeyStore(String id) implements Subject {
    @Override
    public String name() {
      return "key store " + id;
    }
  }

  /** One KMS key, by key id, key ARN, alias name or alias ARN; its key store comes with it. */
  record Key(String id) implements Subject {
    @Override
    public String name() {
      return "key " + id;
    }
  }

  /** Every custom key store of the account and Region. */
  record Everything() implements Subject {
    @Override
    public String name() {
      return "every key store";
    }
  }

  /** A key store if {@code id} looks like one ({@code cks-…}), else a key. */
  static Subject of(String id) {
    return id.toLowerCase(Locale.ROOT).startsWith("cks-") ? new KeyStore(id) : new Key(id);
  }

  /** Everything there is. */
  static Subject everything() {
    return new Everything();
  }
}
