package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of tests-fixtures is a case: a policy and a live cluster in, every expected output
 * out. The case's commands run through the real entry point against a sandbox with that cluster.
 *
 * <p>{@code mvn test -Dtest=FixturesTest -Dfixtures.update=true} rewrites the expected outputs, to
 * be reviewed as a diff.
 */
class FixturesTest {
  private static final Path FIXTURES = Path.of("tests-fixtures");
  private static final boolean UPDATE = Boolean.getBoolean("fixtures.update");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema PLAN_SCHEMA = schema("plan");

  static Schema schema(String name) {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(Path.of("schemas", name + ".schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TempDir private Path files;

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(FIXTURES)) {
      List<Path> cases =
          folders.filter(folder -> Files.exists(folder.resolve("live.json"))).sorted().toList();
      assertThat(cases).isNotEmpty();
      return cases.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesWhatIsExpected(Path folder) throws IOException {
    try (Sandbox sandbox =
        Sandbox.start(SandboxOptions.builder().seedFile(folder.resolve("live.json")).build())) {
      List<String> options = options(folder, sandbox);
      Cli.Run plan =
          run(
              folder,
              "plan",
              options,
              "--detailed-exitcode",
              "--format=text",
              "--format=json=" + files.resolve("plan.json"),
              "--format=markdown=" + files.resolve("plan.md"),
              "--format=diff=" + files.resolve("plan.diff"),
              "--format=github=" + files.resolve("annotations.txt"));
      Cli.Run preview = run(folder, "apply", options, "--dry-run");

      expect(folder, "exit-code.txt", plan.exit() + "\n");
      expect(folder, "plan.txt", stable(plan.out(), sandbox));
      expect(folder, "stderr.txt", stable(plan.err(), sandbox));
      expect(folder, "requests.json", requests(preview.out()));
      String json = Files.readString(files.resolve("plan.json"));
      assertThat(PLAN_SCHEMA.validate(json, InputFormat.JSON)).as(json).isEmpty();
      expect(folder, "plan.json", stable(json, sandbox));
      for (String name : List.of("plan.md", "plan.diff", "annotations.txt")) {
        expect(folder, name, stable(Files.readString(files.resolve(name)), sandbox));
      }
    }
  }

  private static List<String> options(Path folder, Sandbox sandbox) throws IOException {
    List<String> options = new ArrayList<>(List.of("-f", "policy.yaml"));
    options.addAll(List.of("--url", sandbox.url().toString()));
    Path more = folder.resolve("options.txt");
    if (Files.exists(more)) {
      options.addAll(Files.readAllLines(more));
    }
    return options;
  }

  private static Cli.Run run(Path folder, String command, List<String> options, String... more) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(options);
    args.addAll(List.of(more));
    return Cli.in(folder)
        .withManagementToken()
        .with("GITHUB_WORKSPACE", folder.toAbsolutePath().toString())
        .run(args.toArray(String[]::new));
  }

  /** Blots out what is another one in each run: the sandbox's port, and what follows from it. */
  private static String stable(String text, Sandbox sandbox) {
    return text.replace(":" + sandbox.url().getPort(), ":PORT")
        .replaceFirst("(\"toolVersion\" : \")[^\"]*", "$1VERSION")
        .replaceFirst("(\"checksum\" : \")[^\"]*", "$1CHECKSUM")
        .replaceFirst("(\"digest\" : \")[^\"]*", "$1DIGEST")
        .replaceFirst(
            "(--expect-digest |digest of this plan is `|\nDigest: )sha256:[0-9a-f]*", "$1DIGEST");
  }

  /** The preview's requests as JSON, each body as the JSON that it is. */
  private static String requests(String preview) throws IOException {
    if (preview.isEmpty()) {
      return "";
    }
    ArrayNode requests = JSON.createArrayNode();
    List<String> lines = preview.lines().toList();
    for (int i = 0; i < lines.size(); i += 3) {
      String call = lines.get(i);
      ObjectNode request = requests.addObject();
      request.put("method", call.substring(0, call.indexOf(' ')));
      request.put("path", call.substring(call.indexOf(' ') + 1));
      request.set("body", JSON.readTree(lines.get(i + 1)));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(requests) + "\n";
  }

  /** An output that is empty has no file. */
  private static void expect(Path folder, String name, String actual) throws IOException {
    Path file = folder.resolve(name);
    if (UPDATE) {
      if (actual.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        Files.writeString(file, actual);
      }
    }
    String expected = Files.exists(file) ? Files.readString(file) : "";
    assertThat(actual).as(file.toString()).isEqualTo(expected);
  }
}
