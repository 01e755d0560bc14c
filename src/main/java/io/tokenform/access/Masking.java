package io.tokenform.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Keeps secrets out of texts: the one place through which everything passes that is printed or
 * written. What is shaped like a secret is masked, and so is every secret that was kept here.
 *
 * <p>Of a kept secret, {@value #PIECE} characters in a row are masked wherever they stand, or all
 * of it where it has fewer: somebody may have cut the text before. Capitals count as small letters;
 * escapes of JSON, Markdown, HTML, shells and URLs as what they stand for; a line break, with the
 * indentation and the mark of a diff, a comment or an excerpt behind it, as nothing. Base64 of a
 * text that holds the secret is masked too.
 *
 * <p>A secret of fewer than {@value Secret#SHORTEST_MASKED} characters is not looked for, since
 * words that have nothing to do with it would hold it.
 *
 * <p>It may be used by several threads at once.
 */
public final class Masking {
  /** So many characters in a row are too many to be shown. */
  public static final int PIECE = 12;

  /** Shorter secrets may be words, whose parts stand in other names. */
  private static final int LONGEST_WORDS = 64;

  /** A word has no more letters. */
  private static final int LONGEST_WORD = 20;

  /** Fewer different characters than this say nothing, such as those of a line of dashes. */
  private static final int FEWEST_DIFFERENT = 4;

  /** Texts are looked through in parts, so that a large one needs no multiple of its memory. */
  private static final int PART = 1 << 16;

  /** Twelve characters are not written longer than this, be they escaped twice. */
  private static final int OVERLAP = 1 << 10;

  /** How often a text may have been escaped. */
  private static final int MOST_DECODINGS = 3;

  // Guarded by this. How often a pattern is kept: two secrets may have one in common.
  private final Map<SecretPieces.Pattern, Integer> patterns = new LinkedHashMap<>();

  /** Whose secrets are masked too; nothing in one that stands alone. */
  private final Optional<Masking> whole;

  /** What is looked for; null until it is asked for after a change. */
  private volatile Sought sought;

  /** One that knows no secret yet. */
  public Masking() {
    this(Optional.empty());
  }

  private Masking(Optional<Masking> whole) {
    this.whole = whole;
  }

  /**
   * What is looked for.
   *
   * @param above what is looked for because of the whole alone
   * @param pieces what is looked for in all
   */
  private record Sought(SecretPieces above, SecretPieces pieces) {}

  /**
   * A part of a text that holds a secret.
   *
   * @param start the index of its first character
   * @param end the index behind its last character
   */
  public record Span(int start, int end) {}

  /** From now on masks this secret. */
  public synchronized void keep(Secret secret) {
    patterns(secret).forEach(this::add);
  }

  /**
   * From now on masks this secret where it stands as a whole. It is for secrets that this run has
   * no use for, and of which it shows no text: a name may well have a piece of one of them.
   */
  public synchronized void keepWhole(Secret secret) {
    String value = secret.reveal();
    add(new SecretPieces.Pattern(value, value.length()));
    base64(value).forEach(this::add);
  }

  /**
   * No longer masks a secret that was kept, and that nothing of this run can hold any more: looking
   * for very many takes time.
   */
  public synchronized void forget(Secret secret) {
    for (SecretPieces.Pattern pattern : patterns(secret)) {
      patterns.computeIfPresent(pattern, (same, count) -> count > 1 ? count - 1 : null);
    }
    sought = null;
  }

  private static List<SecretPieces.Pattern> patterns(Secret secret) {
    String value = secret.reveal();
    boolean mayBeWords = value.length() < LONGEST_WORDS && areWords(value);
    List<SecretPieces.Pattern> all = new ArrayList<>();
    all.add(
        new SecretPieces.Pattern(
            value, mayBeWords ? value.length() : Math.min(PIECE, value.length())));
    all.addAll(base64(value));
    return all;
  }

  /** Words are in small letters, have no digits, and are not endless. */
  private static boolean areWords(String value) {
    // No regular expression: to have one ready takes 2 % of a short run.
    int letters = 0;
    for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
      int character = value.codePointAt(i);
      int type = Character.getType(character);
      if (type == Character.UPPERCASE_LETTER || (character >= '0' && character <= '9')) {
        return false;
      }
      letters = type == Character.LOWERCASE_LETTER ? letters + 1 : 0;
      if (letters > LONGEST_WORD) {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private SecretPieces pieces() {
    SecretPieces above = whole.map(Masking::pieces).orElse(SecretPieces.NONE);
    Sought known = sought;
    if (known == null || known.above() != above) {
      synchronized (this) {
        // One object as long as nothing is added, so that a text need not be looked through again.
        known = new Sought(above, patterns.isEmpty() ? above : SecretPieces.of(allPatterns()));
        sought = known;
      }
    }
    return known.pieces();
  }

  private synchronized List<SecretPieces.Pattern> allPatterns() {
    Set<SecretPieces.Pattern> all = new LinkedHashSet<>();
    whole.ifPresent(other -> all.addAll(other.allPatterns()));
    all.addAll(patterns.keySet());
    return List.copyOf(all);
  }

  /**
   * From now on masks a password where it is one: together with its user, as in a URL or in a
   * header. One that cannot be a word is masked everywhere.
   */
  public synchronized void keepPassword(String user, Secret password) {
    String value = password.reveal();
    if (!mayBeWord(value)) {
      keep(password);
    }
    String both = user + ":" + value;
    // The user's name is no secret, so a piece of it is none.
    add(new SecretPieces.Pattern(both, both.length()));
    base64(both).forEach(this::add);
  }

  /** Whether somebody may have such a name for a token or a database. */
  private static boolean mayBeWord(String value) {
    return value.length() < 16
        || value.chars().noneMatch(Character::isDigit)
        || value.chars().noneMatch(Character::isLetter);
  }

  /**
   * One for a part of the work: it masks what this one masks, now and later, and besides it what is
   * kept in it alone. What somebody tells one part, such as a cluster of many, is masked nowhere
   * else: a text of the others that it calls a secret stays what it is.
   */
  public Masking ofPart() {
    return new Masking(Optional.of(this));
  }

  private synchronized void add(SecretPieces.Pattern pattern) {
    if (pattern.value().length() >= Secret.SHORTEST_MASKED) {
      if (patterns.merge(pattern, 1, Integer::sum) == 1) {
        sought = null;
      }
    }
  }

  private static List<SecretPieces.Pattern> base64(String value) {
    if (value.length() < Secret.SHORTEST_MASKED) {
      return List.of();
    }
    return SecretPieces.base64(value).stream()
        .map(text -> new SecretPieces.Pattern(text, Math.min(PIECE, text.length())))
        .toList();
  }

  /** The text with {@code [secret]} in the place of each secret. */
  public String mask(String text) {
    return replace(text, find(text));
  }

  /**
   * What is looked for: the same object as long as no secret is kept or forgotten, so that nobody
   * has to look for the same in the same text again.
   */
  public Object sought() {
    return pieces();
  }

  /** Whether the text holds a secret that was kept here, or a piece of one. */
  public boolean knows(String text) {
    return !known(text).isEmpty();
  }

  /**
   * The JSON with {@code [secret]} in its strings in the place of each secret. Names of fields are
   * the schema's and stay, and so does every structure: what was JSON is JSON.
   */
  public String maskJson(String json) {
    if (find(json).isEmpty()) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length());
    int index = 0;
    while (index < json.length()) {
      int quote = json.indexOf('"', index);
      if (quote < 0) {
        break;
      }
      int end = endOfString(json, quote);
      out.append(json, index, quote);
      String string = json.substring(quote + 1, end);
      out.append('"').append(isName(json, end) ? string : mask(string));
      index = end;
      if (end < json.length()) {
        out.append('"');
        index++;
      }
    }
    return out.append(json, index, json.length()).toString();
  }

  /** Where the quote is that ends a string, or the end of a text that breaks off. */
  private static int endOfString(String json, int quote) {
    int index = quote + 1;
    while (index < json.length() && json.charAt(index) != '"') {
      index += json.charAt(index) == '\\' ? 2 : 1;
    }
    return Math.min(index, json.length());
  }

  private static boolean isName(String json, int closingQuote) {
    int index = closingQuote + 1;
    while (index < json.length() && Character.isWhitespace(json.charAt(index))) {
      index++;
    }
    return index < json.length() && json.charAt(index) == ':';
  }

  /** Where the text has secrets, in their order; none touches another. */
  public List<Span> find(String text) {
    List<Span> found = known(text);
    if (SecretShapes.mayBeIn(text)) {
      found = new ArrayList<>(found);
      Matcher shape = SecretShapes.matcher(text);
      while (shape.find()) {
        found.add(new Span(shape.start(), shape.end()));
      }
      found = merged(found);
    }
    return found;
  }

  private List<Span> known(String text) {
    SecretPieces pieces = pieces();
    if (text.length() < pieces.shortest()) {
      return List.of();
    }
    List<Span> found = new ArrayList<>();
    for (int start = 0; start < text.length(); start += PART) {
      int end = Math.min(text.length(), start + PART + OVERLAP);
      ReadText part = ReadText.plain(text, start, end);
      look(pieces, part, text, found);
      if (part.isMixed()) {
        // What is an escape in one language is a part of the secret in another.
        decode(pieces, part, ReadText.Escapes.BACKSLASHES, text, found);
        decode(pieces, part, ReadText.Escapes.OTHERS, text, found);
      }
      decode(pieces, part, ReadText.Escapes.ALL, text, found);
    }
    return found.isEmpty() ? found : merged(found.stream().map(span -> whole(text, span)).toList());
  }

  /** Looks at a text again and again, each time with what is escaped in it read once more. */
  private static void decode(
      SecretPieces pieces, ReadText part, ReadText.Escapes escapes, String raw, List<Span> found) {
    ReadText read = part;
    for (int i = 0; i < MOST_DECODINGS && read.isWritten(); i++) {
      read = read.read(escapes);
      look(pieces, read, raw, found);
    }
  }

  private static void look(SecretPieces pieces, ReadText text, String raw, List<Span> found) {
    pieces.find(
        text,
        raw,
        FEWEST_DIFFERENT,
        (from, to, swallowed) -> {
          int start = text.start(from) - swallowed;
          for (int i = from + 1; i < to; i++) {
            if (text.start(i) != text.end(i - 1)) {
              found.add(new Span(start, text.end(i - 1)));
              start = text.start(i);
            }
          }
          found.add(new Span(start, text.end(to - 1)));
        });
  }

  /** Half an escape would make an escape of what stands in its place. */
  private static Span whole(String text, Span span) {
    int start = ReadText.startOfEscape(text, span.start());
    int end = ReadText.endOfEscape(text, span.end());
    return new Span(start, end);
  }

  private static List<Span> merged(List<Span> spans) {
    if (spans.size() < 2) {
      return spans;
    }
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
    List<Span> merged = new ArrayList<>();
    for (Span span : sorted) {
      Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && span.start() <= last.end()) {
        merged.set(merged.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }

  private static String replace(String text, List<Span> spans) {
    if (spans.isEmpty()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int start = 0;
    for (Span span : spans) {
      int end = span.start();
      out.append(text, start, end).append(SecretShapes.MASK);
      start = span.end();
    }
    return out.append(text, start, text.length()).toString();
  }
}
