package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.ExitCode;
import io.tokenform.finding.Code;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of tests-fixtures/diagnostics is a bad policy and what people are told about it; the
 * README there describes the files.
 *
 * <p>{@code mvn test -Dtest=DiagnosticsFixturesTest -Dfixtures.update=true} rewrites what is
 * expected, to be reviewed as a diff.
 */
class DiagnosticsFixturesTest {
  private static final Path FIXTURES = Path.of("tests-fixtures/diagnostics");
  private static final boolean UPDATE = Boolean.getBoolean("fixtures.update");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CODE =
      Pattern.compile("(?m)^\\S+: (?:error|denied|warning)\\[(.+?)]");

  /** A hint that gives the very text to put in the place of what is marked. */
  private static final Pattern REPLACEMENT =
      Pattern.compile("did you mean \"(.+)\"\\?|quote it: (\".*\")");

  @TempDir Path empty;

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(FIXTURES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  static Stream<Path> offlineCases() throws IOException {
    return cases().stream().filter(folder -> !needsCluster(folder) && !isFleet(folder));
  }

  static Stream<Path> fleetCases() throws IOException {
    return cases().stream().filter(DiagnosticsFixturesTest::isFleet);
  }

  private static boolean isFleet(Path folder) {
    return Files.exists(folder.resolve("fleet.yaml"));
  }

  static Stream<Path> clusterCases() throws IOException {
    return cases().stream().filter(DiagnosticsFixturesTest::needsCluster);
  }

  private static boolean needsCluster(Path folder) {
    return Files.exists(folder.resolve("live.json"));
  }

  @ParameterizedTest
  @MethodSource("offlineCases")
  void aBadPolicyIsRefusedInWordsAndAsJson(Path folder) throws IOException {
    Path workingFolder = workingFolder(folder);
    Cli.Run text = Cli.in(workingFolder).run("validate", "-f", policy(folder));
    Cli.Run json = Cli.in(workingFolder).run("validate", "-f", policy(folder), "--format", "json");

    expect(folder, "expected.txt", transcript(text, text.err()));
    expect(folder, "expected.json", json.out());
    Cli.assertThat(json).exited(text.exit());
    if (text.exit() != ExitCode.OK) {
      Cli.assertThat(text).printedNothing();
    }
    assertThat(JSON.readTree(json.out()).path("valid").booleanValue())
        .isEqualTo(text.exit() == ExitCode.OK);
  }

  @ParameterizedTest
  @MethodSource("fleetCases")
  void aBadFleetIsTold(Path folder) throws IOException {
    Cli.Run run =
        Files.exists(folder.resolve("platform.yaml"))
            ? Cli.in(folder).run("validate", "--fleet=fleet.yaml", "--platform=platform.yaml")
            : Cli.in(folder).run("fleet", "list", "--offline");

    expect(folder, "expected.txt", transcript(run, run.err()));
  }

  @ParameterizedTest
  @MethodSource("clusterCases")
  void aPolicyThatDoesNotFitItsClusterIsTold(Path folder) throws IOException {
    try (Sandbox sandbox =
        Sandbox.start(SandboxOptions.builder().seedFile(folder.resolve("live.json")).build())) {
      String url = sandbox.url().toString();
      List<String> arguments = new ArrayList<>(List.of("plan", "-f", policy(folder), "--url", url));
      if (Files.exists(folder.resolve("options.txt"))) {
        arguments.addAll(Files.readAllLines(folder.resolve("options.txt")));
      }
      Cli.Run plan = Cli.in(folder).withManagementToken().run(arguments.toArray(String[]::new));

      // The sandbox's port is another one in each run.
      String told = plan.err().replace(":" + sandbox.url().getPort(), ":PORT");
      expect(folder, "expected.txt", transcript(plan, told));
      if (plan.exit() == ExitCode.ERROR) {
        Cli.assertThat(plan).printedNothing();
      }
    }
  }

  @Test
  void theCasesShowEveryCode() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Path folder : cases()) {
      Matcher code = CODE.matcher(Files.readString(folder.resolve("expected.txt")));
      while (code.find()) {
        shown.add(code.group(1));
      }
    }
    // The sandbox has no token that cannot be read, as a whole or its age; UnreadableTokensTest and
    // LifecyclePlannerTest show these.
    shown.add(Code.UNREADABLE_TOKEN.word());
    shown.add(Code.UNKNOWN_AGE.word());
    // Nor a database; DatabasePlannersTest shows it.
    shown.add(Code.UNREADABLE_DATABASE.word());
    assertThat(shown).containsExactlyInAnyOrderElementsOf(Code.words());
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(80);
  }

  @ParameterizedTest
  @MethodSource("offlineCases")
  void everyFindingSaysWhatToDo(Path folder) throws IOException {
    assertThat(findings(Files.readString(folder.resolve("expected.json"))))
        .isNotEmpty()
        .allMatch(finding -> finding.has("hint"));
  }

  /** What a hint says to write is written at the caret, and the finding is gone. */
  @ParameterizedTest
  @MethodSource("casesOfOneFile")
  void whatAHintSaysToWriteMendsThePolicy(Path folder) throws Exception {
    List<String> policy =
        Files.readString(folder.resolve("policy.yaml"))
            .replaceFirst("^\uFEFF", "")
            .lines()
            .toList();
    for (JsonNode finding : findings(Files.readString(folder.resolve("expected.json")))) {
      Matcher hint = REPLACEMENT.matcher(finding.path("hint").textValue());
      if (hint.matches()) {
        String text = hint.group(1) == null ? hint.group(2) : hint.group(1);
        Files.write(empty.resolve("policy.yaml"), replaced(policy, finding, text));
        Cli.Run run = Cli.in(empty).run("validate", "-f", "policy.yaml", "--format", "json");
        assertThat(findings(run.out()))
            .as("%s mended with %s", folder, text)
            .noneMatch(left -> samePlaceAndCode(left, finding));
      }
    }
  }

  static Stream<Path> casesOfOneFile() throws IOException {
    return offlineCases()
        .filter(folder -> Files.exists(folder.resolve("policy.yaml")))
        .filter(folder -> !folder.getFileName().toString().startsWith("not-utf8"));
  }

  private static JsonNode findings(String document) throws IOException {
    return JSON.readTree(document).path("findings");
  }

  private static List<String> replaced(List<String> lines, JsonNode finding, String text) {
    int number = finding.path("line").intValue() - 1;
    String line = lines.get(number);
    int start = line.offsetByCodePoints(0, finding.path("column").intValue() - 1);
    int end = line.offsetByCodePoints(start, finding.path("length").intValue());
    List<String> mended = new ArrayList<>(lines);
    mended.set(number, line.substring(0, start) + text + line.substring(end));
    return mended;
  }

  private static boolean samePlaceAndCode(JsonNode one, JsonNode other) {
    return Stream.of("code", "line", "column")
        .allMatch(key -> one.path(key).equals(other.path(key)));
  }

  private static String policy(Path folder) {
    return Files.isDirectory(folder.resolve("policy")) ? "policy" : "policy.yaml";
  }

  /** The case's own folder, or one with its policy as large as padding.txt says. */
  private Path workingFolder(Path folder) throws IOException {
    Path padding = folder.resolve("padding.txt");
    if (!Files.exists(padding)) {
      return folder;
    }
    int bytes = Integer.parseInt(Files.readString(padding).strip());
    Path policy = Files.copy(folder.resolve("policy.yaml"), empty.resolve("policy.yaml"));
    byte[] comment = ("#".repeat(bytes - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
    Files.write(policy, comment, StandardOpenOption.APPEND);
    return empty;
  }

  private static String transcript(Cli.Run run, String told) {
    return told + "exit code " + run.exit() + "\n";
  }

  private static void expect(Path folder, String name, String actual) throws IOException {
    Path file = folder.resolve(name);
    if (UPDATE) {
      Files.writeString(file, actual);
    }
    assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
  }
}
