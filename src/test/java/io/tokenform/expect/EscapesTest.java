package io.tokenform.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected of a database that gets another name, once it has it. */
class EscapesTest {
  private static final Map<String, String> RENAMES = Map.of("orders", "sales");

  /** As it is after the rename: the one token that could write the database still can. */
  private static List<Verdict> judge(Map<String, String> renames, String... expectations)
      throws Exception {
    Policy policy =
        PolicyParser.parse(
            new SourceText(
                "p.yaml",
                "version: 1\ntokens:\n  a: {description: A, permissions: {write: [sales]}}\n"
                    + "expect:\n  - "
                    + String.join("\n  - ", expectations)
                    + "\n"));
    Holder holder =
        Holder.made(policy.tokens().get(0), "A", Permissions.of(Permission.write("sales")));
    return Judge.judge(
        policy.expectations(),
        World.of(
            List.of(holder),
            Optional.of(policy),
            Clusters.with(List.of("logs", "sales")),
            renames));
  }

  private static List<String> messages(List<Verdict> verdicts) {
    return ExpectationFindings.of(verdicts).stream().map(Diagnostic::message).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{database: orders, writers: []}",
        "{database: orders, writers: [a]}",
        "{database: orders, readers: []}",
        "{never: {write: [orders]}}",
        "{never: {write: [logs, orders]}, except: [b]}",
        "{token: a, cannot: {write: [orders]}}",
        "{token: a, can: {write: [orders]}}",
        "{token: \"*\", cannot: {write: [orders]}}",
      })
  void whatHasTheOldNameAloneFailsAndSaysTheNewOne(String expectation) throws Exception {
    List<Verdict> verdicts = judge(RENAMES, expectation);

    assertThat(verdicts).singleElement().matches(verdict -> !verdict.holds());
    List<Diagnostic> denied =
        ExpectationFindings.of(verdicts).stream().filter(Diagnostic::isDenied).toList();
    assertThat(denied)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message())
                  .isEqualTo(
                      "this names the database \"orders\" by its old name, and it gets the name"
                          + " \"sales\": nothing would be expected of its data");
              assertThat(finding.hint()).contains("write the new one, \"sales\"");
              assertThat(finding.where().line()).isEqualTo(5);
            });
    assertThat(messages(verdicts)).noneMatch(text -> text.startsWith("there is no database \"o"));
  }

  @Test
  void aPatternThatFitsTheOldNameAloneFails() throws Exception {
    List<Verdict> verdicts = judge(RENAMES, "{database: \"ord*\", writers: []}");

    assertThat(ExpectationFindings.of(verdicts))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.isDenied()).isTrue();
              assertThat(finding.message())
                  .isEqualTo(
                      "\"ord*\" does not fit the database \"orders\" any more, which gets the name"
                          + " \"sales\": nothing would be expected of its data");
              assertThat(finding.hint()).contains("expect the same of \"sales\"");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{database: \"*s\", writers: [a], readers: []}",
        "{never: {read: [\"*\"]}}",
        "{never: {read: any}}",
        "{never: {read: [orders, sales]}}",
        "{never: {read: [orders, \"sal*\"]}}",
        "{token: a, cannot: {read: [\"*s\"]}}",
        "{database: logs, writers: []}",
      })
  void whatHoldsOfTheNewNameTooIsNoEscape(String expectation) throws Exception {
    assertThat(judge(RENAMES, expectation))
        .singleElement()
        .satisfies(verdict -> assertThat(verdict.escapes()).isEmpty());
  }

  @Test
  void anotherExpectationMaySayTheSameOfTheNewName() throws Exception {
    String old = "{never: {write: [orders]}, except: [b, a]}";

    assertThat(judge(RENAMES, old, "{never: {write: [sales]}, except: [a, b]}"))
        .allMatch(Verdict::holds);
    assertThat(judge(RENAMES, old, "{never: {read: [sales]}, except: [a, b]}").get(0).escapes())
        .hasSize(1);
    assertThat(judge(RENAMES, old, "{never: {write: [sales]}, except: [a, b, c]}").get(0).escapes())
        .hasSize(1);
    assertThat(
            judge(
                    RENAMES,
                    "{database: orders, writers: [], readers: []}",
                    "{database: sales, readers: []}")
                .get(0)
                .escapes())
        .hasSize(1);
    assertThat(
            judge(
                    RENAMES,
                    "{token: a, cannot: {read: [orders]}}",
                    "{token: a, can: {read: [sales]}}",
                    "{token: b, cannot: {read: [sales]}}")
                .get(0)
                .escapes())
        .hasSize(1);
  }

  @Test
  void whatElseAnExpectationSaysStillCounts() throws Exception {
    List<String> found = messages(judge(RENAMES, "{token: a, cannot: {write: [orders, sales]}}"));
    List<String> lacks =
        messages(judge(RENAMES, "{token: a, can: {read: [logs], write: [orders]}}"));

    assertThat(found).anyMatch(text -> text.startsWith("\"a\" can write sales"));
    assertThat(lacks)
        .hasSize(2)
        .anyMatch(text -> text.startsWith("\"a\" cannot read logs"))
        .anyMatch(text -> text.contains("by its old name"));
  }

  @Test
  void withoutARenameAnUnknownNameIsAWarningAsBefore() throws Exception {
    List<Verdict> verdicts = judge(Map.of(), "{database: orders, writers: []}");

    assertThat(verdicts).allMatch(Verdict::holds);
    assertThat(messages(verdicts)).containsExactly("there is no database \"orders\"");
  }
}
