package io.tokenform.policy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that were written to hurt: they cost little, and what they hide stays hidden. */
@Timeout(value = 900, unit = SECONDS)
class HostilePolicyTest {
  private static final String DATABASE_TOKEN = "apiv1_" + "Zq9Xw8Yv".repeat(8);
  private static final String WEB_TOKEN = "eyJZq9Xw8YvZq9Xw8Yv.Zq9Xw8YvZq9Xw8Yv.Zq9Xw8YvZq9Xw8Yv";

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[{a: ", "&a [", "{? "})
  void aDeepNestIsRefusedAtItsLimit(String opening) {
    assertThat(Reading.findings(opening.repeat(100_000)))
        .extracting(Diagnostic::code, Diagnostic::message)
        .containsExactly(tuple(Code.TOO_DEEP, "values are nested more than 64 deep"));
  }

  @Test
  void theLimitOfDepthIsExact() {
    assertThat(codes("[".repeat(64) + "]".repeat(64))).containsExactly(Code.WRONG_TYPE);
    assertThat(Reading.shown("[".repeat(65) + "]".repeat(65)))
        .startsWith("p.yaml:1:65: error[too-deep]: values are nested more than 64 deep\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "{? [%s] : x}", "[[[%s]]]"})
  void anAliasBombIsRefused(String shape) {
    String bomb =
        IntStream.range(1, 30)
            .mapToObj(
                i ->
                    "a%d: &a%d %s\n"
                        .formatted(i, i, shape.formatted(("*a" + (i - 1) + " ,").repeat(10))))
            .collect(Collectors.joining("", "a0: &a0 [x]\n", ""));
    assertThat(Reading.findings(bomb))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(Code.TOO_MANY_ALIASES);
              assertThat(finding.message())
                  .isEqualTo("the aliases of this file stand for more than 1000000 values");
            });
  }

  @Test
  void manyFaultsBelowManyAliasesAreToldOnce() {
    String policy =
        "version: 1\ntokens:\n  a: {description: d, permissions: &p {read: ["
            + "1, ".repeat(200)
            + "]}}\n"
            + IntStream.range(0, 2_000)
                .mapToObj(i -> "  b%d: {description: d%d, permissions: *p}\n".formatted(i, i))
                .collect(Collectors.joining());
    assertThat(Reading.findings(policy)).hasSize(200);
  }

  @Test
  void aVeryLongLineAndManyFindingsInItAreTold() {
    String policy = "{version: 1, tokens: {" + "a: 5, ".repeat(300) + "}}";
    assertThat(Reading.shown(policy).lines().filter(line -> line.contains(": error[")))
        .hasSize(300);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 1_020, 1_023, 1_024, 1_025, 2_048, 5_000, 70_000})
  void anUnprintableCharacterIsRefusedWhereItStands(int before) {
    String comment = ("# \ud83d\ude00" + "x".repeat(17) + "\r\n").repeat(before / 20);
    String line = "\ud83d\ude00".repeat(before % 20);
    assertThat(Reading.findings(comment + line + "\u0007"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message())
                  .isEqualTo("the character U+0007 is not allowed in YAML");
              assertThat(finding.where())
                  .hasToString("p.yaml:%d:%d".formatted(before / 20 + 1, before % 20 + 1));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0, 0x1, 0x8, 0xB, 0xC, 0x1B, 0x80, 0x9F, 0xFFFE, 0xFFFF})
  void charactersThatYamlForbidsAreNamed(int character) {
    assertThat(Reading.findings("a: " + Character.toString(character)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(Code.INVALID_CHARACTER);
              assertThat(finding.where()).hasToString("p.yaml:1:4");
              assertThat(finding.message()).contains("U+%04X".formatted(character));
            });
  }

  static Stream<Arguments> secretPolicies() {
    return Stream.of(DATABASE_TOKEN, WEB_TOKEN)
        .flatMap(
            secret ->
                Stream.of(
                        "version: 1 # %s\n",
                        "# %s",
                        "#%s\nversion: 2",
                        "%s",
                        "%s: x\n",
                        "version: %s\n",
                        "version: 1\n%s: 1\n%s: 2\n",
                        "version: 1\ntokens: {a: {id: %s, descripton: x, mode: %s}}",
                        "version: 1\ntokens: {a: {id: '%s', %s: x}, %s: {}, %s: {}}",
                        "version: 1\ntokens: {%s: 5}",
                        "version: 1\ntokens: {a: {description: d, permissions: {%s: [x]}}}",
                        "version: 1\ntokens: {a: {description: d, permissions: {read: %s}}}",
                        "version: 1\ntokens: {a: {description: d, permissions: {read: [%s]}}}",
                        "version: 1\ntokens: {a: {description: d, permissions: [{action: %s}]}}",
                        "version: 1\ntokens: {a: {description: d, permissions: %s}}",
                        "version: 1\ntokens:\n  a:\n    description: |\n      %s\n",
                        "version: 1\ncluster: {product: %s}",
                        "version: 1\ncluster: {product: sandbox, seed: %s, accountId: %s}",
                        "version: 1\ncluster: {product: clustered, url: 'https://%s@host'}",
                        "version: 1\ncluster: {product: clustered, url: 'https://host/?%s'}",
                        "version: 1\ntokens: !%s {}",
                        "version: 1\ntokens: !!%s {}",
                        "version: 1\ntokens: !<%s> {}",
                        "version: 1\ntokens: *%s\n",
                        "version: 1\ntokens: &%s \"\n",
                        "version: 1\ntokens: \"%s\\q\"\n",
                        "version: 1\ntokens: [%s\n",
                        "version: 1\n---\n%s",
                        "version: 1\ntokens: @%s",
                        "%%%s\n---\nversion: 2",
                        "%%TAG !e! %s\n---\nversion: !e!x 2",
                        "version: 1\ntokens: !%s!x y",
                        "\u0007%s",
                        "%s\u0007",
                        "\t%s: x")
                    .map(policy -> Arguments.of(policy.replace("%s", secret).replace("%%", "%"))));
  }

  @ParameterizedTest
  @MethodSource("secretPolicies")
  void aSecretAnywhereIsRefusedAndNoPartOfItIsShown(String policy) {
    List<Diagnostic> findings = Reading.findings(policy);
    assertThat(findings).extracting(Diagnostic::code).contains(Code.SECRET_IN_POLICY);
    assertThat(Reading.shown(findings)).doesNotContain("Zq9", "Xw8", "8Yv", "apiv1_", "eyJ");
  }

  @Test
  void aSecretIsMarkedWhereItStands() {
    assertThat(Reading.shown("version: 1\ntokens: {} # " + DATABASE_TOKEN + ", was " + WEB_TOKEN))
        .isEqualTo(
            """
            p.yaml:2:14: error[secret-in-policy]: this looks like a secret, and a policy must not contain any
              2 | tokens: {} # [secret], was [secret]
                |              ^^^^^^^^
              hint: remove it and revoke it; the history of the repository may hold it too. If it is an example, write <secret> in its place
            p.yaml:2:90: error[secret-in-policy]: this looks like a secret, and a policy must not contain any
              2 | tokens: {} # [secret], was [secret]
                |                            ^^^^^^^^
              hint: remove it and revoke it; the history of the repository may hold it too. If it is an example, write <secret> in its place
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\x61piv1_Zq9Xw8YvZq9Xw8Yv\"",
        "\"\\u0061piv1_Zq9Xw8YvZq9Xw8Yv\"",
        "\"apiv1_Zq9Xw8Yv\\\n  Zq9Xw8YvZq9Xw8Yv\"",
        "\"apiv1\\x5fZq9Xw8YvZq9Xw8Yv\"",
      })
  void aSecretThatEscapesSpellIsRefusedAndNotShown(String scalar) {
    for (String policy :
        List.of("version: 1\ndescription: " + scalar, "version: 1\n? " + scalar + "\n: x")) {
      List<Diagnostic> findings = Reading.findings(policy);
      assertThat(findings).extracting(Diagnostic::code).containsExactly(Code.SECRET_IN_POLICY);
      assertThat(Reading.shown(findings)).doesNotContain("Zq9", "Xw8", "8Yv", "piv1_");
    }
  }

  private static List<Code> codes(String policy) {
    return Reading.findings(policy).stream().map(Diagnostic::code).toList();
  }
}
