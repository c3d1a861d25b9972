package dev.cks.aws.doctor;

/**
 * Why a key is in the state it is in, in three sentences.
 *
 * @param why the cause
 * @param since since when
 * @param whom because of whom
 */
public record Explanation(String why, String since, String whom) {
  /** The three sentences, one after the other. */
  public String text() {
    return why + " " + since + " " + whom;
  }

  @Override
  public String toString() {
    return text();
  }
}
