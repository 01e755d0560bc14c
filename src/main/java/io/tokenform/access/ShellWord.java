package io.tokenform.access;

import java.util.regex.Pattern;

/** A text as one word of a command line, for a command that somebody is to paste into a shell. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/@%+=-]+");

  private ShellWord() {}

  /** The text as it is where no shell reads anything into it, else in single quotes. */
  public static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
