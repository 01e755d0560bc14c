package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import io.tokenform.finding.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The platform files of the examples are valid, and so are the scripts that they name. */
class SinkExamplesTest {
  private static final Path SINKS = Path.of("examples", "sinks");

  static List<Path> platformFiles() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("examples"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".yaml")).sorted().toList()) {
        if (Files.readAllLines(file).get(0).endsWith("/platform.schema.json")) {
          found.add(file);
        }
      }
    }
    return found;
  }

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("examples"))) {
      return files.filter(file -> file.toString().endsWith(".sh")).sorted().toList();
    }
  }

  private static Platform platform(Path file) throws Exception {
    return PolicyParser.platform(
        PolicyFile.parse(new SourceText(file.toString(), Files.readString(file))));
  }

  /** The words of the commands, and of the checks, of a file. */
  private static List<String> words(Path file) throws Exception {
    return platform(file).sinks().values().stream()
        .filter(SinkDefinition.Command.class::isInstance)
        .map(SinkDefinition.Command.class::cast)
        .flatMap(sink -> Stream.concat(sink.command().stream(), sink.check().stream()))
        .toList();
  }

  @Test
  void everyStoreIsThere() throws IOException {
    assertThat(platformFiles())
        .extracting(file -> file.getFileName().toString())
        .contains(
            "age.yaml",
            "aws.yaml",
            "github-actions.yaml",
            "google-cloud.yaml",
            "kubernetes.yaml",
            "pass.yaml",
            "vault.yaml");
    assertThat(scripts()).hasSizeGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("platformFiles")
  void eachFileIsValid(Path file) throws Exception {
    platform(file);
    assertThat(PlatformSchemaTest.SCHEMA.validate(Files.readString(file), InputFormat.YAML))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("platformFiles")
  void eachScriptThatIsNamedIsThere(Path file) throws Exception {
    for (String word : words(file)) {
      if (word.endsWith(".sh")) {
        assertThat(Path.of(word)).isExecutable();
      }
    }
  }

  @Test
  void eachSinkIsExplained() throws Exception {
    String text = Files.readString(SINKS.resolve("README.md"));
    for (Path file : platformFiles()) {
      if (file.startsWith(SINKS)) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        assertThat(text).contains("| [%s](%s) |".formatted(name, name));
        // The store's own login is looked at before a token is made.
        assertThat(Files.readString(file)).contains("    check: [");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  @DisabledOnOs(OS.WINDOWS)
  void eachScriptIsPlainShell(Path file) throws Exception {
    assertThat(Files.readString(file)).startsWith("#!/bin/sh\n# ").contains("\nset -eu\n");
    Process process =
        new ProcessBuilder("sh", "-n", file.toString()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
  }
}
