package io.tokenform.policy;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that whole descriptions have to match. Pattern and description may come from
 * an attacker, so neither can exhaust the stack or the time of the thread that matches them.
 */
public final class DescriptionPattern {
  /** Milliseconds of work; an honest pattern looks at each character a few times. */
  private static final int MOST_LOOKS = 1_000_000;

  private final Pattern pattern;

  private DescriptionPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Whether a description is as it should be. */
  public enum Answer {
    FITS,
    DOES_NOT_FIT,
    /** It would take too long or go too deep to find out. */
    UNKNOWN
  }

  /**
   * @throws PatternSyntaxException if {@code text} is no regular expression
   */
  static DescriptionPattern compile(String text) {
    try {
      return new DescriptionPattern(Pattern.compile(text));
    } catch (StackOverflowError e) {
      throw new PatternSyntaxException("it is nested too deeply", text, -1);
    }
  }

  public Answer answer(String description) {
    try {
      return pattern.matcher(new Watched(description)).matches()
          ? Answer.FITS
          : Answer.DOES_NOT_FIT;
    } catch (TooManyLooksException | StackOverflowError e) {
      // The engine calls itself for each turn of a group, and tries all ways to divide a text.
      return Answer.UNKNOWN;
    }
  }

  /** The expression. */
  @Override
  public String toString() {
    return pattern.pattern();
  }

  /** A text that ends a search that looks at it too often. */
  private static final class Watched implements CharSequence {
    private final String text;
    private int looks;

    Watched(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      looks++;
      if (looks > MOST_LOOKS) {
        throw new TooManyLooksException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManyLooksException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
