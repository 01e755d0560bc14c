package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.fleet.FleetPlanFile;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetMergeCommandTest extends CommandTest {
  private static final List<String> NAMES = List.of("dev-eu", "dev-us", "prod-eu", "prod-us");

  private final List<Sandbox> others = new ArrayList<>();

  @BeforeEach
  void fleet() throws IOException {
    StringBuilder fleet = new StringBuilder("version: 1\nclusters:\n");
    for (String name : NAMES) {
      Sandbox one = Sandbox.start(SandboxOptions.builder().seedJson(SEED).build());
      others.add(one);
      fleet.append(
          "  %s: {product: clustered, url: '%s', files: [tokens.yaml], labels: {env: %s}}\n"
              .formatted(name, one.url(), name.substring(0, name.indexOf('-'))));
    }
    Files.writeString(folder.resolve("fleet.yaml"), fleet + "waves: [{env: dev}, {env: prod}]\n");
    policy("version: 1\n" + TOKENS);
  }

  @AfterEach
  void stopOthers() {
    others.forEach(Sandbox::close);
  }

  private Cli user() {
    return Cli.in(folder).withManagementToken().with("COLUMNS", "1000");
  }

  private Cli.Run plan(String... options) {
    List<String> args = new ArrayList<>(List.of("plan", "--fleet", "fleet.yaml"));
    args.add("--trust-fleet-hosts");
    args.addAll(List.of("--max-attempts", "1"));
    args.addAll(List.of(options));
    return user().run(args.toArray(String[]::new));
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void theSharesTogetherGiveWhatOneProcessGives() throws IOException {
    String[] formats = {
      "--format",
      "text=%s.txt",
      "--format",
      "markdown=%s.md",
      "--format",
      "json=%s.json",
      "--format",
      "diff=%s.diff",
      "--format",
      "github=%s.github"
    };
    List<String> whole = new ArrayList<>(List.of("--out", "plans"));
    List<String> merge = new ArrayList<>(List.of("fleet", "merge", "--out", "plans"));
    for (String format : formats) {
      whole.add(format.formatted("one"));
      merge.add(format.formatted("merged"));
    }
    assertThat(plan(whole.toArray(String[]::new))).exited(0);
    String manifest = read("plans/fleet.json");
    for (int i = 0; i < 3; i++) {
      assertThat(plan("--shard", i + "/3", "--out", "share-" + i)).exited(0);
    }
    // In any order of the folders.
    merge.addAll(List.of("share-2", "share-0", "share-1"));
    Cli.Run run = user().run(merge.toArray(String[]::new));

    assertThat(run).exited(0).printedNothing().complained("the plans are in plans");
    for (String form : List.of("txt", "md", "json", "diff", "github")) {
      Assertions.assertThat(read("merged." + form)).as(form).isEqualTo(read("one." + form));
    }
    Assertions.assertThat(read("plans/fleet.json")).isEqualTo(manifest);
    merge.add("--detailed-exitcode");
    assertThat(user().run(merge.toArray(String[]::new))).exited(2);
  }

  @Test
  void aClusterWithoutAPlanIsToldAndHidesNoOther() throws IOException {
    plan("--shard", "0/2", "--out", "a");
    Files.createDirectories(folder.resolve("b"));
    Cli.Run run = user().run("fleet", "merge", "--out", "plans", "--format", "markdown", "a", "b");
    assertThat(run)
        .exited(1)
        .printed(
            "| `dev-eu` | 1 |",
            "| `prod-eu` | 2 |  |  |  | failed: no plan of it was made: the job of its share did"
                + " not end |")
        .complained("error: 2 clusters without a plan, prod-eu, prod-us");
    Assertions.assertThat(folder.resolve("plans/dev-us.plan.json")).exists();
    Assertions.assertThat(folder.resolve("plans/prod-us.plan.json")).doesNotExist();
    // What was expected can be chosen, as for the plans.
    assertThat(user().run("fleet", "merge", "--only", "env=dev", "a")).exited(0);
  }

  @Test
  void theFolderOfAnEmptyShareIsNoFailure() throws IOException {
    List<String> folders = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      assertThat(plan("--shard", i + "/8", "--out", "s" + i)).exited(0);
      folders.add("s" + i);
    }
    List<String> empty = new ArrayList<>(folders);
    empty.removeIf(name -> folder.resolve(name).toFile().list().length > 1);
    Assertions.assertThat(empty).hasSize(4);
    List<String> merge = new ArrayList<>(List.of("fleet", "merge"));
    merge.addAll(folders);
    assertThat(user().run(merge.toArray(String[]::new))).exited(0);

    // A share is lost: the empty ones are not why.
    String full = folders.stream().filter(name -> !empty.contains(name)).findFirst().orElseThrow();
    Files.delete(folder.resolve(full).resolve("fleet.json"));
    Cli.Run lost = user().run(merge.toArray(String[]::new));
    assertThat(lost).exited(1).printed("no plan of it was made: the job of its share did not end");
    Assertions.assertThat(lost.out()).doesNotContain("has no cluster");

    String one = empty.get(empty.size() - 1);
    assertThat(user().run("apply", one, "--auto-approve"))
        .exited(0)
        .printedNothing()
        .complained("the plan in " + one + " is of no cluster; there is nothing to do");
    assertThat(user().run("apply", one, "--expect-digest", "sha256:" + "0".repeat(64)))
        .exited(1)
        .complained("the plan in " + one + " is of no cluster, and --expect-digest names one");
    Cli.Run shown = user().run("show", one, "--format", "json");
    assertThat(shown).exited(0).printed("\"clusters\" : [ ]", "there is nothing to do");
  }

  @Test
  void aPlanOfAnotherClusterIsRefused() throws IOException {
    assertThat(plan("--shard", "0/1", "--out", "a")).exited(0);
    Files.writeString(
        folder.resolve("fleet.yaml"),
        read("fleet.yaml").replace(others.get(2).url().toString(), sandbox.url().toString()));
    assertThat(user().run("fleet", "merge", "a"))
        .exited(1)
        .complained("the plan of prod-eu in a was made with another fleet file: the name was that");
  }

  @Test
  void whyAFolderHasNoPlanIsTheReason() throws IOException {
    plan("--shard", "0/2", "--out", "a");
    plan("--shard", "1/2", "--out", "b");
    String fleet = read("fleet.yaml");
    Files.writeString(folder.resolve("fleet.yaml"), fleet.replace("version: 1\n", "version: 2\n"));
    assertThat(plan("--shard", "1/2", "--out", "b")).exited(1);
    Files.writeString(folder.resolve("fleet.yaml"), fleet);
    assertThat(user().run("fleet", "merge", "a", "b"))
        .exited(1)
        .printed(
            "failed: no plan of it was made: the policy has errors", "so much is known from b");
  }

  @Test
  void aClusterThatFailedInItsShareIsTheSameInTheWhole() throws IOException {
    others.get(3).close();
    assertThat(plan("--format", "markdown=one.md")).exited(1);
    plan("--shard", "0/2", "--out", "a");
    assertThat(plan("--shard", "1/2", "--out", "b")).exited(1);
    assertThat(user().run("fleet", "merge", "a", "b", "--format", "markdown=merged.md")).exited(1);
    Assertions.assertThat(read("merged.md")).isEqualTo(read("one.md")).contains("nothing answers");
  }

  @Test
  void whatIsNotOfOnePlanIsRefusedAndNoEarlierPlanStays() throws IOException {
    plan("--shard", "0/2", "--out", "a");
    plan("--shard", "1/2", "--out", "b");
    assertThat(user().run("fleet", "merge", "a", "b", "--out", "plans")).exited(0);
    assertThat(user().run("fleet", "merge", "a", "b", "a", "--out", "plans"))
        .exited(1)
        .complained("both the folder a and the folder a have a plan of dev-eu");
    Assertions.assertThat(read("plans/fleet.json")).contains("both the folder a");
    assertThat(user().run("fleet", "merge", "a", "c")).exited(1).complained("there is no folder c");
    Path file = folder.resolve("a/dev-eu.plan.json");
    Files.writeString(file, Files.readString(file).replace("widens", "narrows"));
    assertThat(user().run("fleet", "merge", "a", "b"))
        .exited(1)
        .complained("the plan in a cannot be used: dev-eu.plan.json");
    Files.writeString(
        folder.resolve("fleet.yaml"), read("fleet.yaml").replace("prod-us", "prod-ap"));
    assertThat(user().run("fleet", "merge", "b"))
        .exited(1)
        .complained("the folder b has a plan of prod-us, which is no cluster of the fleet file");
  }

  @Test
  void nothingThatIsReadIsReplaced() {
    plan("--shard", "0/1", "--out", "a");
    assertThat(user().run("fleet", "merge", "a", "--out", "a"))
        .exited(64)
        .complained("an output would replace a/" + FleetPlanFile.MANIFEST);
    assertThat(user().run("fleet", "merge", "a", "--format", "markdown=fleet.yaml"))
        .exited(64)
        .complained("an output would replace fleet.yaml");
    assertThat(user().run("fleet", "merge", "a", "--shard", "0/2")).exited(64);
  }

  @Test
  void withoutAFolderThereIsStillAComment() {
    assertThat(user().run("fleet", "merge", "--format", "markdown"))
        .exited(1)
        .printed("4 clusters have no plan", "the job of its share did not end");
  }
}
