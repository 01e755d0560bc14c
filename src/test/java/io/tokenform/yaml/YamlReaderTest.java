package io.tokenform.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.SourceText;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where the engine and YAML 1.2 differ: what is YAML and was refused, and what is none and was
 * taken. In the texts, {@code ~n} is a line break, {@code ~t} a tab and {@code ~p} a pipe.
 */
class YamlReaderTest {
  private static final long SEED = Long.getLong("json.seed", System.nanoTime());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // The colon of a key in braces may stand in a later line.
        "{\"a\"~n: 1}                          | {a=1}",
        "{\"a\"~n~n  # why~n :1, 'b'~n~t: 2}   | {a=1, b=2}",
        "{a~n: 1, b: {c~n: d}}                 | {a=1, b={c=d}}",
        "{\"a~n b\": 1}                        | {a b=1}",
        "{a~n b: 1}                            | {a b=1}",
        "{x: [{a~n: b}, {~n\"c\"~n:~n\"d\"~n}]} | {x=[{a=b}, {c=d}]}",
        "{[a,~nb]~n: c, {d~n: e}~n: f}         | {[a, b]=c, {d=e}=f}",
        "k: {~n  a~n  :~n  b~n  }              | {k={a=b}}",
        "{a, b~n, c~n: d}                      | {a=, b=, c=d}",
        "{&x a~n: *x}                          | {a=a}",
        // Tabs on blank lines, and behind the indentation of a text.
        "a: b~n~t~n  c                         | {a=b\\nc}",
        "a: b~n  ~t ~n~t~t~n  c~n~t            | {a=b\\n\\nc}",
        "a: b~n  ~tc~n   ~t d                  | {a=b c d}",
        "- a~n ~tb~n- c~n~t~n- d               | [a b, c, d]",
        "- a~n ~t- b                           | [a - b]",
        "k: [a~n ~tb, c~n ~t]                  | {k=[a b, c]}",
        "a~n~tb                                | a b",
        "~t{\"a\": 1}~n~t                      | {a=1}",
        "~t[~n~t1,~n~t2~n~t]                   | [1, 2]",
        "{~n~t\"a\": [~n~t~t1~n~t]~n}          | {a=[1]}",
        // These tabs are part of the text.
        "a: ~p~n  b~n  ~t~n  c                  | {a=b\\n\\t\\nc\\n}",
        "a: ~p~n  ~tb                           | {a=\\tb\\n}",
        // Not indented less than their blocks.
        "[a,~nb~n]                             | [a, b]",
        "\"a~nb\"                              | a b",
        "k: [a,~n b~n ]                        | {k=[a, b]}",
        "k: [a,~n# here~n b]                   | {k=[a, b]}",
        "k: \"a~n~n b\"                        | {k=a\\nb}",
        "- - [a,~n   b]                        | [[[a, b]]]",
        "k:~n- [a,~n b]                        | {k=[[a, b]]}",
        "k: ~p~n  a~n#c~nl: 1                   | {k=a\\n, l=1}",
        // No comments.
        "k: a#b                                | {k=a#b}",
        "k: \"a#b\"                            | {k=a#b}",
        "k: [a#b, \"c#\"]                      | {k=[a#b, c#]}",
      })
  void thisIsYaml(String written, String meaning) throws Exception {
    String text = text(written);

    assertThat(meaning(text)).isEqualTo(meaning);
    assertThat(meaning(PolicyFormat.format(new SourceText("t", text)))).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "k: \"a\"#b               | 1:7  | a comment needs a space before its number sign",
        "k: 'a'#b                 | 1:7  | a comment needs a space before its number sign",
        "k: [a]#b                 | 1:7  | a comment needs a space before its number sign",
        "{k: {a: [b]}}#c          | 1:14 | a comment needs a space before its number sign",
        "k: [a,#b~n a]            | 1:7  | a comment needs a space before its number sign",
        "k: [#b~n a]              | 1:5  | a comment needs a space before its number sign",
        "{\"k\":#b~n a}           | 1:6  | a comment needs a space before its number sign",
        "\u00e9\ud83d\ude00: \"a\"#b | 1:8 | a comment needs a space before its number sign",
        "k: [~n a~n]              | 3:1  | this line stands in brackets, and is not indented",
        "k: [a,~nb]               | 2:1  | this line stands in brackets, and is not indented",
        "k: {a: b,~nc: d}         | 2:1  | this line stands in brackets, and is not indented",
        "k: {~n  a: b~n}          | 3:1  | this line stands in brackets, and is not indented",
        "k: [a~nb]                | 2:1  | this line stands in brackets, and is not indented",
        "a:~n  k: [~n    b~n  ]   | 4:3  | this line stands in brackets, and is not indented",
        "k:~n- [a,~nb]            | 3:1  | this line stands in brackets, and is not indented",
        "- - [a,~n  b]            | 2:3  | this line stands in brackets, and is not indented",
        "k: \"a~nb\"              | 2:1  | this line stands in quotes, and is not indented",
        "k: 'a~n~nb'              | 3:1  | this line stands in quotes, and is not indented",
        "a:~n  k: \"b~n  c\"      | 3:3  | this line stands in quotes, and is not indented",
        "k: [\"a~nb\"]            | 2:1  | this line stands in quotes, and is not indented",
        "k: [~n~ta]               | 2:1  | a tab cannot indent a line in brackets",
        "k: [a~n~t]               | 2:1  | a tab cannot indent a line in brackets",
        "a:~n  k: [~n  ~tb]       | 3:3  | a tab cannot indent a line in brackets",
        "k: \"a~n~tb\"            | 2:1  | a tab cannot indent a line in quotes",
        "k: a~n~tb                | 2:1  | a tab cannot indent YAML",
        "[\"a\"~n: b]             | 1:1  | this list is not closed",
        // What is missing says more than where the rest stands.
        "k: [a~nl: b              | 1:4  | this list is not closed",
        "k: [a,~nl: [b]           | 2:1  | this line stands in brackets, and is not indented",
      })
  void thisIsNoYaml(String written, String place, String message) {
    SourceText source = new SourceText("t", text(written));

    InvalidYamlException invalid =
        catchThrowableOfType(InvalidYamlException.class, () -> YamlReader.read(source));

    assertThat(invalid).isNotNull();
    Diagnostic finding = invalid.diagnostic();
    assertThat(finding.where()).hasToString("t:" + place);
    assertThat(finding.message()).startsWith(message);
    assertThat(finding.hint()).isPresent();
  }

  /** A tab that the engine stops at is replaced, and the text read again. */
  @Test
  void aTextFullOfTabsIsReadAFewTimesAtMost() throws InvalidYamlException {
    int many = 200_000;

    assertThat(meaning("a: b\n" + "  \tc\n".repeat(many)))
        .isEqualTo("{a=b" + " c".repeat(many) + "}");
    assertThat(meaning("a: b\n" + "\t\n".repeat(many) + "  c"))
        .isEqualTo("{a=b" + "\\n".repeat(many) + "c}");
    assertThat(meaning("b\n" + "\tc\n".repeat(500))).isEqualTo("b" + " c".repeat(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{[", "{[a,", "{a: "})
  void openBracesWithoutEndAreBounded(String opening) {
    SourceText source = new SourceText("t", opening.repeat(200_000));

    assertThat(catchThrowableOfType(InvalidYamlException.class, () -> YamlReader.read(source)))
        .isNotNull();
  }

  /** Give -Djson.seed to repeat a run. */
  @Test
  void everyJsonDocumentIsRead() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < 2_000; i++) {
      Random random = new Random(SEED + i);
      String written = space(random) + collection(random, 0) + space(random);

      assertThat(meaning(written))
          .as("seed %d: %s", SEED + i, written)
          .isEqualTo(meaning(json.readTree(written)));
    }
  }

  private static String space(Random random) {
    String space = "";
    while (random.nextInt(3) == 0) {
      space += new String[] {" ", "\t", "\n", "\r\n", "  "}[random.nextInt(5)];
    }
    return space;
  }

  private static String value(Random random, int depth) {
    int kind = random.nextInt(depth > 3 ? 4 : 6);
    if (kind > 3) {
      return collection(random, depth);
    }
    return kind == 0 ? string(random) : new String[] {"1", "true", "-2.5e3"}[kind - 1];
  }

  private static String collection(Random random, int depth) {
    boolean isMap = random.nextBoolean();
    StringBuilder written = new StringBuilder(isMap ? "{" : "[").append(space(random));
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      written.append(i == 0 ? "" : "," + space(random));
      if (isMap) {
        written.append("\"k").append(i).append("\"").append(space(random)).append(':');
        written.append(space(random));
      }
      written.append(value(random, depth + 1)).append(space(random));
    }
    return written.append(isMap ? "}" : "]").toString();
  }

  private static String string(Random random) {
    String[] parts = {"a", " ", "\\n", "\\t", "\\/", "\\\"", "\\u00e9", "#", ":", "'", "{", "]"};
    StringBuilder string = new StringBuilder("\"");
    for (int i = random.nextInt(5); i > 0; i--) {
      string.append(parts[random.nextInt(parts.length)]);
    }
    return string.append('"').toString();
  }

  private static String text(String written) {
    return written.replace("~n", "\n").replace("~t", "\t").replace("~p", "|");
  }

  private static String meaning(String text) throws InvalidYamlException {
    return shown(meaning(YamlReader.read(new SourceText("t", text)).orElseThrow()));
  }

  private static String meaning(YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar) {
      return scalar.text();
    }
    if (node instanceof YamlNode.Sequence sequence) {
      return sequence.items().stream()
          .map(YamlReaderTest::meaning)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return ((YamlNode.Mapping) node)
        .entries().stream()
            .map(entry -> meaning(entry.key()) + "=" + meaning(entry.value()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String meaning(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream()
          .map(YamlReaderTest::meaning)
          .map(YamlReaderTest::shown)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (node.isObject()) {
      return node.propertyStream()
          .map(entry -> entry.getKey() + "=" + meaning(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return node.isDouble() ? "-2.5e3" : shown(node.asText());
  }

  private static String shown(String text) {
    return text.replace("\n", "\\n").replace("\t", "\\t");
  }
}
