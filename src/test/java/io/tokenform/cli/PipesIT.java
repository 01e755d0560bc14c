package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pipes, full disks and languages of the system, as the built distribution meets them in a shell.
 */
final class PipesIT {
  private static final Path LAUNCHER = Path.of("target/tokenform/bin/tokenform").toAbsolutePath();
  private static final Path QUICK_START = Path.of("examples/quickstart").toAbsolutePath();

  @TempDir Path folder;

  @BeforeEach
  void copyQuickStart() throws IOException {
    for (String name : List.of("tokens.yaml", "seed.json")) {
      Files.copy(QUICK_START.resolve(name), folder.resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ T plan; echo $? >code; } 2>err | true",
        "{ T plan --format json; echo $? >code; } 2>err | true",
        "{ T plan; echo $? >code; } 2>err | head -n 1 >/dev/null",
        "{ T token list; echo $? >code; } 2>err | true",
        "{ T export; echo $? >code; } 2>err | true",
        "{ T plan --help; echo $? >code; } 2>err | true",
        "{ T plan 2>&1; echo $? >code; } | true; : >err",
        "{ T --debug apply --auto-approve 2>&1; echo $? >code; } | true; : >err",
      })
  void aReaderThatHasSeenEnoughIsNoError(String line) throws Exception {
    shell(line);
    assertThat(folder.resolve("code")).content().isEqualTo("0\n");
    assertThat(folder.resolve("err")).content().doesNotContain("standard output", "disk", "pipe");
  }

  @Test
  void anApplyIsMadeToItsEndThoughNobodyReadsOn() throws Exception {
    shell("{ T apply --auto-approve; echo $? >code; } 2>err | true");
    assertThat(folder.resolve("code")).content().isEqualTo("0\n");
    try (Stream<Path> files = Files.list(folder.resolve(".tokenform/journal"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsonl")))
          .singleElement()
          .satisfies(
              journal ->
                  assertThat(journal).content().contains("\"event\":\"ended\"", "\"applied\":6"));
    }
    shell("T plan --detailed-exitcode >out; echo $? >code");
    assertThat(folder.resolve("code")).content().isEqualTo("0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/full", "&-"})
  void whatCannotBeWrittenIsTold(String where) throws Exception {
    shell("T plan >" + where + " 2>err; echo $? >code");
    assertThat(folder.resolve("code")).content().isEqualTo("1\n");
    assertThat(folder.resolve("err"))
        .content()
        .contains("error: standard output cannot be written", "is the disk full");
  }

  @Test
  void aFileIsNoPipe() throws Exception {
    shell("T plan --format json=/dev/full >out 2>err; echo $? >code");
    assertThat(folder.resolve("code")).content().isEqualTo("1\n");
    assertThat(folder.resolve("err")).content().contains("/dev/full");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LC_ALL=ar_EG.UTF-8",
        "TOKENFORM_JAVA_OPTS=-Duser.language=fa",
        "TOKENFORM_JAVA_OPTS='-Duser.language=ar -Duser.country=EG'"
      })
  void digitsAreTheUsualOnesInEveryLanguage(String setting) throws Exception {
    shell("export " + setting + "; T apply --auto-approve >out 2>err; echo $? >code");
    assertThat(folder.resolve("code")).content().isEqualTo("0\n");
    assertThat(folder.resolve("out")).content().contains("[1/6] applied  alerting (neutral)");
    assertThat(folder.resolve("out"))
        .content()
        .matches(text -> text.chars().noneMatch(c -> c > '9' && Character.isDigit(c)), "digits");
  }

  private void shell(String line) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "T() { '" + LAUNCHER + "' \"$@\"; }; " + line)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("INFLUX"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CI", "true");
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
  }
}
