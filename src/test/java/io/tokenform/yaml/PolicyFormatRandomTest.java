package io.tokenform.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.PolicySource;
import io.tokenform.policy.RandomYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every file that is YAML: formatting keeps what it says, to machines and to people,
 * and formatting it again changes nothing. Tried on the policies that we have, on random documents,
 * and on random mutants of both. Give -Dformat.seed to repeat a run, and -Dformat.count for a
 * longer one.
 */
class PolicyFormatRandomTest {
  private static final int COUNT = Integer.getInteger("format.count", 1_500);
  private static final long SEED = Long.getLong("format.seed", System.nanoTime());

  /** A bit of everything, with comments everywhere. */
  private static final List<String> DOCUMENTS =
      List.of(
          """
          # yaml-language-server: $schema=x
          %YAML 1.2 # version
          # between
          %TAG !e! tag:example.com,2000:
          --- # start
          # top
          version: 1 # one
          cluster: # the cluster

              product: 'sandbox' # quoted
              # in between
              url: "a\\
                b" # folded

                # deeper
            # less deep
          tokens:
          # first
          - a # an item
            # below a
          - # dash
            b: c
            d:
            # before e
            - e
              # below e
          -   -  x # nested
              - y
          ... # end
          # after the end
          """,
          """
          flow: [ # open
            a, # first
            # second
            b # bee
            , 'c', "d" : e, ? f : g,
            { h, i: , j: [k, l] } # after

            # at the end
           ] # close
          empty: [ # nothing
            ]
          nothing: # here
            # but this
          void:
          wide: {read: [aaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbb], write: [ccccccccccccccccc, dddd]} # w
          {a: b}: c
          [d]: e
          ? [f, g] # complex
          # key
          : # value
            h
          ? - i
            - j # jay
          : - k
          ? l
          *x : m
          """
              .replace("*x", "&x x"),
          """
          literal: | # header
              text
               more

              # text, too

          # a comment
          folded: >-
            one
            two

              three

          keep: |+
            kept

          indented: |2
              deep
             less
          - not: a list
          """
              .replace("- not: a list\n", "last: >+\n\n  x\n\n\n# end\n"),
          """
          a: &a !!str # props
            # more
            b
          c: !!map &c # map
            d: *a # alias
            &e e : &f
            *a : !!null
          g: &g [*a, !!str , &h , &i j]
          plain: one
            two

            three # multi
          double: "one

            two\\n\\
            three \\u202e \\e" # x
          single: 'it''s
            two'
          ? |
            block key # no comment
          : # v
            - w
          \u00fc: "\ud83d\ude00" # \ud83d\ude00
          """,
          "- - - a # c\n    # d\n    - b\n  # e\n  - c\n# f\n- ? - x\n    - y # z\n  : z\n",
          "'a' # b\n# c\n",
          "--- | # c\n  text\n # more\n# end\n",
          "{version: 1, tokens: {a: {id: 'x', roles: [r]}}} # c\n",
          "roles:\n  a: [b]\n  c: {d: e}\n  f:\n    g: h\ntokens:\n  a: {b: c}\n\n\n  d: {e: f}\n");

  private static final List<String> PIECES =
      List.of(
          "\n",
          "\n\n",
          "\r\n",
          "\r",
          "\t",
          " ",
          "  ",
          "    ",
          ":",
          ": ",
          "- ",
          "-\n",
          "? ",
          "[",
          "]",
          "{",
          "}",
          ",",
          ", ",
          "[]",
          "{}",
          "&x ",
          "*x ",
          "! ",
          "!!str ",
          "!!null ",
          "!!seq ",
          "!!map ",
          "\"",
          "'",
          "''",
          "\"\"",
          "|\n",
          "|+\n",
          "|-\n",
          "|2\n",
          ">\n",
          ">+ # h\n",
          ">1-\n",
          "#",
          " #",
          " # c\n",
          "\n# c\n",
          "\n  # c\n",
          "\n    # c\n",
          "%YAML 1.2\n",
          "%FOO x # c\n",
          "---\n",
          "--- ",
          "...\n",
          "... # c\n",
          "\n\n\n",
          "\\",
          "\\n",
          "\\\n",
          "a",
          "a: b\n",
          "- a\n",
          "? a\n",
          ": b\n",
          "~",
          "<<",
          "1",
          "1.0",
          "true",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\u202e",
          "\ud83d\ude00",
          "\u00a0");

  private final Random random = new Random(SEED);

  static Stream<Path> policies() throws IOException {
    try (Stream<Path> fixtures = Files.walk(Path.of("tests-fixtures"));
        Stream<Path> examples = Files.walk(Path.of("examples"))) {
      List<Path> policies =
          Stream.concat(fixtures, examples)
              .filter(path -> path.toString().endsWith(".yaml") && isYaml(path))
              .sorted()
              .toList();
      assertThat(policies).hasSizeGreaterThan(20);
      return policies.stream();
    }
  }

  private static boolean isYaml(Path file) {
    try {
      YamlReader.read(PolicySource.decode(file.toString(), Files.readAllBytes(file)));
      return true;
    } catch (IOException | InvalidPolicyException | InvalidYamlException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aPolicyThatWeHaveKeepsItsMeaning(Path policy) throws IOException {
    assertThat(holdsFor(Files.readString(policy))).isTrue();
  }

  @Test
  void theDocumentsThatTheMutantsComeFromKeepTheirMeaning() {
    for (String document : DOCUMENTS) {
      assertThat(holdsFor(document)).as(document).isTrue();
    }
  }

  @Test
  void aRandomDocumentKeepsItsMeaning() {
    int formatted = 0;
    for (int i = 0; i < COUNT; i++) {
      formatted += holdsWithin(new RandomYaml(random).document()) ? 1 : 0;
    }
    assertThat(formatted).as("those that were YAML").isGreaterThan(COUNT / 4);
  }

  @Test
  void aMutantThatIsYamlKeepsItsMeaning() throws IOException {
    List<String> policies = policies().map(PolicyFormatRandomTest::text).toList();
    int formatted = 0;
    for (int i = 0; i < COUNT; i++) {
      String origin =
          switch (random.nextInt(4)) {
            case 0 -> policies.get(random.nextInt(policies.size()));
            case 1 -> new RandomYaml(random).document();
            default -> DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
          };
      formatted += holdsWithin(mutant(origin)) ? 1 : 0;
    }
    assertThat(formatted).as("those that were YAML").isGreaterThan(COUNT / 10);
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean holdsWithin(String text) {
    return Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(15), () -> holdsFor(text), () -> about(text));
  }

  /** False for a text that is not YAML. */
  private static boolean holdsFor(String text) {
    SourceText source;
    try {
      source = PolicySource.decode("p.yaml", text.getBytes(StandardCharsets.UTF_8));
      YamlReader.read(source);
    } catch (InvalidPolicyException | InvalidYamlException e) {
      return false;
    }
    String once = "";
    try {
      once = PolicyFormat.format(source);
      SourceText formatted = new SourceText("p.yaml", once);
      assertThat(Meaning.of(formatted)).as(() -> about(text)).isEqualTo(Meaning.of(source));
      assertThat(PolicyFormat.format(formatted)).as(() -> about(text)).isEqualTo(once);
      assertThat(once).as(() -> about(text)).doesNotContain("\r").doesNotStartWith("\n");
      assertThat(once.isEmpty() || once.endsWith("\n")).as(() -> about(text)).isTrue();
      return true;
    } catch (RuntimeException | StackOverflowError | InvalidPolicyException e) {
      throw new AssertionError(about(text) + "\n--- formatted\n" + once, e);
    }
  }

  private static String about(String text) {
    StringBuilder out = new StringBuilder("seed " + SEED + ":\n");
    text.chars()
        .forEach(
            c ->
                out.append(
                    c == '\n' || (c >= ' ' && c <= '~')
                        ? Character.toString(c)
                        : "\\u%04x".formatted(c)));
    return out.toString();
  }

  /** The document with up to five changes. */
  private String mutant(String origin) {
    StringBuilder text = new StringBuilder(origin);
    for (int i = random.nextInt(5); i >= 0; i--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
        case 2 -> text.setLength(Math.max(from, 5));
        default -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    String mutant = text.toString();
    return switch (random.nextInt(8)) {
      case 0 -> mutant.replace("\n", "\r\n");
      case 1 -> mutant.replace("\n", "\r");
      default -> mutant;
    };
  }
}
