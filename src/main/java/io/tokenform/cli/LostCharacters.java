package io.tokenform.cli;

import io.tokenform.cli.console.UsageException;

/**
 * Words of a command line that the JVM could not read in the locale's encoding: it puts a mark in
 * the place of what it lost. Used all the same, they would name another file, or stand in the
 * journal for good.
 */
final class LostCharacters {
  private static final char MARK = '\uFFFD';

  private LostCharacters() {}

  /**
   * @throws UsageException if characters of a word are lost; it does not repeat the word, which may
   *     hold a secret
   */
  static void refuse(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (words[i].indexOf(MARK) >= 0) {
        throw new UsageException(
            "word " + (i + 1) + " after \"tokenform\" has characters that this locale cannot read",
            "write it in UTF-8, and set LC_ALL=C.UTF-8, or another locale of UTF-8 that is"
                + " installed");
      }
    }
  }
}
