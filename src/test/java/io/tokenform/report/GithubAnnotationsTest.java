package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.report.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GithubAnnotationsTest {
  private static final Pattern COMMAND = Pattern.compile("::([a-z]+) (.*?)::(.*)");

  @Test
  void aFindingIsACommandAtItsPlace() {
    SourceText source = new SourceText("tokens.yaml", "");
    Location where = new Location(source, 5, 5, 10);
    Diagnostic error =
        Diagnostic.error(Code.UNKNOWN_KEY, where, "a token has no key \"permisions\"")
            .hint("did you mean \"permissions\"?");
    Diagnostic warning =
        Diagnostic.warning(
                Guardrail.UNKNOWN_DATABASE.code(), where, "100% wrong, really: see there")
            .alsoAt(new Location(source, 3, 1, 2));

    assertThat(GithubAnnotations.render(List.of(error, warning), "all", UnaryOperator.identity()))
        .isEqualTo(
            """
            ::error file=tokens.yaml,line=5,col=5,endColumn=15,title=unknown-key::a token has no key "permisions"%0Ahint: did you mean "permissions"?
            ::warning file=tokens.yaml,line=5,col=5,endColumn=15,title=unknown-database::100%25 wrong, really: see there%0Asee also tokens.yaml:3:1
            """);
    assertThat(GithubAnnotations.render(List.of(), "all", UnaryOperator.identity())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::error::x",
        "\n::error::x\r\n::stop-commands::y",
        "%0A::error::x%0D%25%3A%2C",
        "a,line=99,title=b::c",
        "a=b, c",
        "\u2028::error::x\u0085::error::y\u000b\f",
        "##[error]x",
        "\u001b[31m\u202e",
        "\ud83d\ude00 Gr\u00fc\u00dfe \u6f22",
        "%",
        ":",
      })
  void hostileTextStaysInItsPlaceOfItsOnlyCommand(String hostile) {
    SourceText source = new SourceText(hostile, hostile);
    Diagnostic finding =
        Diagnostic.error(Code.UNKNOWN_KEY, new Location(source, 1, 2, 3), hostile)
            .alsoAt(new Location(source, 4, 5, 6))
            .hint(hostile);

    List<String> lines =
        GithubAnnotations.render(List.of(finding), "all", UnaryOperator.identity())
            .lines()
            .toList();

    assertThat(lines).hasSize(1);
    Matcher command = COMMAND.matcher(lines.get(0));
    assertThat(command.matches()).as(lines.get(0)).isTrue();
    assertThat(command.group(1)).isEqualTo("error");
    String shown = Printable.line(hostile);
    assertThat(properties(command.group(2)))
        .containsExactly(
            Map.entry("file", shown),
            Map.entry("line", "1"),
            Map.entry("col", "2"),
            Map.entry("endColumn", "5"),
            Map.entry("title", "unknown-key"));
    assertThat(unescapedData(command.group(3)))
        .isEqualTo(shown + "\nsee also " + Printable.line(hostile + ":4:5") + "\nhint: " + shown);
  }

  @Test
  void secretsAreMaskedEverywhere() {
    String secret = "apiv1_" + "A1b2C3d4".repeat(4);
    Location where = new Location(new SourceText(secret, secret), 1, 1, 1);
    Diagnostic finding =
        Diagnostic.error(Code.UNKNOWN_KEY, where, secret).alsoAt(where).hint(secret);
    assertThat(GithubAnnotations.render(List.of(finding), "all", UnaryOperator.identity()))
        .isEqualTo(
            "::error file=[secret],line=1,col=1,endColumn=2,title=unknown-key::[secret]"
                + "%0Asee also [secret]:1:1%0Ahint: [secret]\n");
  }

  /** As the runner reads them (actions/runner, ActionCommand.TryParseV2). */
  private static Map<String, String> properties(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String property : text.split(",", -1)) {
      String[] pair = property.split("=", 2);
      properties.put(pair[0], unescapedData(pair[1].replace("%3A", ":").replace("%2C", ",")));
    }
    return properties;
  }

  private static String unescapedData(String text) {
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
  }
}
