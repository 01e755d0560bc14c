package io.tokenform.report;

import static io.tokenform.report.Plans.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.apply.Drift;
import io.tokenform.plan.TokenChange;
import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.text.FileDiff;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile text in what people read in a terminal or in a log, and in what machines read. */
class HostileOutputTest {
  static Stream<String> hostileTexts() {
    return HostileText.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void nothingIsObeyedByATerminalOrARunner(String hostile) {
    SavedPlan saved = plan(hostile);
    TokenChange change = saved.plan().tokenChanges().get(0);
    Permissions others =
        Permissions.of(new Permission(Action.of(hostile), hostile), Permission.read("x"));
    Token live =
        new Token(
            change.liveId().orElseThrow(),
            hostile + "!",
            others,
            Optional.empty(),
            Optional.empty());

    assertHarmless(new PlanText(Style.PLAIN).render(saved));
    assertHarmless(
        new DriftText(Style.PLAIN)
            .render(
                List.of(
                    new Drift.OfToken(change, Optional.of(live)),
                    new Drift.OfToken(change, Optional.empty()))));
    assertHarmless(new FileDiff(Style.PLAIN).render(hostile, hostile + "\na\n", hostile + "\nb\n"));
    assertHarmless(StepsText.render(change.steps()));
    assertHarmless(new PlanDiff(Style.PLAIN).render(saved));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void jsonIsPrintableAsciiAndSaysExactlyWhatThereIs(String hostile) throws IOException {
    SavedPlan saved = plan(hostile);

    String text = PlanFile.write(saved);

    assertThat(text).matches("[\\n -~]*").doesNotContain("##[");
    assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
    JsonNode plan = new ObjectMapper().readTree(text);
    JsonNode change = plan.path("changes").path(0);
    assertThat(change.path("before").path("description").asText()).isEqualTo(hostile);
    assertThat(change.path("lost").toString())
        .contains(new ObjectMapper().writeValueAsString(hostile));
    assertThat(plan.path("unmanaged").path(0).path("description").asText()).isEqualTo(hostile);
  }

  private static SavedPlan plan(String hostile) {
    Plans plans = new Plans(hostile);
    String name = HostileText.asName(hostile);
    Permissions before =
        Permissions.of(new Permission(Action.of(hostile), hostile), Permission.read("kept"));
    plans.change(
        name, hostile, "new", before, read(HostileText.asDatabase(hostile), "kept"), List.of(name));
    plans.unmanaged(hostile, before);
    return plans.plan();
  }

  private static void assertHarmless(String text) {
    assertThat(text.codePoints().allMatch(c -> c == '\n' || Printable.isHarmless(c))).isTrue();
    assertThat(text).doesNotContain("##[").doesNotContainPattern("\\p{Mn}{3}");
    assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
  }
}
