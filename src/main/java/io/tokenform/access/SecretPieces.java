package io.tokenform.access;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Finds pieces of secrets in a text in one pass: each eight characters of a secret are in a table,
 * and where the text has eight of them, it is seen how far both go on alike.
 */
final class SecretPieces {
  static final SecretPieces NONE = new SecretPieces(List.of());

  private static final int GRAM = Secret.SHORTEST_MASKED;

  /** Between two secrets; no text that is read has it, since it is no character. */
  private static final char SEPARATOR = '\uFFFF';

  /** How many places with the same eight characters are tried; a secret that repeats itself. */
  private static final int MOST_PLACES = 64;

  private final char[] secrets;
  private final int[] starts;
  private final int[] ends;
  private final int[] fewest;
  private final int shortest;

  /** Which secret each character belongs to. */
  private final int[] owner;

  /** By the hash of eight characters, the last place that has them; 0 is none. */
  private final int[] table;

  /** By place, the place before it with the same hash; 0 is none. */
  private final int[] before;

  /**
   * A secret.
   *
   * @param value the secret in small letters
   * @param fewest how many of its characters in a row are too many
   */
  record Pattern(String value, int fewest) {
    Pattern {
      value = small(Objects.requireNonNull(value, "value"));
    }

    // Those of a record are put together when they are first called, which every run would wait
    // for.
    @Override
    public boolean equals(Object other) {
      return other instanceof Pattern pattern
          && fewest == pattern.fewest
          && value.equals(pattern.value);
    }

    @Override
    public int hashCode() {
      return 31 * value.hashCode() + fewest;
    }

    private static String small(String text) {
      StringBuilder out = new StringBuilder(text.length());
      text.chars().forEach(c -> out.append(SecretPieces.small((char) c)));
      return out.toString();
    }
  }

  /** Hears of each piece. */
  @FunctionalInterface
  interface Found {
    /**
     * Takes note of a piece.
     *
     * @param from the first character of the text that belongs to it
     * @param to the first one behind it that does not
     * @param swallowed how many characters of the text as it stands, before its first, belong to it
     *     too: an escape was taken to be there, as in {@code %2a}
     */
    void piece(int from, int to, int swallowed);
  }

  private SecretPieces(List<Pattern> patterns) {
    shortest = patterns.stream().mapToInt(Pattern::fewest).min().orElse(Integer.MAX_VALUE);
    int size = 1 + patterns.stream().mapToInt(pattern -> pattern.value().length() + 1).sum();
    secrets = new char[size];
    owner = new int[size];
    before = new int[size];
    starts = new int[patterns.size()];
    ends = new int[patterns.size()];
    fewest = new int[patterns.size()];
    table = new int[Math.max(64, Integer.highestOneBit(size) * 4)];
    Arrays.fill(secrets, SEPARATOR);
    int at = 1;
    for (int i = 0; i < patterns.size(); i++) {
      String value = patterns.get(i).value();
      value.getChars(0, value.length(), secrets, at);
      Arrays.fill(owner, at, at + value.length(), i);
      starts[i] = at;
      ends[i] = at + value.length();
      fewest[i] = patterns.get(i).fewest();
      for (int place = at; place + GRAM <= ends[i]; place++) {
        int slot = slot(gram(place));
        before[place] = table[slot];
        table[slot] = place;
      }
      at = ends[i] + 1;
    }
  }

  static SecretPieces of(List<Pattern> patterns) {
    return new SecretPieces(patterns);
  }

  /** How many characters a text has at least that holds a piece; more than any, if none can. */
  int shortest() {
    return shortest;
  }

  /**
   * Tells of every piece of a secret that is too long to be shown.
   *
   * @param raw the text as it stands
   * @param fewestDifferent how many different characters a piece has at least that is no whole
   */
  void find(ReadText text, String raw, int fewestDifferent, Found found) {
    long gram = 0;
    int length = text.length();
    char[] characters = text.characters();
    int told = 0;
    for (int i = 0; i < length; i++) {
      gram = gram << 8 | (characters[i] & 0xFF);
      if (i >= GRAM - 1 && i >= told) {
        int place = table[slot(gram)];
        for (int tried = 0; place != 0 && tried < MOST_PLACES; tried++) {
          int from = i - GRAM + 1;
          int to = matchedTo(text, from, place);
          if (to - from >= GRAM) {
            int backwards = matchedBackwards(text, from, place);
            int secret = owner[place];
            int swallowed = swallowed(text, raw, from - backwards, place - backwards);
            int matched = to - from + backwards + swallowed;
            boolean isWhole = matched >= ends[secret] - starts[secret];
            if (matched >= fewest[secret]
                && (isWhole || isTelling(text, from - backwards, to, fewestDifferent))) {
              found.piece(from - backwards, to, swallowed);
              told = Math.max(told, to);
            }
          }
          place = before[place];
        }
      }
    }
  }

  private int matchedTo(ReadText text, int from, int place) {
    int i = from;
    int at = place;
    while (i < text.length() && secrets[at] != SEPARATOR && text.characters()[i] == secrets[at]) {
      i++;
      at++;
    }
    return i;
  }

  private int matchedBackwards(ReadText text, int from, int place) {
    int count = 0;
    while (from - count > 0
        && secrets[place - count - 1] != SEPARATOR
        && text.characters()[from - count - 1] == secrets[place - count - 1]) {
      count++;
    }
    return count;
  }

  /**
   * How many characters of the text as it stands go on alike before a piece, where they were read
   * as an escape or passed over.
   */
  private int swallowed(ReadText text, String raw, int from, int place) {
    int end = text.start(from);
    int begin = from == 0 ? end : text.start(from - 1);
    int count = 0;
    while (end - count > begin
        && secrets[place - count - 1] != SEPARATOR
        && small(raw.charAt(end - count - 1)) == secrets[place - count - 1]) {
      count++;
    }
    return count;
  }

  private static boolean isTelling(ReadText text, int from, int to, int fewestDifferent) {
    StringBuilder different = new StringBuilder();
    for (int i = from; i < to && different.length() < fewestDifferent; i++) {
      String character = Character.toString(text.characters()[i]);
      if (different.indexOf(character) < 0) {
        different.append(character);
      }
    }
    return different.length() >= fewestDifferent;
  }

  private long gram(int place) {
    long gram = 0;
    for (int i = place; i < place + GRAM; i++) {
      gram = gram << 8 | (secrets[i] & 0xFF);
    }
    return gram;
  }

  private int slot(long gram) {
    long mixed = gram * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & (table.length - 1);
  }

  /** A small letter for a capital of ASCII; every other character as it is. */
  static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  /**
   * What is the same in the Base64 of every text that holds this one: it begins at the first, the
   * second or the third byte of a group, and the characters at its ends depend on its neighbours.
   */
  static Set<String> base64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Set<String> all = new LinkedHashSet<>();
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      int from = (shift * 8 + 5) / 6;
      int to = (shift + bytes.length) * 8 / 6;
      all.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
      all.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }
    return all;
  }
}
