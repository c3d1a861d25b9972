package dev.cks.service;

/**
 * AWS's documented limits per account and Region (spec A.2); beyond one of them KMS answers {@code
 * LimitExceededException}.
 *
 * @param keyStores custom key stores
 * @param keys KMS keys in any state
 * @param aliasesPerKey aliases of one key
 * @param tagsPerKey tags of one key
 * @param policyBytes length of a key policy document
 * @param grantsPerKey grants of one key
 */
public record Quotas(
    int keyStores,
    long keys,
    int aliasesPerKey,
    int tagsPerKey,
    int policyBytes,
    int grantsPerKey) {
  private static final Quotas DOCUMENTED = new Quotas(10, 100_000, 50, 50, 32_768, 50_000);
  private static final Quotas NONE =
      new Quotas(
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE);

  /** What AWS documents. */
  public static Quotas documented() {
    return DOCUMENTED;
  }

  /** No limits, for benchmarks. */
  public static Quotas none() {
    return NONE;
  }

  /** The same, with another number of KMS keys. */
  public Quotas withKeys(long limit) {
    return new Quotas(keyStores, limit, aliasesPerKey, tagsPerKey, policyBytes, grantsPerKey);
  }
}
