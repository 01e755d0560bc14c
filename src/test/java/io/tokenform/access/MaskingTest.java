package io.tokenform.access;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  private static final String LONG = "k3v9q0zt7m1xw5r8b2y6".repeat(3) + "+/=_-.~";
  private static final String SHORT = "c4n4ry-8";

  private final Masking masking = new Masking();

  @Test
  void aKeptSecretIsMaskedWhereverItStands() {
    masking.keep(Secret.of(LONG));
    masking.keep(Secret.of(SHORT));
    assertThat(masking.mask("a " + LONG + ", b" + SHORT + "c")).isEqualTo("a [secret], b[secret]c");
    assertThat(masking.knows("a " + SHORT)).isTrue();
    assertThat(masking.knows("a word")).isFalse();
    assertThat(masking.mask("a word")).isEqualTo("a word");
  }

  @Test
  void whatIsShapedLikeASecretIsMaskedWithoutBeingKept() {
    assertThat(masking.mask("apiv1_0123456789abcdefg at https://me:pw@host"))
        .isEqualTo("[secret] at https://[secret]host");
    assertThat(masking.knows("apiv1_0123456789abcdefg")).isFalse();
  }

  @Test
  void twelveCharactersOfItAreMaskedAndElevenAreNot() {
    masking.keep(Secret.of(LONG));
    assertThat(masking.mask("..." + LONG.substring(7, 19) + "...")).isEqualTo("...[secret]...");
    String eleven = "..." + LONG.substring(7, 18) + "...";
    assertThat(masking.mask(eleven)).isEqualTo(eleven);
  }

  @Test
  void ofOneThatIsKeptAsAWholeNoPieceIsMasked() {
    masking.keepWhole(Secret.of(LONG));
    String most = LONG.substring(1);
    assertThat(masking.mask("a " + LONG + " b " + most)).isEqualTo("a [secret] b " + most);
    assertThat(
            masking.mask(Base64.getEncoder().encodeToString(LONG.getBytes(StandardCharsets.UTF_8))))
        .contains("[secret]");
    assertThat(masking.knows(most)).isFalse();
    assertThat(masking.knows(LONG)).isTrue();
  }

  @Test
  void ofAShortOneAllCharactersCount() {
    masking.keep(Secret.of(SHORT));
    String seven = SHORT.substring(0, 7);
    assertThat(masking.mask(seven + " " + SHORT)).isEqualTo(seven + " [secret]");
    masking.keep(Secret.of("seven-7"));
    assertThat(masking.mask("seven-7")).isEqualTo("seven-7");
  }

  @Test
  void partsOfWordsAreNoPiecesOfASecret() {
    masking.keep(Secret.of("prod-management-token"));
    assertThat(masking.mask("--management-token-file prod-management-token"))
        .isEqualTo("--management-token-file [secret]");
  }

  @Test
  void whatRepeatsOneCharacterSaysNothing() {
    masking.keep(Secret.of("1-----------------------x"));
    assertThat(masking.mask("--------------------")).isEqualTo("--------------------");
    masking.keep(Secret.of("x11111111-1111-1111-1111-111111111111"));
    String id = "11111111-1111-1111-2222-222222222222";
    assertThat(masking.mask(id)).isEqualTo(id);
  }

  @Test
  void fourDifferentCharactersSayEnoughAndAWholeSecretAlwaysDoes() {
    masking.keep(Secret.of("1" + "abc".repeat(8) + "x"));
    assertThat(masking.mask("(" + "abc".repeat(5) + ")")).isEqualTo("(" + "abc".repeat(5) + ")");
    masking.keep(Secret.of("1" + "efgh".repeat(8) + "x"));
    assertThat(masking.mask("(" + "efgh".repeat(4) + ")")).isEqualTo("([secret])");
    masking.keep(Secret.of("11111111"));
    assertThat(masking.mask("(11111111)")).isEqualTo("([secret])");
  }

  @Test
  void wordsOfSixtyFourCharactersAreASecretInEachPiece() {
    String words = "prod-management-token-for-the-nightly-backup-of-all-the-databases";
    String piece = "nightly-backup";
    masking.keep(Secret.of(words.substring(0, 63)));
    assertThat(masking.mask(piece)).isEqualTo(piece);
    masking.keep(Secret.of(words.substring(0, 64)));
    assertThat(masking.mask(piece)).isEqualTo("[secret]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\u006b3v9q0zt7m1xw5r8",
        "k3v9q0\\u007At7m1xw5r8",
        "%6B3v9q0zt7m1xw5r8",
        "%256B3v9q0zt7m1xw5r8",
        "&#107;3v9q0zt7m1xw5r8",
        "&#x6b;3v9q0zt7m1xw5r8",
        "\\k3v9q0zt7m1xw5r8",
        "K3V9Q0ZT7M1XW5R8",
        "k3v9q0\u001b[31mzt7m1xw5r8",
      })
  void anEscapeHidesNothing(String written) {
    masking.keep(Secret.of(LONG));
    assertThat(masking.mask(written).replaceAll("^\\\\k|\u001b\\[31m|^\\\\", ""))
        .matches("(\\[secret])+|k?\\[secret]");
  }

  @Test
  void specialCharactersAreMaskedHoweverTheyAreEscaped() {
    String secret = "q7'\"\\_*<&>|$`x9-k2";
    masking.keep(Secret.of(secret));
    for (String written :
        List.of(
            secret,
            secret.replace("\\", "\\\\").replace("\"", "\\\""),
            secret.replaceAll("([\\\\_*<>|`'\"&$-])", "\\\\$1"),
            secret.replace("'", "'\\''"),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            secret
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"))) {
      assertThat(masking.mask("(" + written + ")")).as(written).isEqualTo("([secret])");
    }
  }

  @Test
  void aLineBreakHidesNothing() {
    masking.keep(Secret.of(LONG));
    for (String wrap : List.of("\n", "\r\n", "\n  ", "\\\n  ", "\n+ ", "\n# ", "\n 12 | ", "\\n")) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 60; i += 6) {
        text.append(i == 0 ? "" : wrap).append(LONG, i, i + 6);
      }
      String masked = masking.mask(text.toString());
      assertThat(masked).as(wrap).doesNotContain("k3v9", "q0zt");
      assertThat(masked.lines().count()).as(wrap).isEqualTo(text.toString().lines().count());
    }
  }

  @Test
  void aBlankThatAShellEscapesHidesNothing() {
    masking.keep(Secret.of("k3v9q0 zt7m1x"));
    assertThat(masking.mask("echo k3v9q0\\ zt7m1x")).isEqualTo("echo [secret]");
  }

  @Test
  void whatTheSecretItselfHasIsNoEscape() {
    masking.keep(Secret.of("k3%41v9\"q0zt7m1"));
    assertThat(masking.mask("(k3%41v9\\\"q0zt7m1)")).isEqualTo("([secret])");
    masking.keep(Secret.of("p5\\u0041w2&h8ys6d4"));
    assertThat(masking.mask("(p5\\u0041w2&amp;h8ys6d4)")).isEqualTo("([secret])");
  }

  /** Eleven characters go on behind the escape that seems to be there, and so may be shown. */
  @Test
  void whatIsReadAsAnEscapeStillIsTheBeginningOfAPiece() {
    masking.keep(Secret.of("2ak3v9q0zt&m"));
    assertThat(masking.mask("%2ak3v9q0zt&amp;m")).isEqualTo("%[secret]");
    masking.keep(Secret.of("nk5v7q1zt3&m"));
    assertThat(masking.mask("x\\nk5v7q1zt3&amp;m")).isEqualTo("x[secret]");
  }

  @Test
  void whatWasEscapedThreeTimesIsMasked() {
    masking.keep(Secret.of(LONG));
    assertThat(masking.mask("%25256B3v9q0zt7m1x")).isEqualTo("[secret]");
  }

  @Test
  void secretsThatShareCharactersAreBothMasked() {
    masking.keep(Secret.of("alpha1234567overlap89"));
    masking.keep(Secret.of("overlap89bra"));
    assertThat(masking.mask("(alpha1234567overlap89bra)")).isEqualTo("([secret])");
    masking.keep(Secret.of("bravo1234567q0v9zzzzz"));
    masking.keep(Secret.of("q0v9zzzzzzzzzzzz-1"));
    assertThat(masking.mask("bravo1234567q0v9zzzzzzzzzzzz)")).isEqualTo("[secret])");
    masking.keep(Secret.of("c4n4ry-8"));
    masking.keep(Secret.of("4n4ry-8z"));
    assertThat(masking.mask("c4n4ry-8z")).isEqualTo("[secret]");
  }

  @Test
  void secretsSideBySideAreOneSpan() {
    masking.keep(Secret.of(SHORT));
    masking.keep(Secret.of("0ther-one"));
    assertThat(masking.find("(" + SHORT + "0ther-one) " + SHORT))
        .containsExactly(new Masking.Span(1, 18), new Masking.Span(20, 28));
    assertThat(masking.mask(SHORT)).isEqualTo("[secret]");
  }

  @Test
  void aSecretIsFoundWhereverTheTextIsParted() {
    masking.keep(Secret.of(LONG));
    for (int index : new int[] {64_600, 65_500, 65_530, 65_535, 65_536, 66_550, 131_060}) {
      String text = "-".repeat(index) + LONG + "-".repeat(100);
      assertThat(masking.find(text))
          .as("at %s", index)
          .containsExactly(new Masking.Span(index, index + LONG.length()));
    }
  }

  @Test
  void base64IsMasked() {
    masking.keep(Secret.of(LONG));
    masking.keep(Secret.of(SHORT));
    for (String secret : List.of(LONG, SHORT)) {
      for (String user : List.of("", "m", "me", "you")) {
        byte[] both = (user + ":" + secret + "!").getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(both);
        assertThat(masking.mask("Basic " + encoded)).contains("[secret]");
        assertThat(leftOf(masking.mask(encoded))).hasSizeLessThan(12);
      }
    }
  }

  private static String leftOf(String masked) {
    return masked.replace("[secret]", "");
  }

  @Test
  void aProxysPasswordIsMaskedWhereItIsOneAndAWordElsewhereIsKept() {
    masking.keepPassword("my-team-proxy", Secret.of("dashboards"));
    String basic =
        Base64.getEncoder()
            .encodeToString("my-team-proxy:dashboards".getBytes(StandardCharsets.UTF_8));
    assertThat(masking.mask("Grafana dashboards of my-team-proxy"))
        .isEqualTo("Grafana dashboards of my-team-proxy");
    assertThat(masking.mask("my-team-proxy:dashboards, Basic " + basic))
        .isEqualTo("[secret], Basic [secret]");
    assertThat(masking.mask("http://my-team-proxy:dashboards@proxy:3128"))
        .isEqualTo("http://[secret]proxy:3128");
    masking.keepPassword("me", Secret.of("x7k2-m9q4-p1s8-w3"));
    assertThat(masking.mask("who is x7k2-m9q4-p1s8-w3")).isEqualTo("who is [secret]");
  }

  @ParameterizedTest
  @CsvSource({
    "x7k2m9q4p1s8w3z, false",
    "x7k2m9q4p1s8w3z5, true",
    "1234567890123456, false",
    "management-of-it, false",
  })
  void aPasswordIsMaskedAloneIfItIsLongAndOfLettersAndDigits(String password, boolean isMasked) {
    masking.keepPassword("me", Secret.of(password));
    assertThat(masking.mask("who is " + password))
        .isEqualTo("who is " + (isMasked ? "[secret]" : password));
    assertThat(masking.mask("me:" + password)).isNotEqualTo("me:" + password);
  }

  @Test
  void onlyTheStringsOfJsonAreMasked() {
    masking.keep(Secret.of("description"));
    masking.keep(Secret.of("123456789012"));
    String names = "{\"description\" : 1, \"description\"\n: 2}";
    assertThat(masking.maskJson(names)).isEqualTo(names);
    assertThat(masking.maskJson("{\"n\": 123456789012, \"s\": \"123456789012\"}"))
        .isEqualTo("{\"n\": 123456789012, \"s\": \"[secret]\"}");
    assertThat(masking.maskJson("\"my description\"")).isEqualTo("\"my [secret]\"");
    assertThat(masking.maskJson("[\"a word\"]")).isEqualTo("[\"a word\"]");
  }

  @Test
  void whatWasJsonIsJson() {
    masking.keep(Secret.of("description"));
    masking.keep(Secret.of(LONG));
    assertThat(
            masking.maskJson(
                "{\"description\": \"my description\", \"a\\\"b\": [\"x\\n"
                    + LONG.substring(0, 15)
                    + "\", 1]}\n"))
        .isEqualTo("{\"description\": \"my [secret]\", \"a\\\"b\": [\"x\\n[secret]\", 1]}\n");
    assertThat(masking.maskJson("{\"x\": \"" + LONG)).isEqualTo("{\"x\": \"[secret]");
  }

  @Test
  void halfAnEscapeIsNotLeft() {
    masking.keep(Secret.of("n0123456789abcdefgh"));
    assertThat(masking.mask("x\\n0123456789abcdefgh")).isEqualTo("x[secret]");
    masking.keep(Secret.of("0041zyxwvutsrq"));
    assertThat(masking.mask("\\u0041zyxwvutsrq!")).isEqualTo("[secret]!");
  }

  @Test
  void aPartKnowsWhatTheWholeKnowsAndLearnsItsOwn() {
    Masking part = masking.ofPart();
    Masking another = masking.ofPart();
    masking.keep(Secret.of(LONG));
    part.keep(Secret.of(SHORT));
    assertThat(part.mask(LONG + " " + SHORT)).isEqualTo("[secret] [secret]");
    assertThat(masking.mask(LONG + " " + SHORT)).isEqualTo("[secret] " + SHORT);
    assertThat(another.mask(LONG + " " + SHORT)).isEqualTo("[secret] " + SHORT);

    masking.forget(Secret.of(LONG));
    assertThat(part.mask(LONG + " " + SHORT)).isEqualTo(LONG + " [secret]");
    part.forget(Secret.of(SHORT));
    assertThat(part.mask(LONG + " " + SHORT)).isEqualTo(LONG + " " + SHORT);
  }

  @Test
  void whatAllPartsLookForIsOneThingAsLongAsNoneHasASecretOfItsOwn() {
    masking.keep(Secret.of(LONG));
    Masking part = masking.ofPart();
    assertThat(part.sought()).isSameAs(masking.sought()).isSameAs(masking.ofPart().sought());
    part.keep(Secret.of(SHORT));
    assertThat(part.sought()).isSameAs(part.sought()).isNotSameAs(masking.sought());
  }

  @Test
  void ofManySecretsNoneIsMissed() {
    List<String> secrets = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      secrets.add(random(random, 8 + random.nextInt(60)));
      masking.keep(Secret.of(secrets.get(i)));
    }
    assertThat(masking.mask(String.join(" ", secrets)))
        .isEqualTo(String.join(" ", secrets.stream().map(secret -> "[secret]").toList()));
  }

  /** Whatever stands around it, however it is written, and wherever it was cut. */
  @Test
  void noTwelveCharactersOfARandomSecretAreLeftInAnyText() {
    long seed = Long.getLong("masking.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      String secret = random(random, 12 + random.nextInt(260));
      Masking sought = new Masking();
      sought.keep(Secret.of(secret));
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        text.append(noise(random)).append(written(random, secret));
      }
      text.append(noise(random));
      int from = random.nextInt(text.length());
      String cut = text.substring(from, from + random.nextInt(text.length() - from) + 1);
      String masked = sought.mask(cut);
      String found = window(readBack(masked), secret);
      assertThat(found)
          .as("masking.seed=%s round %s: %s of %s in %s", seed, round, found, secret, masked)
          .isEmpty();
      assertThat(sought.mask(masked)).as("masking.seed=%s", seed).isEqualTo(masked);
    }
  }

  private static String random(Random random, int length) {
    String letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    StringBuilder text = new StringBuilder();
    // A digit: what has none may be words, which are masked as a whole.
    text.append(random.nextInt(10));
    while (text.length() < length) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static String noise(Random random) {
    String pieces = " \n\\\"'%&{}[]:,.;#<>|`$\tabc123\u00e9\ud83d\ude00";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      int at = random.nextInt(pieces.length());
      text.append(pieces.charAt(at));
    }
    return text.toString();
  }

  private static String written(Random random, String secret) {
    List<BiFunction<String, Random, String>> ways =
        List.of(
            (text, any) -> text,
            (text, any) -> text.toUpperCase(Locale.ROOT),
            (text, any) -> each(text, any, "\\u%04x"),
            (text, any) -> each(text, any, "%%%02X"),
            (text, any) -> each(text, any, "&#%d;"),
            (text, any) -> each(text, any, "\\\\u%04X"),
            (text, any) -> wrapped(text, 12 + any.nextInt(60), "\n    "),
            (text, any) -> wrapped(text, 1 + any.nextInt(30), "\n  | "));
    return ways.get(random.nextInt(ways.size())).apply(secret, random);
  }

  private static String each(String text, Random random, String form) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .forEach(
            c -> out.append(random.nextInt(3) > 0 ? Character.toString(c) : form.formatted(c)));
    return out.toString();
  }

  private static String wrapped(String text, int width, String wrap) {
    return text.replaceAll("(.{" + width + "})(?=.)", "$1" + wrap.replace("\\", "\\\\"));
  }

  /** Without escapes and wraps, by other means than those of the code. */
  private static String readBack(String text) {
    String read = text.replaceAll("\n(    |  \\| )", "");
    read =
        java.util.regex.Pattern.compile("\\\\{1,2}u00([0-9a-fA-F]{2})|%([0-9A-F]{2})|&#(\\d{2,3});")
            .matcher(read)
            .replaceAll(
                match -> {
                  int value =
                      match.group(3) != null
                          ? Integer.parseInt(match.group(3))
                          : Integer.parseInt(
                              match.group(1) != null ? match.group(1) : match.group(2), 16);
                  return java.util.regex.Matcher.quoteReplacement(Character.toString(value));
                });
    return read.toLowerCase(Locale.ROOT);
  }

  private static String window(String text, String secret) {
    for (int i = 0; i + Masking.PIECE <= secret.length(); i++) {
      String piece = secret.substring(i, i + Masking.PIECE);
      if (text.contains(piece)) {
        return piece;
      }
    }
    return "";
  }

  @Test
  @Timeout(value = 900, unit = SECONDS)
  void aLargeTextIsLookedThroughInTimeAndToItsEnd() {
    masking.keep(Secret.of(LONG));
    String line = "{\"id\": \"11111111-0000-4000-8000-000000000001\", \"x\": \"a\\u0023b\"},\n";
    for (int shift = 0; shift < 80; shift += 9) {
      String text = line.repeat(8_000) + "x".repeat(shift) + LONG.substring(3, 40);
      assertThat(masking.mask(text.repeat(2)))
          .isEqualTo((line.repeat(8_000) + "x".repeat(shift) + "[secret]").repeat(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ab", "\\", "\\u006", "&#", "k3v9q0zt", "k3v9q0zt7m1", "\n", "%25"})
  @Timeout(value = 900, unit = SECONDS)
  void aHostileTextCostsLittleTime(String piece) {
    masking.keep(Secret.of(LONG));
    masking.keep(Secret.of("a1".repeat(120)));
    masking.keep(Secret.of("ab\\\\\\\\\\\\\\\\\\\\\\1"));
    assertThat(masking.mask(piece.repeat(100_000))).isNotNull();
  }
}
