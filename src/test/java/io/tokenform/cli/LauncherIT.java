package io.tokenform.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.testing.CertificateAuthority;
import io.tokenform.testing.CertificateAuthority.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher of the built distribution, started as its users start it.
 *
 * <p>What concerns the JVM's command line is asked of a stand-in for java, a script that prints
 * what it was given. What concerns the JVM is tried with the Java that runs this test, and with
 * those in {@code /usr/lib/jvm} or the folders that the system property {@code tokenform.javas}
 * lists.
 */
@Timeout(1500)
final class LauncherIT {
  private static final Path DISTRIBUTION = Path.of("target", "tokenform").toAbsolutePath();
  private static final Path LAUNCHER = DISTRIBUTION.resolve("bin/tokenform");
  private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"));

  /** A stand-in for a Java that makes an archive, and notes each time in a file. */
  private static final String NOTES_ATTEMPTS =
      """
      case $* in
        *-Xshare:dump*) echo x >>'%s'; echo no >new.jsa; exit ;;
        *-XX:DumpLoadedClassList*) exit ;;
      esac
      """;

  /** Prints its arguments, one a line. */
  private static final String PRINT_ARGUMENTS = "for a; do printf '<%s>\\n' \"$a\"; done\n";

  /** Takes part in the making of an archive that no JVM can use. */
  private static final String MAKE_GARBAGE =
      """
      case $* in
        *-Xshare:dump*) echo no >new.jsa; exit ;;
        *-XX:DumpLoadedClassList*) exit ;;
      esac
      """;

  @TempDir Path temp;

  /** The whole environment of what is started. */
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void startFromAPlainEnvironment() throws IOException {
    // On a busy machine, what runs with the least priority may never run.
    Path bin = Files.createDirectories(temp.resolve("bin"));
    script(bin.resolve("nice"), "[ \"$1 $2\" = '-n 19' ] && shift 2 && exec \"$@\"\n");
    environment.put("PATH", bin + ":/usr/bin:/bin");
    environment.put("HOME", temp.resolve("home").toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("JAVA_HOME", THIS_JAVA.toString());
    // So that only the tests which are about it make an archive on first use.
    environment.put("CI", "true");
  }

  @ParameterizedTest
  @MethodSource("javas")
  void everyJavaAtHandStartsWithoutAWarning(Path java) throws Exception {
    environment.put("JAVA_HOME", java.toString());

    Run run = run(LAUNCHER, "--help");

    assertThat(run.exit).as("%s", run).isZero();
    assertThat(run.out).contains("tokenform").doesNotContainIgnoringCase("warning");
    assertThat(run.err).isEmpty();
  }

  @Test
  void chainOfSymbolicLinksLeadsToTheDistribution() throws Exception {
    Path bin = Files.createDirectories(temp.resolve("my bin"));
    Files.createSymbolicLink(
        temp.resolve("absolute"), copyOfTheDistribution("copy").resolve("bin/tokenform"));
    Files.createSymbolicLink(temp.resolve("relative"), Path.of("absolute"));
    Files.createSymbolicLink(bin.resolve("tf"), Path.of("../relative"));
    Files.createDirectories(temp.resolve("decoy/my bin"));
    environment.put("CDPATH", temp.resolve("decoy") + ":" + temp);

    for (String command : List.of("my bin/tf", "./my bin/tf", bin.resolve("tf").toString())) {
      Run run = run(Path.of("/bin/sh"), command, "--help");
      assertThat(run.exit).as("%s: %s", command, run).isZero();
      assertThat(run.out).contains("tokenform");
    }
  }

  @Test
  void distributionMayLieAtAnOddPath() throws Exception {
    Path copy = copyOfTheDistribution("it's a \"copy\", $HOME; * & ä");

    Run run = run(copy.resolve("bin/tokenform"), "--help");

    assertThat(run.exit).as("%s", run).isZero();
    assertThat(run.out).contains("tokenform");
    assertThat(run.err).isEmpty();
  }

  @Test
  void pathThatJavaCannotLoadFromIsRefusedWithTheReason() throws Exception {
    Path copy = copyOfTheDistribution("a:b");

    Run run = run(copy.resolve("bin/tokenform"), "--help");

    assertThat(run)
        .isEqualTo(
            new Run(
                1,
                "",
                """
                tokenform: Java cannot load classes from a path with a colon in it: %s
                Move tokenform to another directory.
                """
                    .formatted(copy.toRealPath().resolve("lib"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash", "busybox"})
  void argumentsArriveAsTheyWereGivenInEveryShellAtHand(String shell) throws Exception {
    Path program = shellAtHand(shell);
    environment.put("JAVA_HOME", standIn("17.0.1", PRINT_ARGUMENTS).toString());
    environment.put("TOKENFORM_JAVA_OPTS", " -Done=* -Dtwo=x ");
    String[] odd = {
      "", "a b", "*", "it's", "\"", "\\n", "$HOME", "@file", "é漢", "-x", "a\nb", "--"
    };
    List<String> arguments = new ArrayList<>();
    if (shell.equals("busybox")) {
      arguments.add("sh");
    }
    arguments.add(LAUNCHER.toString());
    arguments.addAll(List.of(odd));

    Run run = run(program, arguments.toArray(String[]::new));

    Path jar = DISTRIBUTION.toRealPath().resolve("lib/tokenform.jar");
    String expected =
        Stream.concat(
                Stream.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:Tier3InvocationThreshold=400",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-Xlog:disable",
                    "-XX:+DisplayVMOutputToStderr",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=/dev/null",
                    "-XX:-UsePerfData",
                    "-Djdk.reflect.useNativeAccessorOnly=true",
                    "-Dtokenform.terminal=",
                    "-Done=*",
                    "-Dtwo=x",
                    "-cp",
                    jar.toString(),
                    "io.tokenform.cli.Main"),
                Stream.of(odd))
            .map("<%s>\n"::formatted)
            .collect(joining());
    assertThat(run).isEqualTo(new Run(0, expected, ""));
  }

  /** The JVM would open a file of its own in its place. */
  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash", "busybox"})
  void aClosedStreamIsNoOtherFile(String shell) throws Exception {
    String start =
        "exec " + shellAtHand(shell) + (shell.equals("busybox") ? " sh" : "") + " " + LAUNCHER;
    Path sh = shellAtHand("sh");

    Run noInput = run(sh, "-c", start + " validate -f - <&-");
    Run neither = run(sh, "-c", start + " --version <&- >&-");
    environment.put("JAVA_HOME", standIn("17.0.1", "true 3>&2 && echo open\n").toString());
    Run noErrors = run(sh, "-c", start + " --version <&- 2>&-");

    assertThat(noInput.exit).isEqualTo(1);
    assertThat(noInput.err).contains("the policy is empty");
    assertThat(neither.exit).isEqualTo(1);
    assertThat(neither.err).contains("standard output cannot be written");
    assertThat(noErrors.out).isEqualTo("open\n");
  }

  private static Path shellAtHand(String name) {
    Path program =
        Stream.of("/bin", "/usr/bin", "/usr/local/bin")
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeThat(program).as(name).isNotNull();
    return program;
  }

  @Test
  void launcherBecomesTheJvmSoThatSignalsAndTheExitCodeAreTheJvms() throws Exception {
    environment.put("JAVA_HOME", standIn("17.0.1", "echo $$\nexit 42\n").toString());
    Path out = temp.resolve("out");

    Process process = start(out, temp.resolve("err"), LAUNCHER, "--help");

    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(42);
    assertThat(out).hasContent(Long.toString(process.pid()));
  }

  @Test
  void plainAsciiLocaleIsReplacedSoThatFileNamesSurvive() throws Exception {
    environment.put("JAVA_HOME", standIn("17.0.1", "echo \"${LC_ALL-unset}\"\n").toString());

    environment.put("LANG", "C.UTF-8");
    assertThat(run(LAUNCHER).out).isEqualTo("unset\n");
    environment.put("LC_CTYPE", "POSIX");
    assertThat(run(LAUNCHER).out).endsWith(".UTF-8\n");
    environment.put("LC_ALL", "fr_FR.ISO-8859-1");
    assertThat(run(LAUNCHER).out).isEqualTo("fr_FR.ISO-8859-1\n");
    environment.put("LC_ALL", "C");
    assertThat(run(LAUNCHER).out).endsWith(".UTF-8\n");
    environment.keySet().removeAll(List.of("LANG", "LC_CTYPE", "LC_ALL"));
    assertThat(run(LAUNCHER).out).endsWith(".UTF-8\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LC_ALL=xx_XX.UTF-8",
        "LC_CTYPE=xx_XX.utf8",
        "LANG=xx_XX.UTF-8@euro",
        // The JVM takes all of them or none.
        "LC_TIME=xx_XX.UTF-8",
        // As macOS tells other systems over ssh.
        "LC_CTYPE=UTF-8"
      })
  void localeThatIsNotInstalledIsReplacedSoThatArgumentsSurvive(String variable) throws Exception {
    assumeThat(Path.of("/usr/lib/locale/locale-archive")).doesNotExist();
    environment.put(
        variable.substring(0, variable.indexOf('=')),
        variable.substring(variable.indexOf('=') + 1));
    Files.writeString(temp.resolve("größe.yaml"), "version: 1\n");

    Run run = run(LAUNCHER, "validate", "-f", "größe.yaml");

    assertThat(run).isEqualTo(new Run(0, "größe.yaml: valid, 0 tokens\n", ""));
  }

  @Test
  void localeThatIsInstalledIsLeftAlone() throws Exception {
    environment.put("JAVA_HOME", standIn("17.0.1", "echo \"${LC_ALL-unset}\"\n").toString());
    for (String locale : List.of("C.UTF-8", "C.utf8")) {
      environment.put("LANG", locale);
      environment.put("LC_TIME", "C");
      assertThat(run(LAUNCHER).out).as(locale).isEqualTo("unset\n");
    }
  }

  @Test
  void argumentThatTheLocaleCannotReadIsRefused() throws Exception {
    // Nobody asked for UTF-8 here, so the launcher leaves it; no system has this locale.
    environment.put("LC_ALL", "xx_XX.ISO-8859-1");

    Run run = run(LAUNCHER, "validate", "-f", "größe.yaml");

    assertThat(run.exit).as("%s", run).isEqualTo(64);
    assertThat(run.err).contains("word 3").contains("LC_ALL=C.UTF-8");
  }

  @Test
  void withoutAJavaTheMessageSaysWhatToDo() throws Exception {
    environment.remove("JAVA_HOME");
    environment.put("PATH", temp.toString());

    assertThat(run(LAUNCHER, "--help"))
        .isEqualTo(
            new Run(
                1,
                "",
                """
                tokenform: Java 17 or newer is needed, and was not found:
                  PATH: there is no java
                Install one, and set JAVA_HOME to its directory or put its java on PATH.
                """));
  }

  @Test
  void everyJavaThatDoesNotServeIsNamed() throws Exception {
    Path eleven = standIn("11.0.2", "");
    Path eight = standIn("1.8.0_402", "");
    environment.put("JAVA_HOME", eleven + "/");
    environment.put("PATH", eight.resolve("bin").toString());

    assertThat(run(LAUNCHER, "--help"))
        .isEqualTo(
            new Run(
                1,
                "",
                """
                tokenform: Java 17 or newer is needed, and was not found:
                  JAVA_HOME: %s/bin/java is Java 11.0.2
                  PATH: %s/bin/java is Java 1.8.0_402
                Install one, and set JAVA_HOME to its directory or put its java on PATH.
                """
                    .formatted(eleven, eight)));
  }

  @Test
  void versionWithMoreDigitsThanAShellCountsIsNewEnough() throws Exception {
    environment.put("JAVA_HOME", standIn("99999999999999999999999", "echo new\n").toString());

    assertThat(run(LAUNCHER)).isEqualTo(new Run(0, "new\n", ""));
  }

  @Test
  void javaInTheWorkingDirectoryIsNotRun() throws Exception {
    environment.remove("JAVA_HOME");
    script(temp.resolve("java"), "echo hostile\n");
    script(temp.resolve("bin/java"), "echo hostile\n");
    environment.put("PATH", ":.:bin");

    assertThat(run(LAUNCHER).err).contains("\n  PATH: there is no java\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash", "busybox"})
  void javaThatTheSystemCannotRunHasAReason(String shell) throws Exception {
    Path copy = copyOfTheDistribution("copy");
    Path own = standIn("25.0.1", "");
    // Where there is no glibc, its loader is what is missing.
    Files.writeString(own.resolve("bin/java"), "#!/nonexistent/ld-linux.so.2\n");
    Files.move(own, copy.resolve("runtime"));
    String launcher = copy.resolve("bin/tokenform").toString();

    Run run =
        shell.equals("busybox")
            ? run(shellAtHand(shell), "sh", launcher, "--help")
            : run(shellAtHand(shell), launcher, "--help");

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.err)
        .contains("tokenform: the Java in " + copy.toRealPath() + "/runtime does not run")
        .contains("Alpine")
        .endsWith("Java 17 or newer.\n");
  }

  @Test
  void javaHomeThatIsNoneIsNamed() throws Exception {
    environment.put("JAVA_HOME", "/nonexistent");
    environment.put("PATH", "");

    assertThat(run(LAUNCHER, "--help").err)
        .contains("\n  JAVA_HOME: there is no /nonexistent/bin/java\n  PATH: there is no java\n");
  }

  @Test
  void javaOnPathStandsInForOneThatIsTooOld() throws Exception {
    environment.put("JAVA_HOME", standIn("11.0.2", "echo old\n").toString());
    Path links = Files.createDirectories(temp.resolve("links"));
    Files.createSymbolicLink(
        links.resolve("java"), standIn("21-ea", "echo new\n").resolve("bin/java"));
    environment.put("PATH", links + ":/usr/bin:/bin");

    assertThat(run(LAUNCHER, "--help")).isEqualTo(new Run(0, "new\n", ""));
  }

  @Test
  void javaWithoutAReleaseFileIsAskedForItsVersionUnderItsOwnName() throws Exception {
    Path shims = Files.createDirectories(temp.resolve("shims"));
    Path tool =
        script(
            temp.resolve("tool"),
            """
            [ "$1" != -version ] || { echo 'openjdk version "22.0.1" 2024-04-16' >&2; exit; }
            echo "${0##*/}"
            """);
    Files.createSymbolicLink(shims.resolve("java"), tool);
    environment.remove("JAVA_HOME");
    environment.put("PATH", shims + ":/usr/bin:/bin");

    assertThat(run(LAUNCHER, "--help")).isEqualTo(new Run(0, "java\n", ""));
  }

  @Test
  void javaOfTheDistributionsOwnComesFirstAndWithItItsArchive() throws Exception {
    Path copy = copyOfTheDistribution("copy");
    Path own = standIn("25.0.1", PRINT_ARGUMENTS);
    Files.move(own, copy.resolve("runtime"));
    Path archive = Files.createDirectories(copy.resolve("runtime/lib")).resolve("tokenform.jsa");
    Files.createFile(archive);
    Files.setLastModifiedTime(
        archive, Files.getLastModifiedTime(copy.resolve("lib/tokenform.jar")));
    String option = "<-XX:SharedArchiveFile=" + archive.toRealPath() + ">";
    environment.put("JAVA_HOME", standIn("26", "echo other\n").toString());
    environment.put("PATH", "");

    assertThat(run(copy.resolve("bin/tokenform")).out.lines())
        .containsSequence(
            option, "<-XX:+UnlockDiagnosticVMOptions>", "<-XX:ArchiveRelocationMode=0>");
    environment.put("TOKENFORM_CDS", "off");
    assertThat(run(copy.resolve("bin/tokenform")).out.lines())
        .contains("<io.tokenform.cli.Main>")
        .doesNotContain(option);
    environment.remove("TOKENFORM_CDS");

    // As a copy that does not keep the files' times has it, which the JVM would refuse.
    Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
    assertThat(run(copy.resolve("bin/tokenform")).out.lines())
        .contains("<io.tokenform.cli.Main>")
        .doesNotContain(option);
  }

  /** The archive of the distribution's own Java has the jars in the folder of that number. */
  @Test
  void theFolderOfTheOwnArchiveIsPassedOnUnlessTheCallerUsesItsNumber() throws Exception {
    assumeThat(Path.of("/proc/self/fd")).isDirectory();
    Path copy = copyOfTheDistribution("copy");
    Path own =
        standIn("25.0.1", "[ -r /proc/self/fd/9/lib/tokenform.jar ] && echo there || echo none\n");
    Files.move(own, copy.resolve("runtime"));
    String launcher = copy.resolve("bin/tokenform").toString();
    Path shell = Path.of("/bin/sh");
    assertThat(run(shell, "-c", "exec \"$0\"", launcher).out).isEqualTo("none\n");

    Path archive = Files.createDirectories(copy.resolve("runtime/lib")).resolve("tokenform.jsa");
    Files.createFile(archive);
    Files.setLastModifiedTime(
        archive, Files.getLastModifiedTime(copy.resolve("lib/tokenform.jar")));
    assertThat(run(shell, "-c", "exec \"$0\"", launcher).out).isEqualTo("there\n");
    assertThat(run(shell, "-c", "exec \"$0\" 9</dev/null", launcher).out).isEqualTo("none\n");
  }

  @Test
  void distributionHoldsAnArchiveForTheJavaThatBuiltIt() throws Exception {
    environment.put("TOKENFORM_JAVA_OPTS", "-Xlog:class+load");

    assertThat(run(LAUNCHER, "--help").out.lines()).anyMatch(LauncherIT::saysThatMainIsShared);
    environment.put("TOKENFORM_CDS", "off");
    assertThat(run(LAUNCHER, "--help").out.lines()).noneMatch(LauncherIT::saysThatMainIsShared);
  }

  /** The JDK's own comparators are lambdas that can be serialised, and so not in the archive. */
  @Test
  void aPlanLoadsNoClassFromAJarSpinsNoComparatorAndReadsNoAnnotation() throws Exception {
    environment.put("TOKENFORM_JAVA_OPTS", "-Xlog:class+load");
    Path policy = DISTRIBUTION.resolve("examples/quickstart/tokens.yaml");

    assertThat(run(LAUNCHER, "plan", "-f", policy.toString()).out.lines())
        .anyMatch(line -> line.endsWith(" picocli.CommandLine source: shared objects file"))
        .noneMatch(line -> line.contains(" source: file:"))
        .noneMatch(line -> line.endsWith(" source: java.util.Comparator"))
        // An annotation that is read is an object of a class that Java makes at run time.
        .noneMatch(line -> line.contains(".$Proxy"))
        // What Java makes at run time has an address for a name.
        .noneMatch(line -> line.matches(".* io\\.tokenform\\.\\S+/0x.*"));
  }

  /** The archive holds all classes verified, which it cannot do with those of Java 5. */
  @Test
  void aPlanVerifiesNoClassOfAJar() throws Exception {
    environment.put("TOKENFORM_JAVA_OPTS", "-Xlog:class+init");
    String policy = DISTRIBUTION.resolve("examples/quickstart/tokens.yaml").toString();
    String verified = "Start class verification for: ";

    assertThat(run(LAUNCHER, "plan", "-f", policy).out.lines())
        .noneMatch(line -> line.contains(verified));
    environment.put("TOKENFORM_CDS", "off");
    assertThat(run(LAUNCHER, "plan", "-f", policy).out.lines())
        .anyMatch(line -> line.endsWith(verified + "picocli.CommandLine"));
  }

  @Test
  void theWayToAClusterIsInTheArchive() throws Exception {
    Path policy = policy("{grafana: {description: Grafana, permissions: {read: [metrics]}}}");
    environment.put("TOKENFORM_JAVA_OPTS", "-Xlog:class+load");
    environment.put("INFLUX_DB_MANAGEMENT_TOKEN", Sandbox.PUBLIC_MANAGEMENT_TOKEN);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().build())) {
      Run run = run(LAUNCHER, "plan", "-f", policy.toString(), "--url", sandbox.url().toString());

      assertThat(run.out.lines())
          .anyMatch(line -> line.contains(" io.tokenform.cluster.TokenJson "))
          .noneMatch(
              line ->
                  line.matches(
                      ".* io\\.tokenform\\.(yaml|policy|cluster|cli\\.options)\\..* file:.*"));
    }
  }

  /** The policy of the sandbox's cluster as if it were another. */
  private Path policy(String tokens) throws IOException {
    return Files.writeString(
        temp.resolve("cluster.yaml"),
        """
        version: 1
        cluster:
          product: cloud-dedicated
          accountId: aaaaaaaa-0000-4000-8000-000000000001
          clusterId: cccccccc-0000-4000-8000-000000000001
        tokens: %s
        """
            .formatted(tokens));
  }

  /** The archive also holds what only a real handshake loads, and a chain that is checked. */
  @Test
  void theWayToAClusterOverTlsIsInTheArchive() throws Exception {
    CertificateAuthority authority = CertificateAuthority.create();
    Path trusted = authority.write(temp.resolve("ca.pem"));
    List<Identity> keys =
        List.of(
            authority.issue("127.0.0.1"),
            authority.issue(CertificateAuthority.rsaKeys(), 1, "127.0.0.1"));
    Path policy = policy("{}");
    environment.put("INFLUX_DB_MANAGEMENT_TOKEN", Sandbox.PUBLIC_MANAGEMENT_TOKEN);
    for (Identity key : keys) {
      Path file = authority.writePkcs12(temp.resolve("tls.p12"), key, "changeit");
      environment.remove("TOKENFORM_JAVA_OPTS");
      Path greeting = Files.createTempFile(temp, "sandbox", ".out");
      Process sandbox =
          start(
              greeting,
              temp.resolve("sandbox.err"),
              LAUNCHER,
              "sandbox",
              "--listen",
              "127.0.0.1:0",
              "--tls",
              file.toString());
      try {
        await(() -> !sandbox.isAlive() || content(greeting).contains("Ctrl-C"));
        String url = content(greeting).lines().findFirst().orElseThrow().replaceFirst(".* at ", "");
        environment.put("TOKENFORM_JAVA_OPTS", "-Xlog:class+load");

        Run run =
            run(
                LAUNCHER,
                "plan",
                "-f",
                policy.toString(),
                "--url",
                url,
                "--ca-file",
                trusted.toString());

        assertThat(run.exit).as("%s", run.err).isZero();
        assertThat(run.out.lines())
            .anyMatch(line -> line.contains(" sun.security.ssl.Finished$FinishedMessage "))
            .noneMatch(line -> line.contains(" source: file:"))
            // The JVM archives no event of its flight recorder.
            .noneMatch(line -> line.matches(".* (?!jdk\\.internal\\.event\\.)\\S+ source: jrt:.*"))
            // Nor a switch over types, of which Java 25 has some; but lambdas, which are no less.
            .noneMatch(line -> line.matches(".*Lambda\\S+ source: sun\\.security\\..*"));
      } finally {
        sandbox.destroy();
        assertThat(sandbox.waitFor(15, TimeUnit.MINUTES)).isTrue();
      }
    }
  }

  @Test
  void theSecondUseMakesAnArchiveThatLaterUsesLoad() throws Exception {
    Path launcher = copyOfTheDistribution("copy").resolve("bin/tokenform");
    Path cache = temp.resolve("home/.cache/tokenform");
    environment.put("TOKENFORM_CDS", "on");

    assertStartsInSilence(launcher);
    assertThat(named(cache, ".lock")).isEmpty();
    assertThat(named(cache, ".jsa.run")).hasSize(1);
    assertStartsInSilence(launcher);
    await(() -> named(cache, ".jsa.stamp").size() == 1 && named(cache, ".lock").isEmpty());

    assertThat(named(cache, ".jsa")).hasSize(1);
    assertThat(named(cache, ".jsa.run")).isEmpty();
    environment.put("TOKENFORM_JAVA_OPTS", "-Xlog:class+load");
    assertThat(run(launcher, "--help").out.lines()).anyMatch(LauncherIT::saysThatMainIsShared);
  }

  @Test
  void distributionSaysWhichJarsItHas() throws IOException {
    String digest = Files.readString(DISTRIBUTION.resolve("lib/jars.digest"));

    assertThat(digest).matches("[0-9a-f]{64}\n");
    assertThat(named(DISTRIBUTION.resolve("lib/cds"), ".jsa"))
        .singleElement()
        .satisfies(
            archive -> assertThat(archive.toString()).endsWith("-" + digest.strip() + ".jsa"));
  }

  @Test
  void upgradeInPlaceGetsAnArchiveOfItsOwnThoughTheJarsHaveTheSameTimes() throws Exception {
    Path attempts = temp.resolve("attempts");
    environment.put(
        "JAVA_HOME",
        standIn("17.0.1", NOTES_ATTEMPTS.formatted(attempts) + PRINT_ARGUMENTS).toString());
    environment.put("TOKENFORM_CDS", "on");
    Path copy = copyOfTheDistribution("copy");
    Path launcher = copy.resolve("bin/tokenform");
    Path cache = temp.resolve("home/.cache/tokenform");
    run(launcher);
    run(launcher);
    await(() -> named(cache, ".jsa.stamp").size() == 1 && named(cache, ".lock").isEmpty());
    Path first = named(cache, ".jsa").get(0);
    assertThat(run(launcher).out).contains("<-XX:SharedArchiveFile=" + first + ">");

    Files.writeString(copy.resolve("lib/jars.digest"), "0".repeat(64) + "\n");

    assertThat(run(launcher).out).contains("Main").doesNotContain("SharedArchiveFile");
    assertThat(run(launcher).out).doesNotContain("SharedArchiveFile");
    await(() -> content(attempts).equals("x\nx\n") && named(cache, ".lock").isEmpty());
    assertThat(named(cache, ".jsa"))
        .singleElement()
        .satisfies(
            archive -> assertThat(archive.toString()).endsWith("-" + "0".repeat(64) + ".jsa"));
    assertThat(run(launcher).out)
        .contains("<-XX:SharedArchiveFile=" + named(cache, ".jsa").get(0) + ">");
  }

  @Test
  void manyUsesAtOnceMakeNoArchiveAndTheNextOnesMakeOne() throws Exception {
    Path attempts = temp.resolve("attempts");
    Path go = temp.resolve("go");
    environment.put(
        "JAVA_HOME",
        standIn(
                "17.0.1",
                NOTES_ATTEMPTS.formatted(attempts)
                    + """
                    until [ -e '%s' ]; do sleep 0.2; done
                    """
                        .formatted(go))
            .toString());
    environment.put("TOKENFORM_CDS", "on");
    Path launcher = copyOfTheDistribution("copy").resolve("bin/tokenform");
    Path cache = temp.resolve("home/.cache/tokenform");

    List<Process> uses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      uses.add(start(temp.resolve("out"), temp.resolve("err"), launcher, "--help"));
    }
    await(() -> uses.stream().allMatch(use -> hasBecomeJava(use.toHandle())));
    assertThat(named(cache, ".lock")).isEmpty();
    assertThat(attempts).doesNotExist();
    Files.createFile(go);
    for (Process use : uses) {
      assertThat(use.waitFor(15, TimeUnit.MINUTES)).isTrue();
    }

    uses.clear();
    for (int i = 0; i < 40; i++) {
      uses.add(start(temp.resolve("out"), temp.resolve("err"), launcher, "--help"));
    }
    for (Process use : uses) {
      assertThat(use.waitFor(15, TimeUnit.MINUTES)).isTrue();
    }
    await(() -> named(cache, ".jsa.stamp").size() == 1 && named(cache, ".lock").isEmpty());
    assertThat(attempts).hasContent("x");
  }

  private static boolean hasBecomeJava(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains("io.tokenform.cli.Main"))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CI=true", "container=podman", "KUBERNETES_SERVICE_HOST=10.0.0.1", "X=x"})
  void aHomeThatDoesNotLastGetsNoArchive(String variable) throws Exception {
    Path launcher = copyOfTheDistribution("copy").resolve("bin/tokenform");
    environment.remove("CI");
    environment.put(
        variable.substring(0, variable.indexOf('=')),
        variable.substring(variable.indexOf('=') + 1));
    // Without any of the others, it is the folder for what is temporary.
    environment.put("TMPDIR", temp.toString());

    assertStartsInSilence(launcher);
    assertStartsInSilence(launcher);

    assertThat(temp.resolve("home")).doesNotExist();
  }

  @Test
  void lockOfAKilledProcessIsTakenOver() throws Exception {
    environment.put("JAVA_HOME", standIn("17.0.1", MAKE_GARBAGE).toString());
    environment.put("TOKENFORM_CDS", "make");
    Path launcher = copyOfTheDistribution("copy").resolve("bin/tokenform");
    assertThat(run(launcher).exit).isZero();
    Path archive = named(temp.resolve("copy"), ".jsa").get(0);
    Path lock = Files.createDirectory(Path.of(archive + ".lock"));

    assertThat(run(launcher).exit).as("while another process works").isEqualTo(1);
    Files.setLastModifiedTime(lock, FileTime.fromMillis(System.currentTimeMillis() - 900_000));

    assertThat(run(launcher).exit).as("when it must be dead").isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void archiveThatCannotBeMadeIsTriedOnceForAJar() throws Exception {
    Path attempts = temp.resolve("attempts");
    environment.put(
        "JAVA_HOME",
        standIn(
                "17.0.1",
                "case $* in *-Xshare:dump*) echo x >>'%s'; exit 1 ;; esac\n".formatted(attempts))
            .toString());
    environment.put("TOKENFORM_CDS", "on");
    Path copy = copyOfTheDistribution("copy");
    Path cache = temp.resolve("home/.cache/tokenform");

    run(copy.resolve("bin/tokenform"));
    for (int i = 0; i < 3; i++) {
      assertThat(run(copy.resolve("bin/tokenform"))).isEqualTo(new Run(0, "", ""));
      await(() -> named(cache, ".jsa.stamp").size() == 1 && named(cache, ".lock").isEmpty());
    }
    assertThat(attempts).hasContent("x");

    Files.setLastModifiedTime(copy.resolve("lib/tokenform.jar"), FileTime.fromMillis(0));
    run(copy.resolve("bin/tokenform"));
    run(copy.resolve("bin/tokenform"));
    await(() -> content(attempts).equals("x\nx\n"));
  }

  @Test
  void noPlaceForAnArchiveIsNoError() throws Exception {
    environment.put("TOKENFORM_CDS", "on");
    Path launcher = copyOfTheDistribution("copy").resolve("bin/tokenform");
    String file = Files.createFile(temp.resolve("file")).toString();

    environment.put("HOME", file);
    assertStartsInSilence(launcher);
    environment.put("XDG_CACHE_HOME", file);
    assertStartsInSilence(launcher);
    environment.remove("XDG_CACHE_HOME");
    environment.remove("HOME");
    assertStartsInSilence(launcher);
  }

  @Test
  void continuousIntegrationMakesNoArchiveItWouldThrowAway() throws Exception {
    Path launcher = copyOfTheDistribution("copy").resolve("bin/tokenform");

    assertStartsInSilence(launcher);

    assertThat(temp.resolve("home")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("javas")
  void archiveThatIsGarbageIsIgnored(Path java) throws Exception {
    Path wrapper = standIn("17.0.1", MAKE_GARBAGE + "exec '%s/bin/java' \"$@\"\n".formatted(java));
    environment.put("JAVA_HOME", wrapper.toString());
    Path copy = copyOfTheDistribution("copy");
    environment.put("TOKENFORM_CDS", "make");
    assertThat(run(copy.resolve("bin/tokenform"))).isEqualTo(new Run(0, "", ""));
    assertThat(named(copy, ".jsa")).singleElement().satisfies(a -> assertThat(a).hasContent("no"));
    environment.remove("TOKENFORM_CDS");

    assertStartsInSilence(copy.resolve("bin/tokenform"));
  }

  private void assertStartsInSilence(Path launcher) throws Exception {
    Run run = run(launcher, "--help");
    assertThat(run.exit).as("%s", run).isZero();
    assertThat(run.out).contains("tokenform").doesNotContain("[cds");
    assertThat(run.err).isEmpty();
  }

  /** How a process ended, and what it printed. */
  private record Run(int exit, String out, String err) {}

  private Run run(Path program, String... arguments) throws Exception {
    Path out = Files.createTempFile(temp, "run", ".out");
    Path err = Files.createTempFile(temp, "run", ".err");
    Process process = start(out, err, program, arguments);
    if (!process.waitFor(15, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Run(process.waitFor(), content(out), content(err));
  }

  private Process start(Path out, Path err, Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** A Java home whose java is the given script. */
  private Path standIn(String version, String script) throws IOException {
    Path home = temp.resolve("java " + version);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    script(home.resolve("bin/java"), script);
    return home;
  }

  private static Path script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  /** A copy without the archives, which belong to the original's place. */
  private Path copyOfTheDistribution(String name) throws IOException {
    Path copy = temp.resolve(name);
    Path archives = DISTRIBUTION.resolve("lib/cds");
    try (Stream<Path> files = Files.walk(DISTRIBUTION)) {
      for (Path file : files.filter(f -> !f.startsWith(archives)).toList()) {
        Files.copy(
            file,
            copy.resolve(DISTRIBUTION.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return copy;
  }

  /** Whether a line of the JVM's class loading log says that Main came out of an archive. */
  private static boolean saysThatMainIsShared(String line) {
    return line.endsWith(" io.tokenform.cli.Main source: shared objects file");
  }

  private static List<Path> named(Path folder, String suffix) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    } catch (IOException | UncheckedIOException e) {
      // The maker takes its files away while we look.
      return List.of();
    }
  }

  private static String content(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(125).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("the archive's maker ends within its two minutes")
          .isLessThan(end);
      Thread.sleep(50);
    }
  }

  /** The homes of this Java and of the others at hand that are 17 or newer, each once. */
  static Stream<Path> javas() throws IOException {
    List<Path> candidates = new ArrayList<>(List.of(THIS_JAVA));
    String listed = System.getProperty("tokenform.javas");
    Path known = Path.of("/usr/lib/jvm");
    if (listed != null) {
      Stream.of(listed.split(":", -1)).map(Path::of).forEach(candidates::add);
    } else if (Files.isDirectory(known)) {
      try (Stream<Path> folders = Files.list(known)) {
        folders.sorted().forEach(candidates::add);
      }
    }
    Map<Path, Path> byPlace = new TreeMap<>();
    for (Path candidate : candidates) {
      if (Files.isExecutable(candidate.resolve("bin/java")) && version(candidate) >= 17) {
        byPlace.putIfAbsent(candidate.toRealPath(), candidate);
      }
    }
    return byPlace.values().stream();
  }

  private static int version(Path home) throws IOException {
    Properties release = new Properties();
    if (Files.isReadable(home.resolve("release"))) {
      try (var reader = Files.newBufferedReader(home.resolve("release"), UTF_8)) {
        release.load(reader);
      }
    }
    String digits = release.getProperty("JAVA_VERSION", "0").replaceAll("^\"|[^0-9].*$", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
