package io.tokenform.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenform.fleet.Fleet;
import io.tokenform.fleet.FleetParser;
import io.tokenform.report.fleet.FleetPipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The workflows, the actions and the examples for CI hold together; no network is needed. */
class WorkflowsTest {
  private static final Path ACTIONS = Path.of(".github", "actions");
  private static final String OWN = "tokenform/tokenform/";

  private static final Path EXAMPLE = Path.of("examples", "github-actions", "tokens.yml");
  private static final Path WITH_KEY = EXAMPLE.resolveSibling("tokens-with-key.yml");

  private static final Path FLEET = Path.of("examples", "fleet");

  /** An action beside this one, or one at a commit, with the version that people know it by. */
  private static final Pattern PINNED =
      Pattern.compile(
          "(- )?uses: (\\./[\\w./-]+|[\\w.-]+/[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+.*)");

  /** How an action runs a script that lies beside it. */
  private static final Pattern SCRIPT = Pattern.compile("\"\\$GITHUB_ACTION_PATH/([a-z.-]+)\"");

  /** How a workflow runs a program of this repository. */
  private static final Pattern OURS = Pattern.compile("(?m)(?:^|[\\s(])(\\.ci/[\\w./-]+)");

  @TempDir Path folder;

  static List<Path> yamlFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path root : List.of(Path.of(".github"), Path.of("examples"))) {
      files.addAll(below(root, ".yml"));
      files.addAll(below(root, ".yaml"));
    }
    return files;
  }

  static List<Path> workflows() throws IOException {
    List<Path> files = below(Path.of(".github", "workflows"), ".yml");
    files.addAll(below(Path.of("examples", "github-actions"), ".yml"));
    files.addAll(below(FLEET.resolve("github-actions"), ".yml"));
    return files;
  }

  static List<Path> actions() throws IOException {
    return below(ACTIONS, "action.yml");
  }

  static List<Path> withSteps() throws IOException {
    return Stream.concat(workflows().stream(), actions().stream()).toList();
  }

  private static List<Path> below(Path root, String end) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> found = new ArrayList<>(files.filter(f -> f.toString().endsWith(end)).toList());
      found.sort(null);
      return found;
    }
  }

  private static Map<?, ?> load(Path file) throws IOException {
    LoadSettings strict = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    return map(new Load(strict).loadFromString(Files.readString(file)));
  }

  private static Map<?, ?> map(Object node) {
    return node == null ? Map.of() : (Map<?, ?>) node;
  }

  /** The steps of a workflow's jobs, or of an action. */
  private static List<Map<?, ?>> steps(Path file) throws IOException {
    List<Map<?, ?>> steps = new ArrayList<>();
    Map<?, ?> root = load(file);
    Collection<?> owners =
        root.containsKey("jobs") ? map(root.get("jobs")).values() : List.of(root.get("runs"));
    for (Object owner : owners) {
      ((List<?>) map(owner).get("steps")).forEach(step -> steps.add(map(step)));
    }
    assertThat(steps).as(file.toString()).isNotEmpty();
    return steps;
  }

  @Test
  void everyKindIsFound() throws IOException {
    assertThat(yamlFiles()).hasSizeGreaterThan(10);
    assertThat(workflows()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(actions()).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("yamlFiles")
  void eachFileIsOneStrictYamlDocument(Path file) throws IOException {
    assertThat(load(file)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("withSteps")
  void noExpressionStandsInAScript(Path file) throws IOException {
    for (Map<?, ?> step : steps(file)) {
      // What a pull request says would become part of the script; in a variable it stays a text.
      assertThat(String.valueOf(step.get("run"))).doesNotContain("${{");
      assertThat(step.containsKey("run")).isNotEqualTo(step.containsKey("uses"));
    }
  }

  @ParameterizedTest
  @MethodSource("withSteps")
  void eachScriptIsThereAndIsBash(Path file) throws Exception {
    for (Map<?, ?> step : steps(file)) {
      if (step.get("run") == null) {
        continue;
      }
      String script = (String) step.get("run");
      assertIsBash(script);
      Matcher beside = SCRIPT.matcher(script);
      while (beside.find()) {
        assertIsBash(Files.readString(file.resolveSibling(beside.group(1))));
      }
      Matcher ours = OURS.matcher(script);
      while (ours.find()) {
        assertThat(Path.of(ours.group(1))).isExecutable();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withSteps")
  void eachActionThatIsUsedIsThereAndGetsTheInputsThatItHas(Path file) throws IOException {
    for (Map<?, ?> step : steps(file)) {
      String uses = String.valueOf(step.get("uses"));
      if (!uses.startsWith(OWN) && !uses.startsWith("./")) {
        continue;
      }
      String path = uses.replaceFirst("@.*", "").replace(OWN, "");
      Map<?, ?> inputs = map(load(Path.of(path, "action.yml")).get("inputs"));
      Set<?> given = map(step.get("with")).keySet();
      assertThat(given).as(uses).allMatch(inputs::containsKey);
      inputs.forEach(
          (name, input) -> {
            if (Boolean.TRUE.equals(map(input).get("required"))) {
              assertThat(given.contains(name)).as(uses + " needs " + name).isTrue();
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("actions")
  void anActionUsesEachOfItsInputs(Path file) throws IOException {
    String text = Files.readString(file);
    for (Object input : map(load(file).get("inputs")).keySet()) {
      assertThat(text).contains("inputs." + input);
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void eachJobSaysWhatItMayDoAndHowLong(Path file) throws IOException {
    assertThat(map(load(file).get("permissions"))).hasToString("{contents=read}");
    for (Object job : map(load(file).get("jobs")).values()) {
      assertThat(map(job).get("timeout-minutes")).isInstanceOf(Integer.class);
    }
  }

  @ParameterizedTest
  @MethodSource("withSteps")
  void eachActionIsOfThisRepositoryOrPinnedToACommit(Path file) throws IOException {
    List<String> uses =
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> line.matches("(- )?[\"']?uses[\"']?\\s*:.*"))
            .toList();
    // Every step counts, however it is written.
    assertThat(uses)
        .hasSize((int) steps(file).stream().filter(step -> step.containsKey("uses")).count())
        .allMatch(PINNED.asMatchPredicate());
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void noCheckoutLeavesCredentialsBehind(Path file) throws IOException {
    for (Map<?, ?> step : steps(file)) {
      if (String.valueOf(step.get("uses")).startsWith("actions/checkout@")) {
        assertThat(map(step.get("with")).get("persist-credentials")).isEqualTo(false);
      }
    }
  }

  @Test
  void eachJobOfTheExampleMayDoWhatItNeedsAndNoMore() throws IOException {
    Map<?, ?> jobs = map(load(EXAMPLE).get("jobs"));
    assertThat(map(jobs.get("plan")).get("permissions"))
        .isEqualTo(Map.of("contents", "read", "actions", "read", "pull-requests", "write"));
    assertThat(map(jobs.get("look")).get("permissions"))
        .isEqualTo(Map.of("contents", "read", "issues", "write"));
    Map<?, ?> withKey = map(load(WITH_KEY).get("jobs"));
    assertThat(map(withKey.get("plan")).get("permissions"))
        .isEqualTo(Map.of("contents", "read", "pull-requests", "write"));
    assertThat(map(withKey.get("drift")).get("permissions"))
        .isEqualTo(Map.of("contents", "read", "issues", "write"));
    for (Map<?, ?> both : List.of(jobs, withKey)) {
      assertThat(map(both.get("apply")).get("permissions"))
          .isEqualTo(Map.of("contents", "read", "actions", "read", "pull-requests", "read"));
      assertThat(map(both.get("due")).get("permissions")).isEqualTo(Map.of("contents", "read"));
      assertThat(both.values().stream().map(job -> map(job).get("environment")))
          .doesNotHaveDuplicates();
      assertThat(map(map(both.get("plan")).get("concurrency")).get("group"))
          .isEqualTo("tokenform-${{ github.event.pull_request.number }}");
    }
  }

  @Test
  void aPullRequestsJobHasNoSecretAndAnyOtherAnEnvironment() throws IOException {
    Map<?, ?> jobs = map(load(EXAMPLE).get("jobs"));
    jobs.forEach(
        (name, job) -> {
          boolean isOfPullRequests = name.equals("plan");
          assertThat(map(job).containsKey("environment"))
              .as("%s", name)
              .isNotEqualTo(isOfPullRequests);
          assertThat(job.toString().contains("secrets."))
              .as("%s", name)
              .isNotEqualTo(isOfPullRequests);
          assertThat(String.valueOf(map(job).get("if")).contains("pull_request"))
              .as("%s", name)
              .isEqualTo(isOfPullRequests);
        });
    Map<?, ?> plan = load(Path.of("examples", "gitlab", ".gitlab-ci.yml"));
    assertThat(map(plan.get("plan")).containsKey("environment")).isFalse();
  }

  @Test
  void onlyTheJobsOfAFleetThatAskClustersHaveASecretAndWavesWaitForEachOther() throws IOException {
    Map<?, ?> jobs = map(load(FLEET.resolve("github-actions/fleet.yml")).get("jobs"));
    jobs.forEach(
        (name, job) -> {
          boolean asks = Set.of("plan", "dev", "prod").contains(name);
          assertThat(map(job).containsKey("environment")).as("%s", name).isEqualTo(asks);
          assertThat(job.toString().contains("secrets")).as("%s", name).isEqualTo(asks);
          // Which clusters there are, and the platform file, are all that a checkout tells.
          assertThat(map(job).get("permissions"))
              .as("%s", name)
              .isIn(
                  null,
                  Map.of("contents", "read"),
                  name.equals("merge")
                      ? Map.of("contents", "read", "pull-requests", "write")
                      : Map.of("contents", "read"));
        });
    assertThat(map(jobs.get("dev")).get("needs")).hasToString("[matrix, merge]");
    assertThat(map(jobs.get("prod")).get("needs")).hasToString("[matrix, merge, dev]");
    for (String wave : List.of("dev", "prod")) {
      assertThat(map(jobs.get(wave)).get("if")).isEqualTo("github.event_name == 'push'");
      assertThat(map(map(jobs.get(wave)).get("concurrency")).get("group"))
          .isEqualTo("fleet-apply-${{ matrix.name }}");
      assertThat(jobs.get(wave).toString()).contains("--expect-digest");
    }
    assertThat(jobs.toString()).doesNotContain("--trust-fleet-hosts");
  }

  @Test
  void whatFallsDueIsAppliedAtNightAndNeverBesideAnotherApply() throws IOException {
    for (Path example : List.of(EXAMPLE, WITH_KEY)) {
      Map<?, ?> jobs = map(load(example).get("jobs"));
      assertThat(map(jobs.get("due")).get("if")).isEqualTo("github.event_name == 'schedule'");
      assertThat(map(jobs.get("due")).get("concurrency"))
          .isEqualTo(map(jobs.get("apply")).get("concurrency"))
          .isEqualTo(Map.of("group", "tokens-apply", "cancel-in-progress", false));
    }
    for (String action : List.of("plan", "apply", "drift")) {
      Map<?, ?> inputs = map(load(ACTIONS.resolve(action).resolve("action.yml")).get("inputs"));
      assertThat(map(inputs.get("due")).get("default")).as(action).isEqualTo("exclude");
    }
  }

  @Test
  void whatBuildsAReleaseMayWriteNothingAndWhatSignsItIsApproved() throws IOException {
    Map<?, ?> jobs = map(load(Path.of(".github", "workflows", "release.yml")).get("jobs"));
    jobs.forEach(
        (name, job) -> {
          boolean mayWrite = map(map(job).get("permissions")).containsValue("write");
          assertThat(mayWrite)
              .as("%s", name)
              .isEqualTo(Set.of("image", "attest", "publish").contains(name));
          boolean builds = job.toString().contains("setup-java");
          assertThat(mayWrite && builds).as("%s", name).isFalse();
          // Other workflows write to caches.
          assertThat(job.toString()).as("%s", name).doesNotContain("cache");
          boolean maySign = map(map(job).get("permissions")).containsKey("id-token");
          assertThat(map(job).get("environment"))
              .as("%s", name)
              .isEqualTo(maySign ? "release" : null);
        });
    assertThat(map(jobs.get("publish")).get("needs")).hasToString("[check, image, attest]");
    for (String signs : List.of("image", "attest")) {
      assertThat((List<?>) map(jobs.get(signs)).get("needs")).asString().contains("verify");
    }
  }

  @Test
  void theIncidentIsStartedByHandAndWaitsForNobody() throws IOException {
    Map<?, ?> workflow = load(EXAMPLE.resolveSibling("incident.yml"));
    assertThat(map(workflow.get("on")).keySet()).hasToString("[workflow_dispatch]");
    Map<?, ?> job = map(map(workflow.get("jobs")).get("park"));
    assertThat(job.get("permissions")).isEqualTo(Map.of("contents", "read"));
    assertThat(job.containsKey("concurrency")).isFalse();
    assertThat(job.containsKey("environment")).isTrue();
  }

  @Test
  void theCodeOwnersCoverWhatDecidesOverThePolicy() throws IOException {
    assertThat(Files.readAllLines(Path.of("examples", "teams", "CODEOWNERS")))
        .anyMatch(line -> line.matches("/\\.github/ +@example/platform"))
        .anyMatch(line -> line.matches("/platform\\.yaml +@example/platform"))
        .anyMatch(line -> line.matches("\\.tokenform/ +@example/platform"));
  }

  @ParameterizedTest
  @ValueSource(strings = {".gitlab-ci.yml", "with-key.gitlab-ci.yml"})
  void theScriptsOfTheGitlabExamplesAreBash(String name) throws Exception {
    Map<?, ?> pipeline = load(Path.of("examples", "gitlab", name));
    int scripts = 0;
    for (Object job : pipeline.values()) {
      for (String key : List.of("before_script", "script", "after_script")) {
        if (job instanceof Map<?, ?> map && map.get(key) instanceof List<?> lines) {
          assertIsBash(String.join("\n", lines.stream().map(String.class::cast).toList()));
          scripts++;
        }
      }
    }
    assertThat(scripts).isEqualTo(6);
  }

  @Test
  void theJobsOfAFleetsPipelineExtendThoseOfTheExample() throws Exception {
    Map<?, ?> jobs = load(FLEET.resolve("gitlab/jobs.yml"));
    assertThat(jobs.keySet())
        .hasToString("[default, variables, .tokenform-plan, .tokenform-merge, .tokenform-apply]");
    Fleet fleet = FleetParser.parse("fleet.yaml", Files.readAllBytes(FLEET.resolve("fleet.yaml")));
    Path pipeline = folder.resolve("fleet-pipeline.yml");
    Files.writeString(pipeline, FleetPipeline.render(fleet, fleet.clusters(), Optional.of(4)));
    int extending = 0;
    for (Map.Entry<?, ?> job : load(pipeline).entrySet()) {
      if (!job.getKey().equals("stages")) {
        assertThat(jobs.containsKey(map(job.getValue()).get("extends"))).isTrue();
        extending++;
      }
    }
    assertThat(extending).isEqualTo(4 + 1 + 3 + 3);
    Map<?, ?> parent = load(FLEET.resolve("gitlab/.gitlab-ci.yml"));
    for (Map<?, ?> one : List.of(jobs, parent)) {
      for (Object job : one.values()) {
        for (String key : List.of("before_script", "script", "after_script")) {
          if (job instanceof Map<?, ?> map && map.get(key) instanceof List<?> lines) {
            assertIsBash(String.join("\n", lines.stream().map(String.class::cast).toList()));
          }
        }
      }
    }
    assertThat(jobs.toString()).doesNotContain("--trust-fleet-hosts");
    assumeTrue(isInstalled("check-jsonschema"), "check-jsonschema");
    assertSucceeds(
        List.of(
            "check-jsonschema",
            "--builtin-schema",
            "vendor.gitlab-ci",
            pipeline.toString(),
            FLEET.resolve("gitlab/jobs.yml").toString(),
            FLEET.resolve("gitlab/.gitlab-ci.yml").toString()));
  }

  @Test
  void eachPodOfAFleetHasAShare() throws Exception {
    Path file = FLEET.resolve("kubernetes/plan.yaml");
    Map<?, ?> spec = map(load(file).get("spec"));
    assertThat(spec.get("completionMode")).isEqualTo("Indexed");
    Map<?, ?> pod = map(map(spec.get("template")).get("spec"));
    Map<?, ?> container = map(((List<?>) pod.get("containers")).get(0));
    assertThat(((List<?>) container.get("args")).toArray())
        .contains("--shard", "$(JOB_COMPLETION_INDEX)/" + spec.get("completions"));
    assertThat(container.get("args").toString()).doesNotContain("--trust-fleet-hosts");
    assertThat(names(container.get("volumeMounts"))).isEqualTo(names(pod.get("volumes")));
    assertThat(map(pod.get("securityContext")).get("runAsNonRoot")).isEqualTo(true);
    assertThat(map(container.get("securityContext")))
        .hasToString(
            "{allowPrivilegeEscalation=false, readOnlyRootFilesystem=true,"
                + " capabilities={drop=[ALL]}}");
    // The files that the config map gives the pod are those of the example.
    Map<?, ?> fleet = map(map(((List<?>) pod.get("volumes")).get(0)).get("configMap"));
    for (Object item : (List<?>) fleet.get("items")) {
      assertThat(FLEET.resolve((String) map(item).get("path"))).isRegularFile();
    }
    assumeTrue(isInstalled("kubernetes-validate"), "kubernetes-validate");
    assertSucceeds(List.of("kubernetes-validate", "--strict", file.toString()));
  }

  @Test
  void theVolumesOfTheKubernetesExampleAreThere() throws IOException {
    Map<?, ?> job = load(Path.of("examples", "kubernetes", "drift.yaml"));
    assertThat(job.get("apiVersion")).isEqualTo("batch/v1");
    assertThat(job.get("kind")).isEqualTo("CronJob");
    Map<?, ?> template = map(map(map(job.get("spec")).get("jobTemplate")).get("spec"));
    Map<?, ?> pod = map(map(template.get("template")).get("spec"));
    Map<?, ?> container = map(((List<?>) pod.get("containers")).get(0));
    assertThat(names(container.get("volumeMounts"))).isEqualTo(names(pod.get("volumes")));
    assertThat(((List<?>) container.get("args")).get(0)).isEqualTo("plan");
  }

  private static List<Object> names(Object list) {
    List<Object> names = new ArrayList<>();
    ((List<?>) list).forEach(item -> names.add(map(item).get("name")));
    return names;
  }

  @Test
  void theExamplesNameTheHost() throws IOException {
    String kubernetes = Files.readString(Path.of("examples", "kubernetes", "drift.yaml"));
    assertThat(kubernetes).containsPattern("- --url\n +- https://");
    for (String name : List.of(".gitlab-ci.yml", "with-key.gitlab-ci.yml")) {
      String gitlab = Files.readString(Path.of("examples", "gitlab", name));
      assertThat(gitlab.lines().filter(line -> line.contains("- tokenform ")))
          .hasSize(4)
          .allMatch(line -> line.contains("--url \"$API_URL\""));
    }
  }

  @Test
  void shellcheckFindsNothingWhereItIsInstalled() throws Exception {
    assumeTrue(isInstalled("shellcheck"), "shellcheck");
    List<String> command = new ArrayList<>(List.of("shellcheck", "-x", "-P", "SCRIPTDIR"));
    below(ACTIONS, ".sh").forEach(file -> command.add(file.toString()));
    command.add(FLEET.resolve("sandboxes.sh").toString());
    assertSucceeds(command);
  }

  @Test
  void actionlintFindsNothingWhereItIsInstalled() throws Exception {
    assumeTrue(isInstalled("actionlint"), "actionlint");
    List<String> command = new ArrayList<>(List.of("actionlint", "-no-color"));
    workflows().forEach(file -> command.add(file.toString()));
    assertSucceeds(command);
  }

  private void assertIsBash(String script) throws Exception {
    assumeTrue(isInstalled("bash"), "bash");
    Path file = Files.writeString(folder.resolve("script"), script);
    assertSucceeds(List.of("bash", "-n", file.toString()));
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private static void assertSucceeds(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
  }
}
