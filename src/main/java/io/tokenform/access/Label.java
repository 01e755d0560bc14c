package io.tokenform.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * The ending that tokenform gives a live description, which says where in its life the token is. It
 * is all that is kept of that anywhere, so every tool shows it.
 */
public sealed interface Label {
  /** The longest reason for which a token can be parked, in characters. */
  int LONGEST_REASON = 200;

  /** What stands between the brackets, behind {@code tokenform:}. */
  String text();

  /** One word for lists: pending, retiring, retired or parked. */
  String word();

  /** It is being made; nobody is known to have its secret yet. */
  record Pending(Nonce nonce) implements Label {
    static final String WORD = "pending";

    public Pending {
      Objects.requireNonNull(nonce, "nonce");
    }

    @Override
    public String text() {
      return WORD + " " + nonce;
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /**
   * It has a successor, and works until then.
   *
   * @param until to the second
   */
  record Retiring(Instant until) implements Label {
    static final String WORD = "retiring";

    public Retiring {
      until = until.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public String text() {
      return WORD + " until " + until;
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /**
   * It has no permissions any more, and is revoked then.
   *
   * @param until to the second
   */
  record Retired(Instant until) implements Label {
    static final String WORD = "retired";

    public Retired {
      until = until.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public String text() {
      return WORD + " until " + until;
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /**
   * It was cut off by hand; plans leave it alone until it is released.
   *
   * @param at when, to the second
   * @param reason why; one line, of 1 to {@value #LONGEST_REASON} characters
   */
  record Parked(Instant at, String reason) implements Label {
    static final String WORD = "parked";

    /**
     * @throws IllegalArgumentException if the reason is blank, too long, or no plain line of text
     */
    public Parked {
      at = at.truncatedTo(ChronoUnit.SECONDS);
      reason = checked(reason);
    }

    private static String checked(String reason) {
      String text = reason.strip();
      if (text.isEmpty()) {
        throw new IllegalArgumentException("the reason must not be blank");
      }
      if (text.codePointCount(0, text.length()) > LONGEST_REASON) {
        throw new IllegalArgumentException(
            "the reason must have at most " + LONGEST_REASON + " characters");
      }
      if (text.codePoints().anyMatch(Parked::isControl)) {
        throw new IllegalArgumentException(
            "the reason must be one line, without control characters");
      }
      // Without the blank: there is one before the reason.
      if (text.contains(LiveDescription.BEGINNING.strip())) {
        throw new IllegalArgumentException(
            "the reason must not contain \"" + LiveDescription.BEGINNING.strip() + "\"");
      }
      return text;
    }

    private static boolean isControl(int character) {
      int type = Character.getType(character);
      return Character.isISOControl(character)
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR;
    }

    @Override
    public String text() {
      return WORD + " " + at + " " + reason;
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /** The label that a text between the brackets is, if it is one. */
  static Optional<Label> parse(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String rest = text.substring(space + 1);
    try {
      Label label =
          switch (text.substring(0, space)) {
            case Pending.WORD -> new Pending(new Nonce(rest));
            case Retiring.WORD -> new Retiring(until(rest));
            case Retired.WORD -> new Retired(until(rest));
            case Parked.WORD -> parked(rest);
            default -> null;
          };
      // What tokenform would write otherwise is the text of somebody else.
      return Optional.ofNullable(label).filter(known -> known.text().equals(text));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant until(String text) {
    String word = "until ";
    if (!text.startsWith(word)) {
      throw new IllegalArgumentException("there is no instant");
    }
    return Instant.parse(text.substring(word.length()));
  }

  private static Label parked(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("there is no reason");
    }
    return new Parked(Instant.parse(text.substring(0, space)), text.substring(space + 1));
  }
}
