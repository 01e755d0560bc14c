package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.finding.Code;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.fleet.FleetParser;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.report.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainCommandTest {
  /** Codes whose example would be a file that cannot be shown. */
  private static final Set<Code> WITHOUT_EXAMPLE =
      Set.of(
          Code.UNREADABLE_FILE,
          Code.FILE_TOO_LARGE,
          Code.NOT_UTF8,
          Code.TOO_DEEP,
          Code.TOO_MANY_ALIASES,
          // One needs three files.
          Code.SHARED_SINK);

  /** What stands in an explanation for a character that must not stand there itself. */
  private static final Pattern CHARACTER = Pattern.compile("<U\\+([0-9A-F]{4})>");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void aCodeIsExplained() {
    assertThat(Cli.in(folder).run("explain", "unknown-key"))
        .exited(0)
        .printed("unknown-key: A map has a key", "Wrong:\n\n    version: 1\n", "Right:\n\n    ver")
        .complainedOfNothing();
    assertThat(Cli.in(folder).run("explain", "secret-in-policy"))
        .exited(0)
        .printed("# <SECRET>")
        .complainedOfNothing();
  }

  @Test
  void withoutACodeAllAreListed() {
    Cli.Run run = Cli.in(folder).run("explain");
    assertThat(run).exited(0).printedExactly(Explanation.list()).complainedOfNothing();
  }

  @Test
  void anUnknownCodeIsWrongUsage() {
    assertThat(Cli.in(folder).run("explain", "unknwon-key"))
        .exited(64)
        .printedNothing()
        .complained("there is no code \"unknwon-key\"", "did you mean \"unknown-key\"?");
    assertThat(Cli.in(folder).run("explain", "frobnicate\u001b"))
        .exited(64)
        .printedNothing()
        .complained("there is no code \"frobnicate\\u001b\"", "tokenform explain lists all codes");
    assertThat(Cli.in(folder).run("explain", "bad-uuid", "bad-url")).exited(64).printedNothing();
  }

  @ParameterizedTest
  @MethodSource("io.tokenform.finding.Code#values")
  void theExampleIsWrongAndTheMendedOneIsRight(Code code) throws IOException {
    String text = Explanation.of(code).text();
    int wrong = text.indexOf("\nWrong");
    int right = text.indexOf("\nRight:\n");
    if (wrong < 0) {
      Assertions.assertThat(WITHOUT_EXAMPLE.contains(code) || code.needsCluster()).isTrue();
      Assertions.assertThat(right).isNegative();
      return;
    }
    List<String> whenWrong = findings(example(text.substring(wrong, right)));
    List<String> whenRight = findings(example(text.substring(right)));

    if (code.needsCluster()) {
      // The policy alone is good; what is wrong with it shows on the cluster.
      Assertions.assertThat(whenWrong).isEmpty();
      Assertions.assertThat(whenRight).isEmpty();
    } else {
      Assertions.assertThat(whenWrong).contains(code.word());
      Assertions.assertThat(whenRight).isEmpty();
    }
  }

  /** The indented lines of a part of an explanation. */
  private static String example(String part) {
    String text =
        part.lines()
            .filter(line -> line.isEmpty() || line.startsWith("    "))
            .map(line -> line.isEmpty() ? line : line.substring(4))
            .collect(Collectors.joining("\n", "", "\n"))
            .strip()
            .replace("<TAB>", "\t")
            .replace("<SECRET>", "apiv1_EXAMPLE0EXAMPLE0EXAMPLE0");
    return CHARACTER
        .matcher(text)
        .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)));
  }

  /** The codes of what validate finds in an example, which may be one file or several. */
  private List<String> findings(String example) throws IOException {
    if (example.contains("\nsinks:")) {
      return platformFindings(example);
    }
    if (example.contains("\nclusters:")) {
      return fleetFindings(example);
    }
    List<String> args = new ArrayList<>(List.of("validate", "--format", "json"));
    for (String content : example.split("(?m)^(?=# .*\\.yaml$)", -1)) {
      String name =
          content.startsWith("# ")
              ? content.lines().findFirst().orElseThrow().substring(2)
              : "tokens.yaml";
      Files.writeString(folder.resolve(name), content);
      args.addAll(List.of("-f", name));
    }
    Cli.Run run = Cli.in(folder).run(args.toArray(String[]::new));
    if (run.out().isEmpty()) {
      return List.of(run.err());
    }
    List<String> codes = new ArrayList<>();
    for (JsonNode finding : JSON.readTree(run.out()).path("findings")) {
      codes.add(finding.path("code").textValue());
    }
    return codes;
  }

  /** The same of an example that is a fleet file. */
  private static List<String> fleetFindings(String example) {
    try {
      FleetParser.parse(new SourceText("fleet.yaml", example));
      return List.of();
    } catch (InvalidPolicyException e) {
      return e.findings().stream().map(finding -> finding.code().word()).toList();
    }
  }

  /** The same of an example that is a platform file, which validate does not read. */
  private static List<String> platformFindings(String example) {
    try {
      PolicyParser.platform(PolicyFile.parse(new SourceText("platform.yaml", example)));
      return List.of();
    } catch (InvalidPolicyException e) {
      return e.findings().stream().map(finding -> finding.code().word()).toList();
    }
  }
}
