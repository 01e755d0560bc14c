package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The jobs of the example's workflow, run one after the other as runners would run them: its
 * scripts by a shell, and artifacts as folders. Against six sandboxes.
 */
@Timeout(900)
class FleetWorkflowIT {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ (.*?) }}");
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path folder;
  @TempDir Path runners;

  private final List<Sandbox> sandboxes = new ArrayList<>();
  private final Map<String, String> outputs = new HashMap<>();
  private FleetExample example;
  private Map<?, ?> jobs;
  private String said = "";

  /** What a runner knows that runs a job. */
  private record Runner(Path temp, JsonNode matrix) {}

  @BeforeEach
  void start() throws IOException {
    for (String program : List.of("bash", "jq")) {
      assumeTrue(FleetExample.isInstalled(program), program + ", as every runner has");
    }
    example = FleetExample.in(folder);
    List<String> seeds = List.of("dev", "dev", "dev", "prod-eu", "prod", "prod");
    for (int i = 0; i < seeds.size(); i++) {
      sandboxes.add(
          Sandbox.start(
              SandboxOptions.builder()
                  .listen(
                      new InetSocketAddress(
                          InetAddress.getLoopbackAddress(), example.ports().get(i)))
                  .seedJson(Files.readString(folder.resolve("seeds/" + seeds.get(i) + ".json")))
                  .build()));
    }
    LoadSettings strict = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    jobs =
        map(
            map(new Load(strict)
                    .loadFromString(Files.readString(folder.resolve("github-actions/fleet.yml"))))
                .get("jobs"));
  }

  @AfterEach
  void stop() {
    sandboxes.forEach(Sandbox::close);
  }

  private static Map<?, ?> map(Object node) {
    return node == null ? Map.of() : (Map<?, ?>) node;
  }

  /** The entries of a matrix that the job matrix has given. */
  private JsonNode entries(String matrix) throws IOException {
    return new ObjectMapper().readTree(outputs.get("matrix." + matrix)).path("include");
  }

  /**
   * Runs a job of the workflow.
   *
   * @param matrix its entry of the matrix, or an empty one
   * @return the exit code of the script that failed, or 0
   */
  private int run(String job, JsonNode matrix) throws Exception {
    Path temp = Files.createTempDirectory(runners, job);
    Runner runner = new Runner(temp, matrix);
    int failed = 0;
    for (Object step : (List<?>) map(jobs.get(job)).get("steps")) {
      int code = step(map(step), job, runner, failed != 0);
      failed = failed == 0 ? code : failed;
    }
    return failed;
  }

  private void succeeds(String job, JsonNode matrix) throws Exception {
    assertThat(run(job, matrix)).as(said).isZero();
  }

  private int step(Map<?, ?> step, String job, Runner runner, boolean hasFailed) throws Exception {
    String condition = String.valueOf(step.get("if"));
    if (condition.contains("pull_request") || (hasFailed && step.get("if") == null)) {
      return 0;
    }
    Map<?, ?> with = map(step.get("with"));
    String uses = String.valueOf(step.get("uses"));
    if (uses.startsWith("actions/upload-artifact@")) {
      Path path = Path.of(resolved(with.get("path"), runner));
      if (Files.isDirectory(path)) {
        copy(path, runners.resolve("artifacts").resolve(resolved(with.get("name"), runner)));
      }
    } else if (uses.startsWith("actions/download-artifact@")) {
      download(with, Path.of(resolved(with.get("path"), runner)), runner);
    }
    return step.get("run") == null ? 0 : script(step, job, runner);
  }

  private int script(Map<?, ?> step, String job, Runner runner) throws Exception {
    for (Map.Entry<?, ?> variable : map(step.get("env")).entrySet()) {
      example.with((String) variable.getKey(), resolved(variable.getValue(), runner));
    }
    Path output = Files.createTempFile(runner.temp(), "output", "");
    example
        .with("RUNNER_TEMP", runner.temp().toString())
        .with("GITHUB_OUTPUT", output.toString())
        .with("GITHUB_STEP_SUMMARY", runners.resolve("summary-" + job).toString());
    FleetExample.Run run = example.start("set -eo pipefail\n" + step.get("run"));
    said = run.out();
    for (String line : Files.readAllLines(output)) {
      int equals = line.indexOf('=');
      outputs.put(job + "." + line.substring(0, equals), line.substring(equals + 1));
    }
    return run.exit();
  }

  private void download(Map<?, ?> with, Path to, Runner runner) throws IOException {
    Path artifacts = runners.resolve("artifacts");
    if (with.get("name") != null) {
      copy(artifacts.resolve(resolved(with.get("name"), runner)), to);
      return;
    }
    String start = ((String) with.get("pattern")).replace("*", "");
    try (Stream<Path> all = Files.list(artifacts)) {
      for (Path one :
          all.filter(path -> path.getFileName().toString().startsWith(start)).toList()) {
        copy(one, to.resolve(one.getFileName()));
      }
    }
  }

  /** A text of the workflow, with what GitHub would put in the places of its expressions. */
  private String resolved(Object text, Runner runner) {
    return EXPRESSION
        .matcher(String.valueOf(text))
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), runner)));
  }

  private String value(String expression, Runner runner) {
    if (expression.startsWith("matrix.")) {
      return runner.matrix().path(expression.substring("matrix.".length())).asText();
    }
    return switch (expression) {
      case "runner.temp" -> runner.temp().toString();
      case "github.run_attempt" -> "1";
      case "github.event.pull_request.head.sha || github.sha" -> COMMIT;
      case "needs.merge.outputs.digest" -> outputs.get("merge.digest");
      case "secrets.INFLUX_DB_MANAGEMENT_TOKEN",
          "secrets[matrix.variable] || secrets.INFLUX_DB_MANAGEMENT_TOKEN" ->
          "sandbox-management-token";
      default -> throw new AssertionError("no value for " + expression);
    };
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static JsonNode none() {
    return new ObjectMapper().createObjectNode();
  }

  /** Plans with one process, as the jobs would, and gives its manifest and its Markdown. */
  private List<String> ofOneProcess(Path temp) throws Exception {
    FleetExample.Run run =
        example.start(
            """
            tokenform plan --fleet fleet.yaml --platform platform.yaml --due exclude \\
              --out "%1$s/plans" --commit %2$s --markdown-limit 65000 \\
              --format "markdown=%1$s/plan.md"
            """
                .formatted(temp, COMMIT));
    assertThat(run.exit()).as(run.out()).isZero();
    return List.of(
        Files.readString(temp.resolve("plans/fleet.json")),
        Files.readString(temp.resolve("plan.md")));
  }

  private static String digest(String manifest) throws IOException {
    return new ObjectMapper().readTree(manifest).path("digest").asText();
  }

  @Test
  void theSharesTogetherGiveWhatOneProcessGivesAndAreAppliedWaveAfterWave() throws Exception {
    succeeds("matrix", none());
    assertThat(entries("plan")).hasSize(4);
    for (JsonNode share : entries("plan")) {
      succeeds("plan", share);
    }
    succeeds("merge", none());

    Path merging = only("merge");
    List<String> merged =
        List.of(
            Files.readString(merging.resolve("plans/fleet.json")),
            Files.readString(merging.resolve("plan.md")));
    List<String> one = ofOneProcess(merging);
    assertThat(digest(merged.get(0)))
        .isEqualTo(digest(one.get(0)))
        .isEqualTo(outputs.get("merge.digest"));
    assertThat(merged.get(1)).isEqualTo(one.get(1));
    assertThat(runners.resolve("summary-merge")).hasContent(one.get(1));

    assertThat(entries("dev")).hasSize(3);
    for (JsonNode cluster : entries("dev")) {
      succeeds("dev", cluster);
    }
    assertThat(entries("prod")).hasSize(3);
    for (JsonNode cluster : entries("prod")) {
      succeeds("prod", cluster);
    }
    assertThat(
            example
                .start(
                    "tokenform plan --fleet fleet.yaml --platform platform.yaml --detailed-exitcode")
                .exit())
        .isZero();
    assertThat(runners.resolve("artifacts/fleet-journal-prod-eu-1/prod-eu")).isNotEmptyDirectory();
  }

  @Test
  void aShareThatIsLostIsInTheCommentAndNothingIsApplied() throws Exception {
    succeeds("matrix", none());
    for (JsonNode share : entries("plan")) {
      if (!share.path("shard").asText().equals("2/4")) {
        succeeds("plan", share);
      }
    }
    assertThat(run("merge", none())).isEqualTo(1);
    assertThat(runners.resolve("summary-merge"))
        .content()
        .contains(
            "failed: no plan of it was made: the job of its share did not end",
            "| `dev-eu` | 1 |  | 2 | 1 | 3 changes |");
    // GitHub would not start the job. If somebody does, the plan is refused.
    ObjectNode cluster = new ObjectMapper().createObjectNode();
    cluster.put("arguments", "--only prod-eu").put("name", "prod-eu");
    assertThat(run("prod", cluster)).isEqualTo(1);
  }

  private Path only(String job) throws IOException {
    try (Stream<Path> all = Files.list(runners)) {
      return all.filter(
              path ->
                  Files.isDirectory(path) && path.getFileName().toString().matches(job + "[0-9]+"))
          .findFirst()
          .orElseThrow();
    }
  }
}
