package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What examples/lifecycle/README.md says is run by a shell, word for word, and is true. */
@Timeout(900)
class LifecycleExampleIT {
  private static final Path EXAMPLE = Path.of("examples", "lifecycle");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  /** What a line of the text says about its end: an exit code, or what the sandbox answers. */
  private static final Pattern PROMISE = Pattern.compile(".*# (exits \\d+|\\d{3}( \\d{3})*)");

  @TempDir Path folder;

  @Test
  void theTextSaysWhatHappens() throws Exception {
    assumeTrue(isInstalled("curl"), "curl");
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    List<String> lines = lines(Files.readString(EXAMPLE.resolve("README.md")));
    assertThat(lines).hasSizeGreaterThan(8);

    String said = run(lines);

    List<String> expected = new ArrayList<>();
    for (String line : lines) {
      Matcher promise = PROMISE.matcher(line);
      String end = promise.matches() ? promise.group(1) : "exits 0";
      if (end.startsWith("exits")) {
        expected.add(end);
      } else {
        Stream.of(end.split(" ")).forEach(expected::add);
        expected.add("exits 0");
      }
    }
    assertThat(ends(said)).as(said).isEqualTo(expected);
    assertThat(said)
        .contains(
            "denied[revoke]: \"old-batch\" would be revoked",
            "Apply complete: 3 applied, 0 failed",
            "Nothing to change: 3 unchanged",
            "Plan: 1 to rotate",
            "Plan: 1 to retire",
            "Plan: 1 to revoke");
    for (String secret : List.of("checkout", "before")) {
      Path file = folder.resolve("secrets").resolve(secret);
      assertThat(said).doesNotContain(Files.readString(file));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  private static List<String> lines(String text) {
    return BLOCK
        .matcher(text)
        .results()
        .flatMap(block -> block.group(1).lines())
        .collect(Collectors.toList());
  }

  /** The answers and exit codes, in their order. */
  private static List<String> ends(String said) {
    return said.lines()
        .filter(line -> line.matches("exits \\d+|\\d{3}  secrets/\\w+"))
        .map(line -> line.replaceFirst("  .*", ""))
        .toList();
  }

  private String run(List<String> lines) throws Exception {
    Path script = folder.resolve("readme.sh");
    Files.write(script, lines.stream().flatMap(line -> Stream.of(line, "echo exits $?")).toList());
    ProcessBuilder builder =
        new ProcessBuilder("sh", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(INFLUX|TOKENFORM_).*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .put(
            "PATH", Path.of("target/tokenform/bin").toAbsolutePath() + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("PORT", String.valueOf(freePort()));
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }
}
