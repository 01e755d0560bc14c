package io.tokenform.report;

import static io.tokenform.report.Plans.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.Change;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.TokenChange;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.yaml.PolicyFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
  private final PlanDiff diff = new PlanDiff(Style.PLAIN);

  @Test
  void aPlanWithoutChangesHasNoDiff() {
    assertThat(diff.render(new Plans().change("a", read("b"), read("b")).plan())).isEmpty();
  }

  @Test
  void eachDatabaseIsALineAndAHunkNamesItsToken() {
    SavedPlan saved =
        new Plans()
            .change("b", "old", "new", read("*"), Permissions.NONE, List.of())
            .change(
                "a",
                read("a", "b", "c", "d", "f"),
                Permissions.of(
                    Permission.read("a"),
                    Permission.read("b"),
                    Permission.read("c"),
                    Permission.read("d"),
                    Permission.read("e"),
                    Permission.read("f"),
                    Permission.write("2024")))
            .plan();
    assertThat(diff.render(saved))
        .isEqualTo(
            """
            # By database
            #   (all)  - b read
            #   2024   + a write
            #   e      + a read
            --- live
            +++ policy
            @@ -10,11 +10,12 @@ a
                     - b
                     - c
                     - d
            +        - e
                     - f
            +      write:
            +        - "2024"

               b:
                 id: 00000000-0000-4000-8000-000000000000
            -    description: "old"
            -    permissions:
            -      read:
            -        - "*"  # all databases
            +    description: "new"
            +    permissions: {}
            """
                .replace("\n\n", "\n \n"));
  }

  @Test
  void bothSidesArePoliciesInTheCanonicalLayoutWhateverTheTexts() throws InvalidPolicyException {
    Plans plans = new Plans();
    int number = 100;
    for (String hostile : HostileText.ALL) {
      // No policy has a name that hides something.
      String name =
          number++
              + HostileText.asName(hostile).replaceAll("[\\p{Cf}\\p{Cn}\\p{Zl}\\p{Zp}\u3164]", "");
      // Nor one of a database that could be a pattern.
      String database = HostileText.asDatabase(hostile).replace('*', 'x');
      plans.change(
          name.substring(0, Math.min(60, name.length())),
          hostile,
          hostile + "!",
          read(database),
          Permissions.of(Permission.write(database), Permission.read("*")),
          List.of());
    }
    List<Change> changes = byName(plans.plan());
    assertSays(changes, change -> Lines.of(change).policyBefore(), TokenChange::before);
    assertSays(changes, change -> Lines.of(change).policyAfter(), TokenChange::after);
  }

  private static void assertSays(
      List<Change> changes,
      Function<Change, List<String>> lines,
      Function<TokenChange, ManagedFields> fields)
      throws InvalidPolicyException {
    String text = text(changes, lines);
    SourceText source = new SourceText("p.yaml", text);
    Policy policy = policy(source);
    assertThat(PolicyFormat.format(source)).isEqualTo(text);
    Map<String, DesiredToken> tokens =
        policy.tokens().stream()
            .collect(Collectors.toMap(token -> token.name().value(), token -> token));
    assertThat(tokens).hasSameSizeAs(changes);
    for (Change change : changes) {
      DesiredToken token = tokens.get(change.address().name());
      assertThat(token.id().map(Located::value)).contains(change.liveId().orElseThrow());
      assertThat(token.permissions())
          .isEqualTo(fields.apply(change.ofToken().orElseThrow()).permissions());
      String description = fields.apply(change.ofToken().orElseThrow()).description().orElseThrow();
      if (description.length() <= Excerpt.DESCRIPTION) {
        assertThat(token.description().map(Located::value))
            .contains(description.replace('\ud800', '\ufffd'));
      }
    }
  }

  private static Policy policy(SourceText source) {
    try {
      return PolicyParser.parse(source);
    } catch (InvalidPolicyException e) {
      DiagnosticText text = new DiagnosticText(Style.PLAIN);
      throw new AssertionError(
          e.findings().stream().map(text::render).collect(Collectors.joining()), e);
    }
  }

  private static String text(List<Change> changes, Function<Change, List<String>> lines) {
    return String.join("", CanonicalPolicy.HEAD)
        + changes.stream()
            .map(change -> String.join("", lines.apply(change)))
            .collect(Collectors.joining("\n"));
  }

  private static List<Change> byName(SavedPlan saved) {
    return saved.plan().changes().stream().sorted(Comparator.comparing(Change::address)).toList();
  }

  @Test
  void thousandsOfChangesAreDiffedQuicklyAndTheDiffIsAPatch() throws PatchFailedException {
    Plans plans = new Plans();
    for (int i = 0; i < 5_000; i++) {
      plans.change(
          "token-" + (10_000 + i),
          read("logs", "a", "b", "c", "d"),
          read("e", "a", "b", "c", "d", "f"));
    }
    String[] many = IntStream.range(0, 50_000).mapToObj(i -> "db-" + i).toArray(String[]::new);
    plans.change("large", read(many), read("x"));
    SavedPlan saved = plans.plan();

    List<String> lines = diff.render(saved).lines().toList();

    List<Change> changes = byName(saved);
    Patch<String> patch = UnifiedDiffUtils.parseUnifiedDiff(withoutNames(lines));
    assertThat(
            patch.applyTo(
                text(changes, change -> Lines.of(change).policyBefore()).lines().toList()))
        .isEqualTo(text(changes, change -> Lines.of(change).policyAfter()).lines().toList());
  }

  private static List<String> withoutNames(List<String> lines) {
    return new ArrayList<>(
        lines.stream().map(line -> line.replaceFirst("^(@@ .* @@).*", "$1")).toList());
  }

  @Test
  void nothingThatATerminalOrARunnerObeysIsPrinted() {
    for (String hostile : HostileText.ALL) {
      String text =
          diff.render(
              new Plans()
                  .change(
                      HostileText.asName(hostile),
                      hostile,
                      "new",
                      read(hostile),
                      read("x"),
                      List.of())
                  .plan());
      assertThat(text.codePoints().allMatch(c -> c == '\n' || Printable.isHarmless(c))).isTrue();
      assertThat(text).doesNotContain("##[");
      assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
      assertThat(text.lines().dropWhile(line -> line.startsWith("#")).skip(2))
          .noneMatch(line -> line.startsWith("---") || line.startsWith("+++"));
    }
  }
}
