package io.tokenform.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.PolicySource;
import io.tokenform.policy.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFormatTest {
  @Test
  void aPolicyIsLaidOut() throws InvalidPolicyException {
    assertThat(
            formatted(
                """


                # yaml-language-server: $schema=policy.schema.json
                # Our tokens.
                version:   1
                cluster:
                    product: 'cloud-dedicated'      # the vendor's
                    accountId:  11111111-1111-4111-8111-111111111111


                    clusterId: 33333333-3333-4333-8333-333333333333
                roles:
                    telemetry: {read: [metrics,logs]}
                    billing: { read: [ orders ] }
                tokens:

                    # Dashboards.
                    grafana:        # shall read the logs too
                        description: "Grafana"
                        roles:
                        - telemetry   # a role
                        - 'billing'
                    telegraf:
                        permissions:
                        - { action: write, resource: metrics }
                    # the end of the tokens? no: of nothing
                # the end
                """))
        .isEqualTo(
            """
            # yaml-language-server: $schema=policy.schema.json
            # Our tokens.
            version: 1

            cluster:
              product: "cloud-dedicated"  # the vendor's
              accountId: 11111111-1111-4111-8111-111111111111

              clusterId: 33333333-3333-4333-8333-333333333333

            roles:
              telemetry: {read: [metrics, logs]}
              billing: {read: [orders]}

            tokens:
              # Dashboards.
              grafana:  # shall read the logs too
                description: "Grafana"
                roles:
                  - telemetry  # a role
                  - "billing"

              telegraf:
                permissions:
                  - {action: write, resource: metrics}
              # the end of the tokens? no: of nothing
            # the end
            """);
  }

  @Test
  void databasesHaveBlankLinesBetweenThemAsTokensHave() throws InvalidPolicyException {
    assertThat(
            formatted(
                """
                version: 1
                databases:
                  orders:
                      retention:   90d
                      partitionTemplate:
                      - {type: tag,value: region}
                  logs: {retention: infinite}
                  metrics: {}
                """))
        .isEqualTo(
            """
            version: 1

            databases:
              orders:
                retention: 90d
                partitionTemplate:
                  - {type: tag, value: region}

              logs: {retention: infinite}
              metrics: {}
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing but a comment\n",
        "version: 1\n",
        "version: 1\nx: 2\n",
        "version: 1\n\ntokens: {}\n",
        "tokens:\n  a: {b: c}\n  d: {e: f}\n",
        "tokens:\n  a: {b: c}\n\n  d: {e: f}\n",
        "a: &a [b, c]\nd: *a\n*a : !!str e\n",
        "a: |\n  b\n   c\n\n  # d\n# e\n",
        "a: |+\n  b\n\n",
        "a: |-  # b\n  c\n\nd: >2\n    e\n  f\n",
        "tokens:\n  # grafana: {}\n",
        "tokens:  # none yet\n",
        "- a\n-\n  # b\n  c: d\n- - e\n  - f\n",
        "? - a\n:\n  - b\n",
        "%YAML 1.2\n---\na: b\n",
      })
  void whatIsCanonicalStays(String text) throws InvalidPolicyException {
    assertThat(formatted(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a:    b                  | a: b",
        "a : b                    | a: b",
        "- a                      | - a",
        "-    a: b                | - a: b",
        "-   - a                  | - - a",
        "{ a: b,c: d }            | {a: b, c: d}",
        "{ a, b: , \"c\":d }      | {a, b:, \"c\": d}",
        "[ a,b, ]                 | [a, b]",
        "[ a: b ]                 | [{a: b}]",
        "[ ? a : b ]              | [{a: b}]",
        "a: [  ]                  | a: []",
        "a: {  }                  | a: {}",
        "[!!str , &a , *a]        | [!!str , &a , *a]",
        "{*a : &a b, &b : c}      | error",
        "? a                      | a:",
        "'a': 'b'                 | \"a\": \"b\"",
        "a: 'it''s'               | a: \"it's\"",
        "a: 'say \"b\"'           | a: 'say \"b\"'",
        "a: 'b\\c'                | a: 'b\\c'",
        "a: \"b\\x41\"            | a: \"b\\x41\"",
        "a: b#c #d                | a: b#c  #d",
        "a: \"b\" #c              | a: \"b\"  #c",
        "--- a                    | a",
        "--- {a: b} # c           | {a: b}  # c",
      })
  void aLineIsLaidOut(String before, String after) throws InvalidPolicyException {
    if (after.equals("error")) {
      assertThat(catchThrowableOfType(InvalidPolicyException.class, () -> formatted(before)))
          .isNotNull();
    } else {
      assertThat(formatted(before + "\n")).isEqualTo(after + "\n");
    }
  }

  @Test
  void lineEndsAndTheFilesEndsAreCanonical() throws InvalidPolicyException {
    String canonical = "# a\nb: c\n\nd: |\n  e\n";
    for (String lineEnd : new String[] {"\n", "\r\n", "\r"}) {
      String text = canonical.replace("\n", lineEnd);
      assertThat(formatted(text)).isEqualTo(canonical);
      assertThat(formatted("\ufeff" + text)).isEqualTo(canonical);
      assertThat(formatted(lineEnd + " \t" + lineEnd + text + lineEnd + " " + lineEnd))
          .isEqualTo(canonical);
    }
    assertThat(formatted("a: b \t\nc:\t \n# d \t\ne: f   # g\t"))
        .isEqualTo("a: b\nc:\n# d\ne: f  # g\n");
    assertThat(formatted("a: b")).isEqualTo("a: b\n");
    assertThat(formatted("a: |+\r  b\r\r")).isEqualTo("a: |+\n  b\n\n");
  }

  @Test
  void blankLinesAreTheAuthorsButForThoseBetweenSections() throws InvalidPolicyException {
    assertThat(
            formatted(
                """
                a: 1
                b: 2


                # about c

                c:

                  d: 1


                  # about e
                  e: 2
                # about f
                f: 3
                roles:
                  g: [h]
                  i: {j: k}
                  # about l
                  l:
                    - m
                  n: {o: p}
                tokens:
                  q:
                    r: s
                  t: {u: v}

                """))
        .isEqualTo(
            """
            a: 1
            b: 2

            # about c

            c:
              d: 1

              # about e
              e: 2

            # about f
            f: 3

            roles:
              g: [h]
              i: {j: k}

              # about l
              l:
                - m

              n: {o: p}

            tokens:
              q:
                r: s

              t: {u: v}
            """);
  }

  @Test
  void aFlowCollectionThatIsTooWideBecomesABlock() throws InvalidPolicyException {
    String names = "abcdef, ".repeat(11);
    String fits = "k: [" + names + "abcdefg]";
    assertThat(fits).hasSize(100);
    assertThat(formatted(fits + "  # c\n")).isEqualTo(fits + "  # c\n");
    String block = "  - abcdef\n".repeat(11);
    assertThat(formatted("k: [" + names + "abcdefgh]  # c\n"))
        .isEqualTo("k:  # c\n" + block + "  - abcdefgh\n");
    assertThat(formatted("- [" + names + "abcdefghij]  # c\n"))
        .isEqualTo("-  # c\n" + block + "  - abcdefghij\n");
    assertThat(formatted("{a: {b: [" + names + "], c: [" + names + "]}}\n"))
        .isEqualTo(
            "a:\n  b: ["
                + names.strip().replaceAll(",$", "]")
                + "\n  c: ["
                + names.strip().replaceAll(",$", "]")
                + "\n");
  }

  @Test
  void aFlowCollectionWithCommentsInsideBecomesABlock() throws InvalidPolicyException {
    assertThat(
            formatted(
                """
                a: [ # open
                  b, # bee
                  # sea
                  c
                  , {d: e, # dee
                     f: g},

                  [h]  # aitch
                  # the end
                 ] # close
                i: { # empty
                  }
                """))
        .isEqualTo(
            """
            # close
            a:  # open
              - b  # bee
              # sea
              - c
              - d: e  # dee
                f: g

              - [h]  # aitch
              # the end

            # empty
            i: {}
            """);
  }

  @Test
  void everyCommentHasItsPlace() throws InvalidPolicyException {
    assertThat(
            formatted(
                """
                # top
                a: # beside a
                      # above b
                      b: 1 # beside b
                       # below b
                      # end of the block
                  # end of the block, too
                # above c
                c:
                  # no value yet
                d: # above d
                  e # beside d
                f:
                - g
                # above h
                - h
                  # below h
                # above i
                i: &i # beside i
                  j: |  # beside j
                    # text
                 # after the text
                k: # beside k
                -   # beside a dash
                  # above l
                  l: m
                """))
        .isEqualTo(
            """
            # top
            a:  # beside a
              # above b
              b: 1  # beside b
                # below b
              # end of the block
              # end of the block, too

            # above c
            c:
              # no value yet

            # above d
            d: e  # beside d

            f:
              - g
              # above h
              - h
                # below h

            # above i
            i: &i  # beside i
              j: |  # beside j
                # text
              # after the text

            k:  # beside k
              -  # beside a dash
                # above l
                l: m
            """);
  }

  @Test
  void documentMarkersGoUnlessADirectiveNeedsThem() throws InvalidPolicyException {
    assertThat(formatted("# a\n--- # b\n# c\nd: e # f\n... # g\n# h\n"))
        .isEqualTo("# a\n# b\n# c\nd: e  # f\n# g\n# h\n");
    assertThat(formatted("# a\n%YAML 1.2 # b\n\n# c\n--- # d\n# e\n\nf: g\n...\n"))
        .isEqualTo("# a\n%YAML 1.2  # b\n\n# c\n---  # d\n# e\n\nf: g\n");
    assertThat(formatted("---\n# a\n...\n")).isEqualTo("# a\n");
    assertThat(formatted("---\n")).isEmpty();
    // Only a document marker at the start of a line is one.
    assertThat(formatted(" --- a: b\n")).isEqualTo("\"--- a\": b\n");
  }

  @Test
  void aBlockScalarKeepsItsText() throws InvalidPolicyException {
    assertThat(
            formatted(
                """
                a: |
                       b

                         c


                d: >+ # keep
                 e
                 f

                 g


                h: |3-
                      i
                    j
                k: |
                l: |+

                m: |-
                  n
                """))
        .isEqualTo(
            """
            a: |
              b

                c

            d: >+  # keep
              e
              f

              g


            h: |2-
                 i
               j

            k: ""

            l: "\\n"

            m: |-
              n
            """
                .replace("k: \"\"\n\nl", "k: \"\"\nl"));
    assertThat(formatted("|\n a\n")).isEqualTo("|\n  a\n");
    assertThat(formatted("- |-\n a")).isEqualTo("- |-\n  a\n");
    assertThat(formatted("a: |\n b\u0085c\n")).isEqualTo("a: \"b\\u0085c\\n\"\n");
  }

  @Test
  void aScalarOfSeveralLinesIsWrittenOnOne() throws InvalidPolicyException {
    assertThat(
            formatted(
                """
                a: one
                  two
                b: one

                  two
                c: 'it''s
                  "two"'
                d: "one\\
                  \\ two \\
                  \\u202e \\U0001f600 \\t \\\\

                  three"
                ? one
                  two
                : three
                """))
        .isEqualTo(
            """
            a: one two
            b: "one\\ntwo"
            c: "it's \\"two\\""
            d: "one two \\u202e \ud83d\ude00 \\t \\\\\\nthree"
            one two: three
            """);
  }

  @Test
  void aKeyThatCannotStandInALineKeepsItsQuestionMark() throws InvalidPolicyException {
    String longKey = "k".repeat(1_010);
    assertThat(
            formatted(
                """
                ? [a,  b]
                : c
                ? - d # dee
                # between
                : # value
                  e
                ? |
                  f
                : - g
                ? %s
                : h
                ?
                : i
                """
                    .formatted(longKey)))
        .isEqualTo(
            """
            [a, b]: c

            ? - d  # dee
              # between
              # value
            : e

            ? |
              f
            :
              - g

            ? %s
            : h

            ?
            : i
            """
                .formatted(longKey));
  }

  @Test
  void whatIsNoPolicyIsLaidOutAllTheSame() throws InvalidPolicyException {
    assertThat(formatted("unknown:   {  key: [ 1,2 ] }\nversion: x\nversion: y\n"))
        .isEqualTo("unknown: {key: [1, 2]}\nversion: x\nversion: y\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [",
        "a: b\n---\nc: d",
        "a: *b",
        "a: !x b",
        "\u0007",
        "\"\\ud800\"",
        "%YAML 2.0\n--- a"
      })
  void whatIsNoYamlIsRefusedAsItsReaderRefusesIt(String text) {
    InvalidPolicyException invalid =
        catchThrowableOfType(InvalidPolicyException.class, () -> formatted(text));
    InvalidYamlException refused =
        catchThrowableOfType(InvalidYamlException.class, () -> YamlReader.read(source(text)));
    assertThat(Reading.shown(invalid.findings()))
        .isEqualTo(Reading.shown(List.of(refused.diagnostic())));
  }

  @Test
  void theExamplesAreCanonical() throws IOException, InvalidPolicyException {
    try (Stream<Path> files = Files.walk(Path.of("examples"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        assertThat(formatted(Files.readString(file))).hasToString(Files.readString(file));
      }
    }
  }

  @Test
  void theDeepestNestThatIsReadIsLaidOut() throws InvalidPolicyException {
    String nest = "[".repeat(YamlReader.MAX_DEPTH) + "]".repeat(YamlReader.MAX_DEPTH);
    assertThat(formatted(nest)).isEqualTo("- ".repeat(63) + "[]\n");
    assertThat(formatted("{a: ".repeat(64) + "}".repeat(64))).contains(" a:");
  }

  @Test
  @Timeout(900)
  void aLargePolicyTakesLittleTime() throws InvalidPolicyException {
    String tokens =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "  t%d: {description: d%d, permissions: {read: [m]}}\n".formatted(i, i))
            .collect(Collectors.joining());
    String text = "version: 1\n\ntokens:\n" + tokens;
    assertThat(formatted(text)).isEqualTo(text);
    String flow = "{tokens: [" + String.join(", ", Collections.nCopies(20_000, "a")) + "]}";
    assertThat(formatted(flow)).hasLineCount(20_001);
  }

  private static String formatted(String text) throws InvalidPolicyException {
    SourceText source = source(text);
    String once = PolicyFormat.format(source);
    assertThat(PolicyFormat.format(new SourceText("p.yaml", once)))
        .as("formatted again")
        .isEqualTo(once);
    return once;
  }

  private static SourceText source(String text) throws InvalidPolicyException {
    return PolicySource.decode("p.yaml", text.getBytes(StandardCharsets.UTF_8));
  }
}
