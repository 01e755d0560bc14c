package io.tokenform.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.SourceText;
import io.tokenform.policy.RandomYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the quick reader reads, the engine reads too, and as the same values at the same places.
 * Give -Dquick.seed to repeat a run, and -Dquick.count for a longer one.
 */
class QuickReaderTest {
  private static final int COUNT = Integer.getInteger("quick.count", 20_000);
  private static final long SEED = Long.getLong("quick.seed", System.nanoTime());

  private static final String POLICY =
      """
      # yaml-language-server: $schema=../../schemas/policy.schema.json
      version: 1

      cluster: {product: sandbox, seed: "live.json"}   # ours

      roles:
        reader: {read: [metrics, 'log s']}
        none: {}
      tokens:
        # the first
        grafana:
          id: 55555555-5555-4555-8555-555555555555
          description: Grafana dashboards, for all
          roles: [reader, none]
          "owner": team \u00fcber
        checkout:
          permissions:
            read:
            - a
            - b   # bee
            write:
              - c
          was: []
          rotate: {every: 90d, overlap: 7d}
        empty:
        # the last
        batch:
            permissions:
            - {action: read, resource: x}
            - action: write
              resource: y
            -  action: read
               resource: "*"
      expect:
        - {token: "grafana*", can: {read: [metrics]}, cannot: {write: any}}
      guardrails:
        max-changes: {percent: 10, least: 0x1F}
        description: 1.5e3
      databases: {orders: {retention: 90d}}
      """;

  private static final List<String> PIECES =
      List.of(
          "\n",
          "\n\n",
          "\r\n",
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
          "\"",
          "'",
          "''",
          "\"\"",
          "|\n",
          ">-\n",
          "#",
          " #",
          " # c\n",
          "\n# c\n",
          "\n    # c\n",
          "%YAML 1.2\n",
          "---\n",
          "--- ",
          "...\n",
          "\\",
          "\\n",
          "a",
          "a: b\n",
          "- a\n",
          "  a:\n",
          "~",
          "<<",
          "<<: a\n",
          "1",
          "1.0",
          "0o7",
          "true",
          "Null",
          "nuLL",
          "False",
          ".inf",
          "\u0085",
          "\u00a0",
          "\u00a1",
          "\u2028",
          "\ufeff",
          "\u202e",
          "\ud83d\ude00",
          "key : v\n",
          "a:b",
          "a: b: c\n",
          "x#y",
          "\"k\": v\n",
          "'k': v\n",
          "\"k\":v",
          "{a: 1}",
          "{a: , b}",
          "[a: b]",
          "[a, ]",
          "-",
          "@",
          "`",
          "=",
          "=: 1");

  private final Random random = new Random(SEED);

  @Test
  void readsWhatPoliciesAreWrittenIn() {
    assertThat(QuickReader.read(new SourceText("p.yaml", POLICY))).isPresent();
    assertThat(isAsTheEngineReads(POLICY)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b\n",
        "a:\n",
        "a:   # nothing\n",
        "a:\nb: c\n",
        "a:\n  b:\n  c: d\n",
        "a:\n- b\n- c\nd: e\n",
        "a:\n  - b: c\n    d: e\n  - f\n",
        "a:\n  - b:\n    - c\n    d: e\n",
        "---\na: b\n",
        "\n\n# x\na: b\n\n# y\n",
        "a: [b, 'c', \"d\", [e], {f: g}, ]\n",
        "a: {\"b\": c, 'd': {e: []}}\n",
        "a: x#y\nb: x:y\n",
        "a: (b), c [d] {e}\n",
        "a: {}\nb: []\n",
        "a: b",
        "a:",
        "a: 1\nb: 0x1f\nc: 1.5\nd: true\ne: null\nf: nuLL\ng: Yes\nh: 12e03\n",
        "a: <<\n",
        "12: b\n",
        "true: b\n",
        "a: 11111111-1111-4111-8111-111111111111\n"
      })
  void readsAsTheEngineReads(String text) {
    assertThat(QuickReader.read(new SourceText("p.yaml", text))).as(text).isPresent();
    assertThat(isAsTheEngineReads(text)).as(text).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment\n",
        "a\n",
        "[a]\n",
        "- a\n",
        "a: b\n  c\n",
        "a: |\n  b\n",
        "a: &x b\nc: *x\n",
        "a: \"b\\n\"\n",
        "a: 'it''s'\n",
        "a: \"b\n  c\"\n",
        "a: [b,\n  c]\n",
        "a: !!str b\n",
        "? a\n: b\n",
        "a:\tb\n",
        "a: b\r\n",
        "a: b: c\n",
        "a: b\n c: d\n",
        "a:\n    b: c\n  d: e\n",
        "a:\n  - b\n  c: d\n",
        "a:\n- b\n  - c\n",
        "a: b\n--- \nc: d\n",
        "a: b\n...\n",
        "a: [b] c\n",
        "a: [b]# c\n",
        "a: \"b\"# c\n",
        "a: -1\n",
        "a: \ud83d\ude00\n"
      })
  void leavesTheRestToTheEngine(String text) {
    assertThat(QuickReader.read(new SourceText("p.yaml", text))).as(text).isEmpty();
  }

  @Test
  void aSectionCanBeReadAgainAndAnywhere() {
    YamlNode.Mapping root =
        (YamlNode.Mapping) QuickReader.read(new SourceText("p.yaml", POLICY)).orElseThrow();
    YamlNode.Mapping tokens =
        root.entries().stream()
            .filter(entry -> ((YamlNode.Scalar) entry.key()).text().equals("tokens"))
            .map(entry -> (YamlNode.Mapping) entry.value())
            .findFirst()
            .orElseThrow();

    assertThat(tokens.entries()).hasSize(4);
    assertThat(((YamlNode.Scalar) tokens.entries().get(3).key()).text()).isEqualTo("batch");
    assertThat(((YamlNode.Scalar) tokens.entries().get(1).key()).text()).isEqualTo("checkout");
    assertThat(tokens.entries()).isEqualTo(List.copyOf(tokens.entries()));
  }

  @Test
  void readsEveryPolicyOfOursAsTheEngineDoes() throws IOException {
    int read = 0;
    List<Path> policies = policies();
    for (Path policy : policies) {
      read += isAsTheEngineReads(text(policy)) ? 1 : 0;
    }
    assertThat(read).as("those that it reads").isGreaterThan(policies.size() / 2);
  }

  @Test
  void readsMutantsAsTheEngineDoes() throws IOException {
    List<Path> policies = policies();
    int read = 0;
    for (int i = 0; i < COUNT; i++) {
      String origin =
          switch (random.nextInt(4)) {
            case 0 -> text(policies.get(random.nextInt(policies.size())));
            case 1 -> new RandomYaml(random).document();
            default -> POLICY;
          };
      read += isAsTheEngineReads(mutant(origin)) ? 1 : 0;
    }
    assertThat(read).as("those that it reads").isGreaterThan(COUNT / 20);
  }

  private static List<Path> policies() throws IOException {
    try (Stream<Path> fixtures = Files.walk(Path.of("tests-fixtures"));
        Stream<Path> examples = Files.walk(Path.of("examples"))) {
      List<Path> policies =
          Stream.concat(fixtures, examples)
              .filter(path -> path.toString().endsWith(".yaml"))
              .sorted()
              .toList();
      assertThat(policies).hasSizeGreaterThan(20);
      return policies;
    }
  }

  /** The text of a file, which may be no UTF-8. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private String mutant(String origin) {
    StringBuilder text = new StringBuilder(origin);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + (random.nextBoolean() ? 0 : random.nextInt(6)));
      text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** False for a text that the quick reader leaves to the engine. */
  private static boolean isAsTheEngineReads(String text) {
    SourceText source = new SourceText("p.yaml", text);
    Optional<YamlNode> quick = QuickReader.read(source);
    if (quick.isEmpty()) {
      return false;
    }
    try {
      Optional<YamlNode> engine = YamlReader.readWithEngine(source);
      assertThat(quick.toString()).as(() -> about(text)).isEqualTo(engine.toString());
      assertThat(quick).as(() -> about(text)).isEqualTo(engine);
    } catch (InvalidYamlException e) {
      throw new AssertionError(about(text), e);
    }
    return true;
  }

  private static String about(String text) {
    return "seed " + SEED + ":\n" + text;
  }
}
