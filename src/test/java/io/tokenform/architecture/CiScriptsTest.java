package io.tokenform.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the scripts of CI find, and that CI and the build speak of the same JDKs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs a shell, links or modes of Unix")
class CiScriptsTest {
  private static final Path JDKS = Path.of(".ci", "jdks").toAbsolutePath();
  private static final Pattern STRICT = Pattern.compile("<id>jdk-(\\d+)</id>");

  @TempDir Path temp;

  @Test
  void eachJdkFrom17OnIsFoundOnce() throws Exception {
    Path old = jdk("jvm/eleven", "11.0.2");
    Path seventeen = jdk("jvm/seventeen", "17.0.15");
    Path newest = jdk("my jdks/newest", "26-ea");
    Path mac = jdk("jvm/mac.jdk/Contents/Home", "21.0.1");
    Path runtime = jdk("jvm/runtime", "17.0.15");
    Files.delete(runtime.resolve("bin/javac"));
    Files.writeString(jdk("jvm/broken", "").resolve("bin/javac"), "#!/bin/sh\nexit 1\n");
    Files.createSymbolicLink(temp.resolve("jvm/current"), seventeen);
    Files.createDirectories(temp.resolve("jvm/docs"));

    assertThat(
            jdks(
                Map.of(
                    "JDKS_UNDER", temp.resolve("jvm") + ":" + temp.resolve("none"),
                    "JAVA_HOME", newest.toString(),
                    "JAVA_HOME_11_X64", old.toString(),
                    "JAVA_HOME_17_X64", temp.resolve("jvm/current").toString())))
        .containsExactly("26-ea\t" + newest, "17.0.15\t" + seventeen, "21.0.1\t" + mac);
  }

  @Test
  void withoutAJdkThereIsNone() throws Exception {
    assertThat(jdks(Map.of("JDKS_UNDER", temp.toString()))).isEmpty();
  }

  @Test
  void theStrictGatesHoldOnTheJdksThatCiNames() throws IOException {
    Object workflow =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(Path.of(".github", "workflows", "ci.yml")));
    Object named = at(at(at(at(at(workflow, "jobs"), "verify"), "strategy"), "matrix"), "java");

    List<String> strict =
        STRICT
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map((MatchResult profile) -> profile.group(1))
            .toList();

    assertThat(strict).isNotEmpty().isEqualTo(named);
  }

  private static Object at(Object node, String key) {
    return ((Map<?, ?>) node).get(key);
  }

  /** A home whose javac says that it has the version. */
  private Path jdk(String name, String version) throws IOException {
    Path home = temp.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      Path file = home.resolve("bin").resolve(program);
      Files.writeString(file, "#!/bin/sh\necho Picked up something >&2\necho javac " + version);
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    return home.toRealPath();
  }

  private List<String> jdks(Map<String, String> environment) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash");
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", JDKS.toString());
    builder.environment().clear();
    // No javac is on it.
    builder.environment().put("PATH", temp.toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return Stream.of(out.split("\n")).filter(line -> !line.isEmpty()).toList();
  }
}
