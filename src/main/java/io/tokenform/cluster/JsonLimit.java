package io.tokenform.cluster;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.util.Locale;

/** What of an answer may have only a certain size, so that none can use up the memory. */
enum JsonLimit {
  DOCUMENT("Document length", 0, "it has more than %,d bytes"),
  DEPTH("Document nesting", 100, "it is nested more than %,d levels deep"),
  NUMBER("Number value", 1000, "a number in it has more than %,d digits"),
  NAME("Name length", 50_000, "a key in it has more than %,d characters"),
  STRING("String value", 20_000_000, "a string in it has more than %,d characters"),
  OTHER("", 0, "it is more than the JSON parser reads");

  private final String parsersWords;
  private final int most;
  private final String words;

  JsonLimit(String parsersWords, int most, String words) {
    this.parsersWords = parsersWords;
    this.most = most;
    this.words = words;
  }

  /** The limit itself; of a document, the client's options say it. */
  int most() {
    return most;
  }

  /** The one that the parser says was exceeded; it has no type of its own for each. */
  static JsonLimit of(StreamConstraintsException e) {
    String said = String.valueOf(e.getOriginalMessage());
    for (JsonLimit limit : values()) {
      if (said.startsWith(limit.parsersWords)) {
        return limit;
      }
    }
    return OTHER;
  }

  /**
   * What to say of an answer that exceeds it.
   *
   * @param longest how many bytes an answer may have
   */
  String exceeded(long longest) {
    return "the answer exceeds a limit: "
        + String.format(Locale.ROOT, words, this == DOCUMENT ? longest : most);
  }
}
