package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.Guardrails;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.testing.Worlds;
import io.tokenform.testing.Worlds.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Give -Dworlds.seed to repeat a run of the random plans. */
class PlanMarkdownTest {
  private static final long SEED = Long.getLong("worlds.seed", System.nanoTime());
  private static final int PLANS = Integer.getInteger("plans.count", 40);

  static Stream<String> hostileTexts() {
    return HostileText.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void hostileTextIsVisibleAndMeansNothing(String hostile) {
    String name = HostileText.asName(hostile);
    String database = HostileText.asDatabase(hostile);
    Plans plans = new Plans(hostile);
    plans.change(name, hostile, "new", read("metrics"), read(database), List.of());
    plans.change("role", "old", hostile, read(hostile), read("*", database), List.of(name));
    plans.unmanaged(hostile, Permissions.NONE);
    SavedPlan saved = plans.plan();

    MarkdownPage page =
        new MarkdownPage(new PlanMarkdown(CommentOptions.DEFAULT).render(saved)).isSound();

    Excerpt description = Excerpt.of(hostile, Excerpt.DESCRIPTION);
    assertThat(page.changes()).hasSize(2);
    List<String> change =
        page.changes().stream().filter(row -> !name(row).equals("role")).findFirst().orElseThrow();
    Excerpt live = Excerpt.of(hostile, 80);
    assertThat(change.get(0).lines())
        .containsExactly(
            Printable.name(name),
            "00000000-0000-4000-8000-000000000000",
            live.withPlace(Printable.quoted(live.text())));
    assertThat(change.get(2))
        .startsWith("description " + Printable.quoted(description.text()))
        .contains("adds read " + Printable.name(database));
    assertThat(change.get(3)).contains(Printable.line(Excerpt.of(hostile, Excerpt.NAME).text()));
    if (!description.isWhole()) {
      assertThat(change.get(2))
          .contains("(characters 1 to 200 of %,d)".formatted(description.size()));
    }
    assertThat(page.databases()).anyMatch(row -> row.get(0).equals(Printable.name(database)));
    assertThat(page.items())
        .last()
        .asString()
        .contains(Printable.quoted(Excerpt.of(hostile, Excerpt.NAME).text()))
        .endsWith(": no access");
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void aFindingsSentenceIsVisibleAndMeansNothing(String hostile) {
    SavedPlan saved = new Plans().change("a", read("b"), read(hostile)).plan();
    Diagnostic finding =
        saved.plan().findings().stream()
            .filter(one -> one.message().contains("no database"))
            .findFirst()
            .orElseThrow()
            .hint(hostile);
    MarkdownPage page =
        new MarkdownPage(
                new PlanMarkdown(CommentOptions.DEFAULT).render(with(saved, List.of(finding))))
            .isSound();
    assertThat(withoutSpaces(page.items().get(0)))
        .contains(withoutSpaces(Printable.line(finding.message())))
        .endsWith("hint:" + withoutSpaces(Printable.line(finding.hint().orElseThrow())));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void whyThereIsNoPlanIsVisibleAndMeansNothing(String hostile) {
    Location where = new Location(new SourceText(hostile, hostile), 1, 1, 1);
    Diagnostic finding = Diagnostic.error(Code.SYNTAX, where, "it is " + hostile);

    String text =
        new PlanMarkdown(CommentOptions.DEFAULT)
            .failure(
                new PlanFormat.NoPlan(
                    "the server says " + hostile, Optional.empty(), List.of(finding)));

    MarkdownPage page = new MarkdownPage(text).isSound();
    assertThat(withoutSpaces(page.items().get(0)))
        .endsWith(withoutSpaces(Printable.line(finding.message())));
    String shown = Excerpt.of("the server says " + hostile, 2_000).text();
    assertThat(withoutSpaces(page.visible())).contains(withoutSpaces(Printable.line(shown)));
  }

  @Test
  void manyFindingsFitInOneCommentWithoutAPlan() {
    Location where = new Location(new SourceText("p.yaml", ""), 1, 1, 1);
    List<Diagnostic> findings = new ArrayList<>();
    IntStream.range(0, 5_000)
        .forEach(i -> findings.add(Diagnostic.warning(Code.UNUSED_ROLE, where, "no " + i)));
    findings.add(Diagnostic.error(Code.SYNTAX, where, "the last"));

    String text =
        new PlanMarkdown(CommentOptions.DEFAULT)
            .failure(new PlanFormat.NoPlan("\u202e".repeat(100_000), Optional.empty(), findings));

    MarkdownPage page = new MarkdownPage(text).isSound();
    assertThat(page.items().get(0)).contains("the last");
    assertThat(text)
        .contains(page.items().size() + " of 5,001 findings shown, the most important first")
        .contains("(characters 1 to 2,000 of 100,000)");
  }

  /** Outside of quotes, several spaces are shown as one. */
  private static String withoutSpaces(String text) {
    return text.replace(" ", "");
  }

  @Test
  void longDescriptionsAreShownWhereTheyDiffer() {
    String same = "x".repeat(5_000);
    SavedPlan saved =
        new Plans()
            .change("a", same + "old" + same, same + "new" + same, read("b"), read("b"), List.of())
            .plan();
    assertThat(
            new MarkdownPage(new PlanMarkdown(CommentOptions.DEFAULT).render(saved))
                .isSound()
                .changes()
                .get(0)
                .get(2))
        .contains("xold")
        .contains("xnew")
        .contains("(characters 4,961 to 5,160 of 10,003)");
    assertThat(new PlanDiff(Style.PLAIN).render(saved)).contains("xoldx").contains("xnewx");
  }

  @Test
  void secretsAreMaskedEvenWhereATextIsCut() {
    String secret = "apiv1_" + "A1b2C3d4".repeat(4);
    String text = "x".repeat(185) + " " + secret + "y".repeat(500);
    SavedPlan saved =
        new Plans(secret).change("a", text, secret, read(secret), read("b"), List.of()).plan();
    assertThat(new PlanMarkdown(CommentOptions.DEFAULT).render(saved))
        .contains("[secret]")
        .doesNotContain("A1b2");
    assertThat(new PlanDiff(Style.PLAIN).render(saved)).contains("[secret]").doesNotContain("A1b2");
    assertThat(new PlanAnnotations(UnaryOperator.identity()).render(saved))
        .contains("[secret]")
        .doesNotContain("A1b2");
  }

  @Test
  void accessToAllDatabasesIsNotHiddenBehindOtherPermissions() {
    List<String> databases =
        new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> "!" + (100 + i)).toList());
    databases.add("*");
    SavedPlan saved =
        new Plans().change("a", Permissions.NONE, read(databases.toArray(String[]::new))).plan();
    assertThat(
            new MarkdownPage(new PlanMarkdown(CommentOptions.DEFAULT).render(saved))
                .isSound()
                .changes()
                .get(0)
                .get(2))
        .startsWith("adds read all databases, \"!100\"")
        .endsWith("\nand 41 more");
    assertThat(new PlanAnnotations(UnaryOperator.identity()).render(saved))
        .contains("::adds read all databases, read \"!100\"");
  }

  @Test
  void ofFiveThousandChangesTheMostDangerousAreAtTheTop() {
    Plans plans = new Plans();
    for (int i = 0; i < 5_000; i++) {
      String name = "token-" + (10_000 + i);
      switch (i) {
        case 1_111 -> plans.change(name, read("logs"), Permissions.NONE);
        case 2_222 -> plans.change(name, read("logs"), read("*"));
        case 3_333 -> plans.change(name, read("logs"), Permissions.of(Permission.write("*")));
        case 4_444 -> plans.change(name, read("logs"), read("metrics"));
        default -> plans.change(name, read("logs", "metrics"), read("logs", "db-" + i % 700));
      }
    }
    SavedPlan saved = plans.plan();

    String text = new PlanMarkdown(CommentOptions.DEFAULT).render(saved);

    MarkdownPage page = new MarkdownPage(text).isSound();
    assertThat(page.changes().subList(0, 3))
        .extracting(PlanMarkdownTest::name)
        .containsExactly("token-13333", "token-12222", "token-10000");
    assertThat(page.changes()).hasSizeGreaterThan(150);
    assertThat(text)
        .contains(
            "; "
                + page.changes().size()
                + " of 5,000 changes shown, what gains write access first, then what gains read"
                + " access;")
        .contains("changes that gain access not shown**")
        .contains("diff left out")
        .endsWith(saved.digest() + "`.\n");
    assertThat(text.length()).isGreaterThan(60_000);
  }

  @Test
  void whereNearlyEverythingIsFoundTheMostDangerousIsNotHidden() {
    Plans plans = new Plans();
    for (int i = 0; i < 5_000; i++) {
      String name = "token-" + (10_000 + i);
      switch (i) {
        case 1_111 -> plans.change(name, read("logs"), read("*"));
        case 2_222 -> plans.change(name, read("logs"), Permissions.NONE);
        case 3_333 -> plans.change(name, read("logs"), Permissions.of(Permission.write("*")));
        default -> plans.change(name, read("logs"), read("metrics"));
      }
    }
    SavedPlan saved = plans.plan();
    List<Diagnostic> findings = new ArrayList<>();
    for (Change change : saved.plan().changes()) {
      Subject subject = change.subject();
      findings.add(
          Diagnostic.of(Guardrail.WIDENING, change.where(), "it would gain access")
              .about(subject)
              .asDenied());
      findings.add(
          Diagnostic.of(Guardrail.DESCRIPTION, change.where(), "it does not match").about(subject));
    }
    // The lockout is a warning, for which nobody asks.
    saved.plan().findings().stream()
        .map(
            finding ->
                finding.code() == Guardrail.LOCKOUT.code()
                    ? Diagnostic.of(Guardrail.LOCKOUT, finding.where(), finding.message())
                        .about(finding.subjects())
                    : finding)
        .forEach(findings::add);

    String text = new PlanMarkdown(CommentOptions.DEFAULT).render(with(saved, findings));

    MarkdownPage page = new MarkdownPage(text).isSound();
    assertThat(page.changes().subList(0, 3))
        .extracting(PlanMarkdownTest::name)
        .containsExactly("token-13333", "token-11111", "token-10000");
    assertThat(page.items().get(0)).contains("denied wildcard-write", "token-13333");
    assertThat(page.items().subList(1, 11)).allMatch(item -> item.contains("denied widening"));
    assertThat(page.items().get(11)).contains("warning wildcard-read", "token-11111");
    assertThat(page.items().get(12)).contains("warning lockout", "token-12222");
    assertThat(text)
        .containsPattern("\n\n[0-9,]+ more findings are not shown: [0-9,]+ denied widening, 4,990")
        .containsPattern("\n\n[0-9,]+ more changes are not shown\\.\n");
  }

  @Test
  void whatWasAllowedIsMarked() {
    SavedPlan denied =
        new Plans().change("a", read("logs"), Permissions.NONE).plan(Set.of("lockout:a"));
    assertThat(new PlanMarkdown(CommentOptions.DEFAULT).render(denied))
        .contains(
            "| `a`<br>`00000000-0000-4000-8000-000000000000`<br>`\"description\"` |"
                + " narrows<br>**allowed once** | **loses all its access**<br>removes read")
        .contains(
            "- **allowed once** lockout at `tokens.yaml:1`: `\"a\"` would lose all its access");
  }

  @Test
  void anUnmanagedTokensAccessIsShown() {
    Plans plans = new Plans();
    plans.unmanaged("nobody's", Permissions.NONE);
    plans.unmanaged(
        "root", Permissions.of(List.of(Permission.read("logs"), Permission.write("*"))));
    assertThat(new PlanMarkdown(CommentOptions.DEFAULT).render(plans.plan()))
        .contains("`\"nobody's\"`: no access\n")
        .contains("`\"root\"`: write **all databases**; read `logs`\n");
  }

  @Test
  void theDiffIsLeftOutFirst() {
    Plans plans = new Plans();
    for (int i = 0; i < 300; i++) {
      plans.change("token-" + (100 + i), read("logs", "metrics"), read("metrics"));
    }
    String text = new PlanMarkdown(CommentOptions.DEFAULT).render(plans.plan());
    MarkdownPage page = new MarkdownPage(text).isSound();
    assertThat(page.changes())
        .extracting(PlanMarkdownTest::name)
        .containsExactlyElementsOf(
            IntStream.range(0, 300).mapToObj(i -> "token-" + (100 + i)).toList());
    assertThat(page.diffs()).isEmpty();
    assertThat(text)
        .contains(
            "\n**Shortened, because comments have a size limit:** diff left out. `tokenform plan`"
                + " shows everything.\n");
    assertThat(new PlanMarkdown(savedIn("a plan.json")).render(plans.plan()))
        .contains("The saved plan has everything: `tokenform show 'a plan.json'`.\n");
  }

  private static CommentOptions savedIn(String file) {
    return new CommentOptions(
        Optional.empty(), CommentOptions.DEFAULT_LIMIT, false, Optional.of(file));
  }

  @Test
  void theFileThatKeepsThePlanIsNamedWhateverItIsCalled() {
    SavedPlan saved = new Plans().change("backup", read("logs"), read("*")).plan();
    assertThat(new PlanMarkdown(savedIn("-p.json")).render(saved))
        .contains("saved with `--out ./-p.json`: `tokenform apply ./-p.json ");
    assertThat(new PlanMarkdown(savedIn("a`b.json")).render(saved))
        .contains("saved with `--out 'a`&#96;`b.json'`: ");
    String longest = "x".repeat(300) + ".json";
    assertThat(new PlanMarkdown(savedIn(longest)).render(saved))
        .contains("`tokenform apply " + longest + " ", saved.digest() + "`.\n");
  }

  @Test
  void randomPlansAreSoundAndCompleteUnlessTheySayOtherwise() {
    Worlds worlds = new Worlds(SEED);
    Random random = new Random(SEED);
    int shortened = 0;
    for (int i = 0; i < PLANS; i++) {
      // Mostly small ones, and large ones up to some thousand changes.
      SavedPlan saved = saved(worlds, 1 + random.nextInt(1 + i % 10 * 60));
      Plan plan = saved.plan();
      String text = new PlanMarkdown(CommentOptions.DEFAULT).render(saved);
      MarkdownPage page = new MarkdownPage(text).isSound();
      List<String> shown = page.changes().stream().map(PlanMarkdownTest::name).toList();
      if (text.contains("Shortened")) {
        shortened++;
        assertThat(page.diffs()).isEmpty();
      } else {
        assertThat(page.diffs()).hasSize(plan.hasChanges() ? 1 : 0);
      }
      if (shown.size() < plan.changes().size()) {
        assertThat(text)
            .as("seed " + SEED)
            .contains("%,d of %,d changes shown".formatted(shown.size(), plan.changes().size()));
        assertThat(shown)
            .as("seed " + SEED)
            .isEqualTo(names(new Importance(plan).changes()).subList(0, shown.size()));
      } else {
        assertThat(shown).as("seed " + SEED).isEqualTo(names(new Importance(plan).changes()));
      }
    }
    assertThat(shortened).as("seed " + SEED).isBetween(5, PLANS - 5);
  }

  private static String name(List<String> row) {
    return row.get(0).lines().findFirst().orElseThrow();
  }

  private static List<String> names(List<Change> changes) {
    return changes.stream().map(change -> change.address().name()).toList();
  }

  /** Several worlds as one plan. */
  private static SavedPlan saved(Worlds worlds, int count) {
    List<Change> changes = new ArrayList<>();
    List<Token> unmanaged = new ArrayList<>();
    List<Diagnostic> findings = new ArrayList<>();
    Plan last = null;
    for (int i = 0; i < count; i++) {
      World world = worlds.next();
      last =
          Planner.plan(
              world.policy(),
              world.live(),
              new PlanOptions(
                  WaveOrder.GRANT_FIRST, Selection.ALL, Guardrails.NONE, Set.of(), Worlds.NOW));
      changes.addAll(last.changes());
      unmanaged.addAll(last.unmanaged());
      findings.addAll(last.findings());
    }
    return with(new SavedPlan("1.2.3", Worlds.NOW, "", last), changes, unmanaged, findings);
  }

  private static SavedPlan with(SavedPlan saved, List<Diagnostic> findings) {
    return with(saved, saved.plan().changes(), saved.plan().unmanaged(), findings);
  }

  private static SavedPlan with(
      SavedPlan saved, List<Change> changes, List<Token> unmanaged, List<Diagnostic> findings) {
    Plan plan = saved.plan();
    return new SavedPlan(
        saved.toolVersion(),
        saved.createdAt(),
        saved.policyDigest(),
        new Plan(
            plan.cluster(),
            plan.order(),
            changes,
            plan.unchanged(),
            plan.unselected(),
            plan.leftAlone(),
            unmanaged,
            plan.activeTokens(),
            plan.inactiveTokens(),
            plan.dueLeftOut(),
            findings,
            plan.allowed(),
            plan.guardrails(),
            plan.expectations()));
  }

  private static Permissions read(String... databases) {
    return Plans.read(databases);
  }
}
