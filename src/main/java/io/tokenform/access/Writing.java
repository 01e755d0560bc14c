package io.tokenform.access;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How names and descriptions are written: in which scripts, with which characters that nobody sees,
 * and which others they look like.
 *
 * <p>A name may be of one script, or of those that Japanese, Chinese and Korean mix, with Latin:
 * the profile "highly restrictive" of Unicode Technical Standard 39. Of look-alikes the letters of
 * Cyrillic, Greek and Armenian are known that look like ASCII, and what Unicode itself calls
 * another form of the same character, such as full-width letters.
 */
public final class Writing {
  /** On its own, since most texts are ASCII: Java has some 160 scripts to make. */
  private static final class Languages {
    /** The scripts that languages mix (UTS 39, section 5.2). */
    static final List<Set<UnicodeScript>> MIXTURES =
        List.of(
            EnumSet.of(
                UnicodeScript.LATIN,
                UnicodeScript.HAN,
                UnicodeScript.HIRAGANA,
                UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    private Languages() {}
  }

  /** Letters that look like the ASCII letters below them. */
  private static final String LETTERS =
      // Cyrillic
      "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u04cf"
          + "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408"
          + "\u0405\u04ae\u0474\u0475\u04af"
          // Greek
          + "\u03b1\u03bf\u03bd\u03c1\u03b9\u03ba\u03c5\u03c7\u03b3\u03f2\u03f3"
          + "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
          // Armenian
          + "\u0585\u057d\u0578\u0570\u0566\u0581\u0575"
          // Latin beyond ASCII
          + "\u0131\u0251\u0261\u0269\u1d0f";

  private static final String ASCII =
      "aeopcyxijsdhqwl"
          + "ABEKMHOPCTYXIJ"
          + "SYVvy"
          + "aovpikuxycj"
          + "ABEZHIKMNOPTYX"
          + "ounhqgj"
          + "iagio";

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** A letter to Unicode, and an emoji with the selector behind it. */
  private static final int INFORMATION = 0x2139;

  private static final int BLACK_FLAG = 0x1F3F4;

  private Writing() {}

  private static boolean isLookalike(int letter) {
    return LETTERS.indexOf(letter) >= 0;
  }

  /** The ASCII letter that a letter looks like, or itself. */
  private static int lookalike(int letter) {
    int i = LETTERS.indexOf(letter);
    return i < 0 ? letter : ASCII.charAt(i);
  }

  /** Whether a text has nothing but ASCII, and so can be taken for no other. */
  public static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** The scripts that a name mixes and no language does, as in {@code Cyrillic and Latin}. */
  public static Optional<String> mixture(String name) {
    return isAscii(name) ? Optional.empty() : named(scripts(name, 0, name.length()));
  }

  private static Optional<String> named(Set<UnicodeScript> scripts) {
    return isMixture(scripts)
        ? Optional.of(
            scripts.stream()
                .map(script -> title(script.name()))
                .sorted()
                .collect(Collectors.joining(" and ")))
        : Optional.empty();
  }

  private static String title(String word) {
    return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static boolean isMixture(Set<UnicodeScript> scripts) {
    return scripts.size() > 1
        && Languages.MIXTURES.stream().noneMatch(mixture -> mixture.containsAll(scripts));
  }

  private static Set<UnicodeScript> scripts(String text, int from, int to) {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    for (int i = from; i < to; i = text.offsetByCodePoints(i, 1)) {
      script(text.codePointAt(i)).ifPresent(scripts::add);
    }
    return scripts;
  }

  /** The script of a letter, unless it belongs to several or to none. */
  private static Optional<UnicodeScript> script(int c) {
    if (!Character.isLetter(c) || isBlank(c)) {
      return Optional.empty();
    }
    UnicodeScript script = UnicodeScript.of(c);
    return switch (script) {
      case COMMON, INHERITED, UNKNOWN -> Optional.empty();
      default -> Optional.of(script);
    };
  }

  /**
   * The characters of a text that pretend to be others, by their indexes: in a word that mixes
   * scripts, and in which one looks like a Latin letter, all letters but the Latin ones. The Greek
   * letters of kilohm or of a delta look like none.
   */
  public static BitSet deceptiveInWords(String text) {
    BitSet found = new BitSet();
    if (isAscii(text)) {
      return found;
    }
    for (int[] word : words(text)) {
      if (isMixture(scripts(text, word[0], word[1])) && hasLookalike(text, word)) {
        mark(text, word, found);
      }
    }
    return found;
  }

  /**
   * The same of a text that stands alone, such as a description. There, beside Latin words, the
   * letters of another script deceive also if every one of them looks like a Latin one: a language
   * that uses that script has others.
   */
  public static BitSet deceptive(String text) {
    BitSet found = deceptiveInWords(text);
    if (isAscii(text)) {
      return found;
    }
    Set<UnicodeScript> all = scripts(text, 0, text.length());
    if (!all.contains(UnicodeScript.LATIN)) {
      return found;
    }
    Set<UnicodeScript> unmistakable = EnumSet.noneOf(UnicodeScript.class);
    text.codePoints()
        .filter(c -> !isLookalike(c))
        .forEach(c -> script(c).ifPresent(unmistakable::add));
    for (int[] word : words(text)) {
      Set<UnicodeScript> scripts = scripts(text, word[0], word[1]);
      scripts.remove(UnicodeScript.LATIN);
      if (!scripts.isEmpty() && scripts.stream().noneMatch(unmistakable::contains)) {
        mark(text, word, found);
      }
    }
    return found;
  }

  private static boolean hasLookalike(String text, int[] word) {
    return text.substring(word[0], word[1]).codePoints().anyMatch(Writing::isLookalike);
  }

  private static void mark(String text, int[] word, BitSet found) {
    for (int i = word[0]; i < word[1]; i = text.offsetByCodePoints(i, 1)) {
      int c = text.codePointAt(i);
      if (script(c).filter(script -> script != UnicodeScript.LATIN).isPresent()) {
        found.set(i);
      }
    }
  }

  /** Where each run of letters begins and ends. */
  private static List<int[]> words(String text) {
    List<int[]> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      boolean inWord = isOfWord(text.codePointAt(i));
      if (inWord && start < 0) {
        start = i;
      } else if (!inWord && start >= 0) {
        words.add(new int[] {start, i});
        start = -1;
      }
    }
    if (start >= 0) {
      words.add(new int[] {start, text.length()});
    }
    return words;
  }

  private static boolean isOfWord(int c) {
    return Character.isLetter(c) || isMark(c) || Character.getType(c) == Character.FORMAT;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /** What two names that look alike have in common; nothing else may be read from it. */
  public static String skeleton(String name) {
    if (isAscii(name)) {
      return name;
    }
    StringBuilder out = new StringBuilder(name.length());
    Normalizer.normalize(name, Normalizer.Form.NFKD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT && !isBlank(c))
        .map(Writing::lookalike)
        .forEach(out::appendCodePoint);
    return Normalizer.normalize(out, Normalizer.Form.NFKC);
  }

  /** The index of the first character that nobody sees, and that no language or emoji needs. */
  public static OptionalInt hidden(String text) {
    if (isAscii(text)) {
      return OptionalInt.empty();
    }
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      if (isHidden(text, i)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isHidden(String text, int index) {
    int c = text.codePointAt(index);
    if (c <= '~') {
      return false;
    }
    int before = index == 0 ? ' ' : text.codePointBefore(index);
    if (Character.isSpaceChar(c)
        && (index == 0 || index + Character.charCount(c) == text.length())) {
      // Within a text it is seen, between two words.
      return true;
    }
    if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
      return !joins(before);
    }
    if (c == 0xFE0E || c == 0xFE0F) {
      return index == 0 || (Character.isLetter(before) && before != INFORMATION);
    }
    if (c >= 0xE0020 && c <= 0xE007F) {
      // The flags of England, Scotland and Wales are spelt with tags.
      return before != BLACK_FLAG && !(before >= 0xE0020 && before <= 0xE007F);
    }
    if (c >= 0xE0100 && c <= 0xE01EF) {
      return UnicodeScript.of(before) != UnicodeScript.HAN;
    }
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBlank(c);
    };
  }

  /** Whether a joiner behind this character changes what is seen: in emoji, and in some scripts. */
  private static boolean joins(int before) {
    if (Character.getType(before) == Character.OTHER_SYMBOL
        || Character.getType(before) == Character.MODIFIER_SYMBOL
        || before == 0xFE0F) {
      return true;
    }
    return switch (UnicodeScript.of(before)) {
      case ARABIC,
          SYRIAC,
          MONGOLIAN,
          NKO,
          DEVANAGARI,
          BENGALI,
          GURMUKHI,
          GUJARATI,
          ORIYA,
          TAMIL,
          TELUGU,
          KANNADA,
          MALAYALAM,
          SINHALA,
          KHMER,
          MYANMAR ->
          true;
      // A virama, which belongs to several scripts.
      case INHERITED -> isMark(before);
      default -> false;
    };
  }

  /** Whether Unicode defines a letter or mark to look like nothing. */
  public static boolean isBlank(int c) {
    return c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0
        || c == 0x034F
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x2800
        || (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF);
  }

  /** Whether a character changes the order in which those behind it are shown. */
  public static boolean reorders(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  /** A character by its number and, where it has one, its name. */
  public static String described(int c) {
    String name = Character.getName(c);
    String number = String.format(Locale.ROOT, "U+%04X", c);
    return name == null ? number : number + " (" + name + ")";
  }

  /** Whether a character looks like a space, or like nothing, and is no space to YAML. */
  public static boolean isLikeSpace(int c) {
    return c > '~'
        && (isBlank(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT);
  }

  /**
   * What tells two texts apart that look the same, as the end of a sentence about the first of
   * them; nothing where they look different.
   */
  public static Optional<String> difference(String one, String other) {
    if (one.equals(other)
        || (isAscii(one) && isAscii(other))
        || !skeleton(one).strip().equals(skeleton(other).strip())) {
      return Optional.empty();
    }
    if (Normalizer.normalize(one, Normalizer.Form.NFC)
        .equals(Normalizer.normalize(other, Normalizer.Form.NFC))) {
      int at = firstDifference(one, other);
      boolean isComposed = one.length() < other.length();
      return Optional.of(
          (isComposed ? "it has composed letters" : "it has decomposed letters")
              + " (NF"
              + (isComposed ? "C: " : "D: ")
              + letter(one, at)
              + "), and this one "
              + (isComposed ? "decomposed ones (NFD: " : "composed ones (NFC: ")
              + letter(other, at)
              + ")");
    }
    int at = firstDifference(one, other);
    return Optional.of(
        "it has "
            + (at < one.length() ? described(one.codePointAt(at)) : "nothing")
            + " where this one has "
            + (at < other.length() ? described(other.codePointAt(at)) : "nothing"));
  }

  private static int firstDifference(String one, String other) {
    int at = 0;
    while (at < Math.min(one.length(), other.length())
        && one.codePointAt(at) == other.codePointAt(at)) {
      at = one.offsetByCodePoints(at, 1);
    }
    return at;
  }

  /** The numbers of a letter's characters, with the marks that belong to it. */
  private static String letter(String text, int at) {
    int start = at;
    while (start > 0 && start < text.length() && isMark(text.codePointAt(start))) {
      start = text.offsetByCodePoints(start, -1);
    }
    StringBuilder numbers = new StringBuilder();
    int end = start;
    while (end < text.length() && (end == start || isMark(text.codePointAt(end)))) {
      numbers.append(numbers.isEmpty() ? "" : " ");
      numbers.append(String.format(Locale.ROOT, "U+%04X", text.codePointAt(end)));
      end = text.offsetByCodePoints(end, 1);
    }
    return numbers.toString();
  }
}
