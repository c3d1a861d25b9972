package dev.cks.local;

/** Where the material of a key is. */
enum Home {
  CUSTOM {
    @Override
    String key(Account account) {
      return account.customKey();
    }
  },
  STANDARD {
    @Override
    String key(Account account) {
      return account.standardKey();
    }
  };

  abstract String key(Account account);
}
