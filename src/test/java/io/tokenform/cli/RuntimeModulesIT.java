package io.tokenform.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modules of Java that the distribution's own Java has, against those that the code names. */
final class RuntimeModulesIT {
  private static final Path DISTRIBUTION = Path.of("target", "tokenform").toAbsolutePath();

  /** A line of jdeps about one jar or module: {@code httpcore5-5.4.4.jar -> jdk.net}. */
  private static final Pattern NEEDS =
      Pattern.compile("(\\S+?)(?:-[0-9][^ ]*)?(?:\\.jar)? -> (\\S+)");

  /** What only code that tokenform never reaches needs, by the jar that holds it. */
  private static final Map<String, List<String>> LEFT_OUT =
      Map.of(
          // Readers and writers of values that have XML, SQL or JavaBeans in them.
          "com.fasterxml.jackson.databind",
          List.of("java.desktop", "java.sql", "java.xml"),
          // Kerberos, which no management API asks for.
          "httpclient5",
          List.of("java.security.jgss"),
          // Its reader and writer of whole files in the unified format.
          "java-diff-utils",
          List.of("java.logging"),
          // Listeners in the manner of JavaBeans.
          "org.apache.commons.lang3",
          List.of("java.desktop"),
          // Look-ups in scripts and XML, of a class that is not used.
          "org.apache.commons.text",
          List.of("java.scripting", "java.xml"));

  /** What is found by its name at run time, so that jdeps does not see it: signals. */
  private static final String BY_NAME = "jdk.unsupported";

  @TempDir Path folder;

  @Test
  void ownJavaHasTheModulesThatTheCodeNeeds() throws Exception {
    var needed = new TreeMap<String, TreeSet<String>>();
    for (String line : jdeps()) {
      Matcher matcher = NEEDS.matcher(line.strip());
      if (matcher.matches() && matcher.group(2).matches("(?:java|jdk)\\..*")) {
        needed.computeIfAbsent(matcher.group(1), jar -> new TreeSet<>()).add(matcher.group(2));
      }
    }

    var unused = new TreeMap<String, List<String>>();
    var kept = new TreeSet<>(List.of(BY_NAME));
    needed.forEach(
        (jar, modules) -> {
          List<String> left = LEFT_OUT.getOrDefault(jar, List.of());
          modules.stream().filter(module -> !left.contains(module)).forEach(kept::add);
          List<String> named = modules.stream().filter(left::contains).toList();
          if (!named.isEmpty()) {
            unused.put(jar, named);
          }
        });
    assertThat(unused).as("what is left out is what the code names").isEqualTo(LEFT_OUT);
    assertThat(modules()).isEqualTo(kept);
  }

  @Test
  void quickStartNeedsNoOtherModule() throws Exception {
    String policy = DISTRIBUTION.resolve("examples/quickstart/tokens.yaml").toString();
    for (List<String> arguments :
        List.of(
            List.of("apply", "-f", policy, "--auto-approve"),
            List.of("plan", "-f", policy, "--detailed-exitcode"),
            List.of("report", "-f", policy, "--format", "json"),
            List.of("export", "-f", policy))) {
      assertThat(run(arguments)).as("%s", arguments).isZero();
    }
  }

  private int run(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--limit-modules=" + String.join(",", modules()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(DISTRIBUTION.resolve("lib/tokenform.jar").toString());
    command.add("io.tokenform.cli.Main");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
    int exit = builder.start().waitFor();
    assertThat(exit).as("%s", Files.readString(folder.resolve("out"))).isZero();
    return exit;
  }

  /** The property of the pom, with what its profile {@code runtime} makes an own Java of. */
  private static SortedSet<String> modules() throws Exception {
    Matcher matcher =
        Pattern.compile("<runtime\\.modules>(.*)</runtime\\.modules>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(matcher.find()).isTrue();
    return Stream.of(matcher.group(1).split(",", -1)).collect(toCollection(TreeSet::new));
  }

  private static List<String> jdeps() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("--ignore-missing-deps", "--multi-release", "17", "-summary"));
    try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("lib"))) {
      jars.map(Path::toString).filter(jar -> jar.endsWith(".jar")).sorted().forEach(arguments::add);
    }
    var out = new ByteArrayOutputStream();
    try (var printed = new PrintStream(out, false, UTF_8)) {
      ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
      assertThat(jdeps.run(printed, printed, arguments.toArray(String[]::new))).isZero();
    }
    return out.toString(UTF_8).lines().toList();
  }
}
