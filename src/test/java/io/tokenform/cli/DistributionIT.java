package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the README promises, done with the built distribution as its users do it. */
final class DistributionIT {
  private static final Path DISTRIBUTION = Path.of("target", "tokenform").toAbsolutePath();
  private static final Path README = Path.of("README.md").toAbsolutePath();

  private static final String SENSORS = "5d8b2f94-1a3c-4e70-96c5-3e9f7d0b8c05";

  /** Its version of class files, the first with stack maps. */
  private static final int JAVA_6 = 50;

  @TempDir Path folder;

  private record Run(int exit, String out, String err) {}

  @Test
  void theQuickStartPrintsWhatTheReadmeShows() throws Exception {
    copyQuickStart();

    Run apply = run("apply", "-f", "examples/quickstart/tokens.yaml", "--auto-approve");
    assertThat(apply.exit()).as(apply.toString()).isZero();
    assertThat(apply.err()).isEmpty();
    assertThat(withoutJournalName(Files.readString(README)))
        .contains(withoutJournalName(apply.out()));

    Run plan = run("plan", "-f", "examples/quickstart/tokens.yaml");
    assertThat(plan.exit()).as(plan.toString()).isZero();
    assertThat(Files.readString(README)).contains(plan.out());

    Run again = run("plan", "-f", "examples/quickstart/tokens.yaml", "--detailed-exitcode");
    assertThat(again.exit()).as(again.toString()).isZero();
  }

  @Test
  void theReportOfTheQuickStartIsOnePage() throws Exception {
    copyQuickStart();

    Run report = run("report", "-f", "examples/quickstart/tokens.yaml");

    assertThat(report.exit()).as(report.toString()).isZero();
    assertThat(report.err()).isEmpty();
    assertThat(report.out())
        .startsWith("<!DOCTYPE html>")
        .contains("Content-Security-Policy", "Anna&#39;s test, please delete", "Scripts are off")
        .endsWith("</html>\n");
  }

  /** A journal's name holds the time. */
  private static String withoutJournalName(String text) {
    return text.replaceAll("journal/[0-9TZ]+-[0-9a-f]+", "journal/NAME");
  }

  @Test
  void outputIsUtf8EvenWhereTheLocaleIsNot() throws Exception {
    Files.writeString(
        folder.resolve("tokens.yaml"),
        """
        version: 1
        cluster: {product: sandbox, seed: s\u00e9ed.json}
        tokens:
          grafana: {id: %s, description: "Caf\u00e9 \u4e2d\u6587"}
        """
            .formatted(SENSORS));
    Files.writeString(
        folder.resolve("s\u00e9ed.json"),
        "{\"tokens\": [{\"id\": \"%s\", \"description\": \"Sm\u00f8rrebr\u00f8d\", \"permissions\": []}]}"
            .formatted(SENSORS));

    Run plan = run(Map.of("LC_ALL", "C"), "plan");

    assertThat(plan.exit()).as(plan.toString()).isZero();
    assertThat(plan.out())
        .contains("\"Sm\u00f8rrebr\u00f8d\" -> \"Caf\u00e9 \u4e2d\u6587\"")
        .doesNotContain("\u001b");
  }

  /** Each would take gigabytes or hours if it were read as it stands. */
  @ParameterizedTest
  @ValueSource(strings = {"too-many-aliases", "too-deep", "file-too-large"})
  void aFileThatBlowsUpIsRefusedInLittleMemory(String code) throws Exception {
    try (Writer file = Files.newBufferedWriter(folder.resolve("tokens.yaml"))) {
      switch (code) {
        case "too-many-aliases" -> {
          file.write("version: 1\nl0: &l0 [x, x, x, x, x, x, x, x, x]\n");
          for (int i = 1; i < 9; i++) {
            String alias = "*l" + (i - 1);
            file.write("l%d: &l%d [%s]\n".formatted(i, i, (alias + ", ").repeat(8) + alias));
          }
        }
        case "too-deep" -> file.write("version: 1\ntokens: " + "[".repeat(100_000));
        default -> file.write("version: 1\n" + ("#".repeat(1023) + "\n").repeat(33 << 10));
      }
    }

    Run validate = run(Map.of("TOKENFORM_JAVA_OPTS", "-Xmx160m"), "validate");

    assertThat(validate.exit()).as(validate.toString()).isEqualTo(1);
    assertThat(validate.err()).contains("error[" + code + "]").doesNotContain("OutOfMemory");
  }

  @Test
  void eachLibraryHasItsLicence() throws Exception {
    Path licenses = DISTRIBUTION.resolve("licenses");
    List<String> listed = Files.readAllLines(licenses.resolve("THIRD-PARTY.txt"));
    List<String> names =
        jars().stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> !name.equals("tokenform.jar"))
            .map(name -> name.replaceFirst("-[0-9][0-9.]*[.]jar$", ""))
            .toList();
    assertThat(names).hasSizeGreaterThan(10);
    assertThat(names)
        .allSatisfy(
            name -> {
              List<String> lines =
                  listed.stream().filter(line -> line.contains(":" + name + ":")).toList();
              assertThat(lines).as(name).hasSize(1);
              // The text of the Apache licence is tokenform's own.
              if (!lines.get(0).contains("(Apache-2.0)")) {
                assertThat(licenses.resolve(name)).isNotEmptyDirectory();
              }
            });
    assertThat(DISTRIBUTION.resolve("LICENSE")).content().contains("Apache License");
  }

  @Test
  void noClassOfALibraryIsTooOldForTheClassDataArchive() throws Exception {
    int count = 0;
    for (Path jar : jars()) {
      for (Map.Entry<String, byte[]> entry : entries(jar).entrySet()) {
        if (entry.getKey().endsWith(".class")) {
          assertThat(ByteBuffer.wrap(entry.getValue()).getShort(6))
              .as(jar + ", " + entry.getKey())
              .isGreaterThanOrEqualTo((short) JAVA_6);
          count++;
        }
      }
    }
    assertThat(count).isGreaterThan(1000);
  }

  @Test
  void picocliIsWhatItsAuthorsPublishButForItsClassFilesAndSaysSo() throws Exception {
    Path published =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path shipped = DISTRIBUTION.resolve("lib").resolve(published.getFileName().toString());
    Map<String, byte[]> before = entries(published);
    Map<String, byte[]> after = entries(shipped);

    assertThat(after.keySet()).containsExactlyElementsOf(before.keySet());
    before.keySet().removeIf(name -> name.startsWith("picocli/") && name.endsWith(".class"));
    assertThat(before).hasSizeGreaterThan(4);
    assertThat(before)
        .allSatisfy((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
    try (ZipFile jar = new ZipFile(shipped.toFile())) {
      assertThat(jar.getComment()).contains("Changed", "the class files were written anew");
    }
    assertThat(DISTRIBUTION.resolve("licenses/picocli/CHANGES"))
        .content()
        .contains("was changed", "its class files were written anew");
  }

  /** As the Apache licence demands of what is given on. */
  @Test
  void whatWasChangedSaysSoBesideItsLicence() throws Exception {
    List<String> changed = new ArrayList<>();
    for (Path jar : jars()) {
      try (ZipFile file = new ZipFile(jar.toFile())) {
        if (file.getComment() != null) {
          changed.add(jar.getFileName().toString().replaceFirst("-[0-9][0-9.]*[.]jar$", ""));
        }
      }
    }

    assertThat(changed)
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(DISTRIBUTION.resolve("licenses").resolve(name).resolve("CHANGES"))
                    .isRegularFile());
  }

  /** What is initialised has passed the JVM's checks of its code. */
  @Test
  void eachClassOfPicocliIsValid() throws Exception {
    Path jar = null;
    for (Path each : jars()) {
      jar = each.getFileName().toString().startsWith("picocli-") ? each : jar;
    }
    URL[] place = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(place, ClassLoader.getPlatformClassLoader())) {
      for (String name : entries(jar).keySet()) {
        if (name.startsWith("picocli/") && name.endsWith(".class")) {
          String type = name.replaceFirst("[.]class$", "").replace('/', '.');
          assertThat(Class.forName(type, true, loader).getClassLoader()).isEqualTo(loader);
        }
      }
    }
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** What a jar holds, in its order. */
  private static Map<String, byte[]> entries(Path jar) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile read = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(read.entries())) {
        try (InputStream in = read.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  @Test
  void aPolicyIsReadFromAPipe() throws Exception {
    Process process = start(Map.of(), "validate", "-f", "-");
    try (OutputStream in = process.getOutputStream()) {
      in.write("version: 1\ntokens: {a: {description: b}}\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(text(process.getInputStream())).isEqualTo("-: valid, 1 token\n");
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aTeamsTokenMayMoveToAnotherFile() throws Exception {
    Path teams = Files.createDirectories(folder.resolve("examples/teams"));
    try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("examples/teams"))) {
      for (Path file : files.toList()) {
        Files.copy(file, teams.resolve(file.getFileName()));
      }
    }
    assertThat(run("validate", "-f", "examples/teams").out())
        .isEqualTo("6 files: valid, 9 tokens, 3 roles\n");
    Run before = run("apply", "-f", "examples/teams", "--dry-run");
    assertThat(before.exit()).as(before.toString()).isZero();

    String platform = Files.readString(teams.resolve("platform.yaml"));
    String tokens =
        Files.readString(teams.resolve("orders.yaml")).replaceFirst("(?s).*tokens:", "");
    Files.writeString(teams.resolve("platform.yaml"), platform + tokens);
    Files.delete(teams.resolve("orders.yaml"));

    assertThat(run("validate", "-f", "examples/teams").out())
        .isEqualTo("5 files: valid, 9 tokens, 3 roles\n");
    assertThat(run("apply", "-f", "examples/teams", "--dry-run").out()).isEqualTo(before.out());
  }

  @Test
  void driftMadeByCurlIsSeenAndMended() throws Exception {
    copyQuickStart();
    Process sandbox =
        start(
            Map.of(),
            "sandbox",
            "--listen",
            "127.0.0.1:0",
            "--seed",
            "examples/quickstart/seed.json");
    try {
      String url = line(sandbox.getInputStream()).replaceFirst(".* at ", "");
      Map<String, String> token = Map.of("INFLUX_DB_MANAGEMENT_TOKEN", "sandbox-management-token");
      List<String> options =
          List.of("-f", "examples/quickstart/tokens.yaml", "--url", url, "--target", "sensors");

      assertThat(run(token, command("plan", options, "--detailed-exitcode")).exit()).isZero();
      patch(
          url
              + "/api/v0/accounts/aaaaaaaa-0000-4000-8000-000000000001"
              + "/clusters/cccccccc-0000-4000-8000-000000000001/tokens/"
              + SENSORS,
          "{\"permissions\": [{\"action\": \"write\", \"resource\": \"*\"}]}");

      Run plan = run(token, command("plan", options, "--detailed-exitcode"));
      assertThat(plan.exit()).as(plan.toString()).isEqualTo(2);
      assertThat(plan.out()).contains("- write  *", "  write  sensors  was part of write *");
      assertThat(run(token, command("apply", options, "--auto-approve")).exit()).isZero();
      assertThat(run(token, command("plan", options, "--detailed-exitcode")).exit()).isZero();
    } finally {
      sandbox.destroy();
      assertThat(sandbox.waitFor(15, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static String[] command(String name, List<String> options, String last) {
    List<String> args = new ArrayList<>(List.of(name));
    args.addAll(options);
    args.add(last);
    return args.toArray(String[]::new);
  }

  private static void patch(String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer sandbox-management-token")
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(200);
  }

  private void copyQuickStart() throws IOException {
    Path target = Files.createDirectories(folder.resolve("examples/quickstart"));
    for (String name : List.of("tokens.yaml", "seed.json")) {
      Files.copy(DISTRIBUTION.resolve("examples/quickstart").resolve(name), target.resolve(name));
    }
  }

  private Run run(String... args) throws Exception {
    return run(Map.of(), args);
  }

  private Run run(Map<String, String> environment, String... args) throws Exception {
    Process process = start(environment, args);
    process.getOutputStream().close();
    String out = text(process.getInputStream());
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
    String err = Files.readString(folder.resolve("stderr"));
    return new Run(process.exitValue(), out, err);
  }

  private Process start(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(DISTRIBUTION.resolve("bin/tokenform").toString());
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(
                folder.resolve(args[0].equals("sandbox") ? "sandbox.log" : "stderr").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("INFLUX_DB_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The first line, without reading further: the process goes on. */
  private static String line(InputStream stream) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = stream.read(); c != '\n' && c >= 0; c = stream.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
