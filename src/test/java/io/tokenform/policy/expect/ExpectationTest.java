package io.tokenform.policy.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.SourceText;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {
  private static List<Expectation> read(String items) throws Exception {
    return PolicyParser.parse(new SourceText("p.yaml", "version: 1\nexpect:\n" + items + "\n"))
        .expectations();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{token: grafana, can: {read: [metrics]}}",
        "{token: \"grafana*\", can: {write: [\"logs-*\", \"1\"]}, cannot: {write: any, read: any}}",
        "{token: \"*\", cannot: {write: [\"*\"]}}",
        "{database: orders, writers: [checkout, \"a b\"]}",
        "{database: \"*\", writers: [], readers: [\"11111111-1111-4111-8111-111111111111\"]}",
        "{never: {write: [\"*\"]}, except: [backup]}",
        "{never: {read: any}}",
      })
  void itsTextIsOneOfAPolicyThatMeansTheSame(String text) throws Exception {
    Expectation expectation = read("  - " + text).get(0);
    assertThat(expectation.text()).isEqualTo(text);
    assertThat(read("  - " + expectation.text()).get(0).text()).isEqualTo(text);
  }

  @Test
  void howItIsWrittenMakesNoDifference() throws Exception {
    assertThat(
            read(
                """
                  - never:
                      write: "*"
                  - never: {write: ['*']}
                """))
        .extracting(Expectation::text)
        .containsExactly("{never: {write: [\"*\"]}}", "{never: {write: [\"*\"]}}");
  }

  @Test
  void thoseOfAllFilesAddUp() throws Exception {
    assertThat(
            PolicyParser.merge(
                    List.of(
                        PolicyFile.parse(
                            new SourceText(
                                "a.yaml", "{version: 1, expect: [{never: {write: any}}]}")),
                        PolicyFile.parse(
                            new SourceText(
                                "b.yaml", "{version: 1, expect: [{never: {read: any}}]}"))))
                .expectations())
        .extracting(expectation -> expectation.text() + " " + expectation.where())
        .containsExactly("{never: {write: any}} a.yaml:1:24", "{never: {read: any}} b.yaml:1:24");
  }

  @Test
  void aPlatformFileHasThemToo() throws Exception {
    assertThat(
            PolicyParser.platform(
                    PolicyFile.parse(
                        new SourceText("p.yaml", "{version: 1, expect: [{never: {write: any}}]}")))
                .expectations())
        .extracting(Expectation::text)
        .containsExactly("{never: {write: any}}");
  }
}
