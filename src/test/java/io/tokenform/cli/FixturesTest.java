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
      Cli.Run plan = run(folder, "plan", options, "--detailed-exitcode");
      Cli.Run preview = run(folder, "apply", options, "--dry-run");
      Cli.Run json = run(folder, "plan", options, "--format=json");

      expect(folder, "exit-code.txt", plan.exit() + "\n");
      expect(folder, "plan.txt", stable(plan.out(), sandbox));
      expect(folder, "stderr.txt", stable(plan.err(), sandbox));
      expect(folder, "requests.json", requests(preview.out()));
      expect(folder, "plan.json", plan(json.out(), sandbox));
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

  private static Cli.Run run(Path folder, String command, List<String> options, String last) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(options);
    args.add(last);
    return Cli.in(folder).withManagementToken().run(args.toArray(String[]::new));
  }

  /** The document, which its schema describes; what differs in each run is blotted out. */
  private static String plan(String document, Sandbox sandbox) {
    assertThat(PLAN_SCHEMA.validate(document, InputFormat.JSON)).as(document).isEmpty();
    return stable(document, sandbox)
        .replaceFirst("(\"toolVersion\" : \")[^\"]*", "$1VERSION")
        .replaceFirst("(\"checksum\" : \")[^\"]*", "$1CHECKSUM")
        // It covers the URL, and so the sandbox's port.
        .replaceAll("(\"digest\" : \")[^\"]*", "$1DIGEST");
  }

  /** The sandbox's port is another one in each run. */
  private static String stable(String text, Sandbox sandbox) {
    return text.replace(":" + sandbox.url().getPort(), ":PORT");
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
