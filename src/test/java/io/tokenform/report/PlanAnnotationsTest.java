package io.tokenform.report;

import static io.tokenform.report.Plans.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.text.Printable;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanAnnotationsTest {
  private static final Pattern COMMAND =
      Pattern.compile(
          "::(error|warning|notice) (file=[^,:]*,line=[0-9]+,col=[0-9]+,endColumn=[0-9]+,)?"
              + "title=[^,:]*::(.*)");

  static Stream<String> hostileTexts() {
    return HostileText.ALL.stream();
  }

  private static final String ALL = "tokenform plan shows all, tokenform show a saved plan";

  @Test
  void theMostImportantComeFirst() {
    SavedPlan saved =
        new Plans()
            .change("neutral", "old", "new", read("logs"), read("logs"), List.of())
            .change("narrows", read("logs", "metrics"), read("logs"))
            .change("widens", read("logs"), read("logs", "metrics"))
            .change("both", read("logs"), read("metrics"))
            .change("gains", read("logs"), read("*"))
            .change("denied", read("logs"), Permissions.of(Permission.write("*")))
            .plan();
    assertThat(new PlanAnnotations(UnaryOperator.identity()).render(saved))
        .isEqualTo(
            """
            ::error file=tokens.yaml,line=6,col=3,endColumn=4,title=wildcard-write::"denied" would get "write *"%0Ahint: allow it once with --allow wildcard-write:denied
            ::warning file=tokens.yaml,line=5,col=3,endColumn=4,title=wildcard-read::"gains" would get "read *"
            ::notice title=By database::all databases: gains gains read; denied gains write%0Ametrics: widens gains read; both gains read; narrows loses read%0Alogs: both loses read; denied loses read
            ::notice file=tokens.yaml,line=6,col=3,endColumn=4,title=denied widens and narrows::adds write all databases; removes read logs
            ::notice file=tokens.yaml,line=5,col=3,endColumn=4,title=gains widens::adds read all databases; keeps read logs, as part of all databases
            ::notice file=tokens.yaml,line=4,col=3,endColumn=4,title=both widens and narrows::adds read metrics; removes read logs
            ::notice file=tokens.yaml,line=3,col=3,endColumn=4,title=widens widens::adds read metrics
            ::notice file=tokens.yaml,line=2,col=3,endColumn=4,title=narrows narrows::removes read metrics
            ::notice file=tokens.yaml,line=1,col=3,endColumn=4,title=neutral neutral::changes the description
            """);
  }

  @Test
  void ofAKindThereAreNoMoreThanGithubShows() {
    Plans plans = new Plans();
    for (int i = 0; i < 5_000; i++) {
      plans.change("token-" + i, read("logs"), read("logs", "gone-" + i));
    }
    List<String> lines =
        new PlanAnnotations(UnaryOperator.identity()).render(plans.plan()).lines().toList();
    assertThat(lines).hasSize(20);
    assertThat(lines.get(9)).isEqualTo("::warning title=More::4,991 more are not shown: " + ALL);
    assertThat(lines.get(19)).isEqualTo("::notice title=More::4,992 more are not shown: " + ALL);
    assertThat(lines.get(10)).startsWith("::notice title=By database::");
    assertThat(lines.get(18)).contains("token-1003 widens");
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void hostileTextStaysInItsCommand(String hostile) {
    SavedPlan saved =
        new Plans(hostile)
            .change(
                HostileText.asName(hostile),
                hostile,
                "new",
                read(hostile),
                read(HostileText.asDatabase(hostile), "*"),
                List.of())
            .plan();
    String text = new PlanAnnotations(UnaryOperator.identity()).render(saved);
    assertThat(text.codePoints().allMatch(c -> c == '\n' || Printable.isHarmless(c))).isTrue();
    assertThat(text).doesNotContain("##[");
    assertThat(text.lines())
        .hasSize(saved.plan().findings().size() + 2)
        .allMatch(COMMAND.asMatchPredicate());
  }
}
