package io.tokenform.report;

import static io.tokenform.report.Plans.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.SavedPlan;
import java.util.List;
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
    assertThat(PlanAnnotations.render(saved.plan()))
        .isEqualTo(
            """
            ::error file=tokens.yaml,line=6,col=3,endColumn=4,title=wildcard-write::"denied" would get "write *"%0Ahint: allow it once with --allow wildcard-write:denied
            ::warning file=tokens.yaml,line=5,col=3,endColumn=4,title=wildcard-read::"gains" would get "read *"
            ::notice title=By database::all databases: gains gains read; denied gains write%0Alogs: both loses read; denied loses read%0Ametrics: widens gains read; both gains read; narrows loses read
            ::notice file=tokens.yaml,line=6,col=3,endColumn=4,title=denied both::adds write all databases; removes read logs
            ::notice file=tokens.yaml,line=5,col=3,endColumn=4,title=gains widens::adds read all databases; removes read logs
            ::notice file=tokens.yaml,line=4,col=3,endColumn=4,title=both both::adds read metrics; removes read logs
            ::notice file=tokens.yaml,line=3,col=3,endColumn=4,title=widens widens::adds read metrics
            ::notice file=tokens.yaml,line=2,col=3,endColumn=4,title=narrows narrows::removes read metrics
            ::notice file=tokens.yaml,line=1,col=3,endColumn=4,title=neutral neutral::changes the description
            """);
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
    String text = PlanAnnotations.render(saved.plan());
    assertThat(text.codePoints().allMatch(c -> c == '\n' || Printable.isHarmless(c))).isTrue();
    assertThat(text).doesNotContain("##[");
    assertThat(text.lines())
        .hasSize(saved.plan().findings().size() + 2)
        .allMatch(COMMAND.asMatchPredicate());
  }
}
