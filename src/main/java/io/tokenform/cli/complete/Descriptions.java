package io.tokenform.cli.complete;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the descriptions in the command model, which are written for the help. */
public final class Descriptions {
  private static final Pattern FIRST_SENTENCE = Pattern.compile("^(.*?)(?:[.;:](?: .*)?)?$");

  private Descriptions() {}

  /** The text that the help shows: the model's is for a formatter. */
  public static String plain(String text) {
    return text.replace("%n", "\n").replace("%%", "%");
  }

  /** The first sentence, or the part of it that can stand alone, without its full stop. */
  public static String summary(String... description) {
    if (description.length == 0) {
      return "";
    }
    Matcher first = FIRST_SENTENCE.matcher(plain(description[0]).replace('\n', ' ').strip());
    return first.matches() ? first.group(1) : "";
  }
}
