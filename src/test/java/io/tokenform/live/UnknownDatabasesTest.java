package io.tokenform.live;

import static io.tokenform.live.LiveTokens.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.TokenName;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Severity;
import io.tokenform.finding.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownDatabasesTest {
  @Test
  void databasesOfTheClusterAndAllDatabasesAreKnown() throws Exception {
    assertThat(
            found(
                """
                tokens:
                  a: {description: a, permissions: {read: [metrics, "*"], write: [logs]}}
                """))
        .isEmpty();
  }

  @Test
  void aDatabaseThatTheClusterDoesNotHaveIsAWarningWhereItIsNamedFirst() throws Exception {
    List<Diagnostic> found =
        found(
            """
            tokens:
              a: {description: a, permissions: {read: [metrics]}}
              b: {description: b, permissions: {read: [invoices]}}
            """);

    assertThat(found).hasSize(1);
    Diagnostic warning = found.get(0);
    assertThat(warning.code()).isEqualTo(Guardrail.UNKNOWN_DATABASE.code());
    assertThat(warning.severity()).isEqualTo(Severity.WARNING);
    assertThat(warning.message())
        .isEqualTo("the cluster has no database \"invoices\", named by \"b\"");
    assertThat(warning.hint()).contains("check the name, or create the database");
    assertThat(warning.where()).hasToString("tokens.yaml:4:44");
    assertThat(warning.subjects())
        .containsExactly(Subject.ofDatabase("invoices"), Subject.of(new TokenName("b")));
  }

  @Test
  void aMistypedDatabaseGetsTheOneThatIsNear() throws Exception {
    List<Diagnostic> found = found("tokens: {a: {description: a, permissions: {read: [metircs]}}}");

    assertThat(found)
        .singleElement()
        .satisfies(one -> assertThat(one.hint()).contains("did you mean \"metrics\"?"));
  }

  @Test
  void theOtherTokensThatNameItAreCountedAndAreSubjects() throws Exception {
    String two =
        """
        tokens:
          a: {description: a, permissions: {read: [invoices], write: [invoices]}}
          b: {description: b, permissions: {read: [invoices]}}
        """;
    String three = two + "  c: {description: c, permissions: {write: [invoices]}}\n";

    assertThat(found(two))
        .extracting(Diagnostic::message)
        .containsExactly(
            "the cluster has no database \"invoices\", named by \"a\" and 1 more token");
    List<Diagnostic> found = found(three);
    assertThat(found)
        .extracting(Diagnostic::message)
        .containsExactly(
            "the cluster has no database \"invoices\", named by \"a\" and 2 more tokens");
    assertThat(found.get(0).subjects())
        .containsExactly(
            Subject.ofDatabase("invoices"),
            Subject.of(new TokenName("a")),
            Subject.of(new TokenName("b")),
            Subject.of(new TokenName("c")));
  }

  @Test
  void aTokenThatNamesItTwiceCountsOnce() throws Exception {
    assertThat(found("tokens: {a: {description: a, permissions: {read: [bills], write: [bills]}}}"))
        .extracting(Diagnostic::message)
        .containsExactly("the cluster has no database \"bills\", named by \"a\"");
  }

  @Test
  void whatARoleNamesIsFoundToo() throws Exception {
    assertThat(
            found(
                """
                roles:
                  billing: {read: [invoices]}
                tokens:
                  a: {description: a, roles: [billing]}
                """))
        .extracting(one -> one.where().toString())
        .containsExactly("tokens.yaml:3:20");
  }

  @Test
  void theWarningsAreInTheOrderOfTheNames() throws Exception {
    assertThat(found("tokens: {a: {description: a, permissions: {read: [zoo, bills, invoices]}}}"))
        .extracting(one -> one.subjects().get(0))
        .containsExactly(
            Subject.ofDatabase("bills"), Subject.ofDatabase("invoices"), Subject.ofDatabase("zoo"));
  }

  private static List<Diagnostic> found(String text) throws Exception {
    return UnknownDatabases.find(policy(text).tokens(), List.of("metrics", "logs"));
  }
}
