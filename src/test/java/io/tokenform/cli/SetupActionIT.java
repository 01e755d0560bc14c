package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of the setup action, run as a runner would, against a folder with a release. */
class SetupActionIT {
  private static final Path ACTION = Path.of(".github", "actions", "setup").toAbsolutePath();

  /** What the script may use besides what each test gives it; macOS has all of them. */
  private static final List<String> PROGRAMS =
      List.of(
          "awk",
          "bash",
          "cat",
          "curl",
          "cut",
          "dirname",
          "gzip",
          "mkdir",
          "mktemp",
          "rm",
          "sha256sum",
          "tail",
          "tar",
          "tr");

  private static final String VERSION = "1.2.3";

  @TempDir Path temp;

  private final Map<String, String> environment = new TreeMap<>();
  private Path bin;
  private Path release;

  private record Run(int exit, String out) {}

  @BeforeEach
  void release() throws Exception {
    bin = Files.createDirectory(temp.resolve("bin"));
    for (String program : PROGRAMS) {
      Path file = find(program);
      assumeTrue(file != null, program + ", as every runner has");
      script(bin.resolve(program), "exec '%s' \"$@\"\n".formatted(file));
    }
    machine("Linux", "x86_64");
    release = Files.createDirectories(temp.resolve("releases/v" + VERSION));
    for (String platform : List.of("linux-x64", "linux-arm64", "macos-x64", "macos-arm64")) {
      archive(release.resolve(name(platform)), VERSION, true);
    }
    sums();
    environment.put("PATH", bin.toString());
    environment.put("RELEASES", release.getParent().toUri().toString());
    // Else an archive from another server than GitHub must be attested.
    environment.put("ATTESTATION", "skip");
    environment.put("VERSION", VERSION);
    environment.put("RUNNER_TEMP", Files.createDirectory(temp.resolve("runner")).toString());
    environment.put("GITHUB_PATH", temp.resolve("path").toString());
    environment.put("GITHUB_OUTPUT", temp.resolve("output").toString());
  }

  private static String name(String platform) {
    return "tokenform-" + VERSION + "-" + platform + ".tar.gz";
  }

  private static Path find(String program) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return Path.of(folder, program);
      }
    }
    return null;
  }

  private void script(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void machine(String system, String processor) throws IOException {
    script(
        bin.resolve("uname"),
        "[ \"$1\" = -m ] && echo '%s' || echo '%s'\n".formatted(processor, system));
  }

  /** A distribution that says its version and where it is from. */
  private void archive(Path archive, String version, boolean hasJava) throws Exception {
    String folder = archive.getFileName().toString().replace(".tar.gz", "");
    Path home = Files.createDirectories(temp.resolve("made").resolve(folder));
    Files.createDirectories(home.resolve("bin"));
    script(
        home.resolve("bin/tokenform"),
        "echo 'tokenform %s'; echo 'of %s'\n".formatted(version, folder));
    if (hasJava) {
      Files.createDirectories(home.resolve("runtime/bin"));
      script(home.resolve("runtime/bin/java"), "");
    }
    assertThat(
            execute(
                    new ProcessBuilder(
                        "tar",
                        "-czf",
                        archive.toString(),
                        "-C",
                        home.getParent().toString(),
                        folder))
                .exit())
        .isZero();
  }

  private void sums() throws Exception {
    assertThat(
            execute(
                    new ProcessBuilder(
                        Path.of(".ci/release/sums").toAbsolutePath().toString(),
                        release.toString()))
                .exit())
        .isZero();
  }

  private String sha256(String platform) throws IOException {
    return Files.readAllLines(release.resolve("SHA256SUMS")).stream()
        .filter(line -> line.endsWith(name(platform)))
        .findFirst()
        .orElseThrow()
        .substring(0, 64);
  }

  private static Run execute(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Run(process.exitValue(), out);
  }

  private Run setUp() throws Exception {
    return setUp(ACTION);
  }

  private Run setUp(Path action) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(bin.resolve("bash").toString(), action.resolve("setup.sh").toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return execute(builder);
  }

  /** What a later step runs as tokenform. */
  private String installed() throws Exception {
    Path folder = Path.of(Files.readString(temp.resolve("path")).strip());
    return execute(new ProcessBuilder(folder.resolve("tokenform").toString())).out();
  }

  private void refused(Run run, String... message) {
    assertThat(run.exit()).as(run.out()).isEqualTo(1);
    assertThat(run.out().lines().filter(line -> line.startsWith("::error ")))
        .as(run.out())
        .singleElement()
        .asString()
        .contains(message);
    assertThat(temp.resolve("path")).doesNotExist();
    assertThat(temp.resolve("output")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, x86_64, linux-x64",
    "Linux, aarch64, linux-arm64",
    "Darwin, x86_64, macos-x64",
    "Darwin, arm64, macos-arm64"
  })
  void theArchiveForTheRunnerIsInstalled(String system, String processor, String platform)
      throws Exception {
    machine(system, processor);

    Run run = setUp();

    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(installed()).isEqualTo("tokenform 1.2.3\nof tokenform-1.2.3-" + platform + "\n");
    assertThat(run.out()).contains("as by SHA256SUMS of the release");
    assertThat(temp.resolve("output")).hasContent("java=own");
  }

  @Test
  void whereThereIsNoSha256sumShasumDoes() throws Exception {
    machine("Darwin", "arm64");
    Files.delete(bin.resolve("sha256sum"));
    script(
        bin.resolve("shasum"),
        "[ \"$1 $2\" = '-a 256' ] && exec '%s'\n".formatted(find("sha256sum")));

    Run run = setUp();

    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(installed()).contains("macos-arm64");
  }

  @Test
  void aVersionMayBeginWithTheLetterOfItsTag() throws Exception {
    environment.put("VERSION", "v" + VERSION);

    assertThat(setUp().exit()).isZero();
  }

  @Test
  void anArchiveThatIsNotTheOneOfTheListIsNotInstalled() throws Exception {
    archive(release.resolve(name("linux-x64")), VERSION + "\necho evil", true);

    refused(
        setUp(),
        "tokenform-1.2.3-linux-x64.tar.gz from file://",
        "is not what was expected; nothing was installed",
        "by SHA256SUMS of the release it is " + sha256("linux-x64"));
  }

  @Test
  void whatTheActionKnowsCountsMoreThanTheRelease() throws Exception {
    Path action = Files.createDirectory(temp.resolve("action"));
    for (String file : List.of("setup.sh", "checksums.txt")) {
      Files.copy(ACTION.resolve(file), action.resolve(file));
    }
    Run pinned =
        execute(
            new ProcessBuilder(
                Path.of(".ci/release/pin").toAbsolutePath().toString(),
                release.resolve("SHA256SUMS").toString(),
                action.resolve("checksums.txt").toString()));
    assertThat(pinned.exit()).as(pinned.out()).isZero();
    assertThat(setUp(action).out()).contains("as by the checksum that this action knows");
    Files.delete(temp.resolve("path"));
    Files.delete(temp.resolve("output"));
    String known = sha256("linux-x64");

    // Whoever can replace the archive can replace the list beside it.
    archive(release.resolve(name("linux-x64")), VERSION + "\necho evil", true);
    sums();

    refused(setUp(action), "by the checksum that this action knows it is " + known);
  }

  @Test
  void aChecksumThatIsGivenCountsMoreThanAnyOther() throws Exception {
    environment.put("SHA256", sha256("linux-x64").toUpperCase(Locale.ROOT));
    Files.delete(release.resolve("SHA256SUMS"));
    assertThat(setUp().out()).contains("as by the input sha256");
    Files.delete(temp.resolve("path"));
    Files.delete(temp.resolve("output"));

    environment.put("SHA256", "0".repeat(64));
    refused(setUp(), "by the input sha256 it is 000000");
  }

  @Test
  void aReleaseWithoutAListOrWithoutTheArchiveInItIsRefused() throws Exception {
    Path sums = release.resolve("SHA256SUMS");
    String text = Files.readString(sums);
    Files.writeString(sums, text.replaceAll("(?m)^.*linux-x64.*\n", ""));
    refused(
        setUp(), "SHA256SUMS of the release 1.2.3 has no checksum of tokenform-1.2.3-linux-x64");
    // Twice is no better than never.
    Files.writeString(sums, text + text);
    refused(setUp(), "has no checksum of");
    Files.delete(sums);
    refused(setUp(), "could not download file://", "/v1.2.3/SHA256SUMS");
  }

  /** Says whether it attests, and notes how it was asked. */
  private void gh(int exit) throws IOException {
    script(
        bin.resolve("gh"),
        """
        [ "$2" = --help ] && exit
        echo "$*" >> '%s'
        echo 'what gh says'
        exit %d
        """
            .formatted(temp.resolve("gh-calls"), exit));
    environment.put("GH_TOKEN", "x");
    environment.put("ATTESTATION", "auto");
  }

  @Test
  void whereNoChecksumIsKnownGithubAttestsTheArchive() throws Exception {
    gh(0);

    Run run = setUp();

    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(run.out()).contains("attested by tokenform/tokenform");
    assertThat(temp.resolve("gh-calls"))
        .content()
        .startsWith("attestation verify ")
        .endsWith(
            "--repo tokenform/tokenform --cert-identity https://github.com/tokenform/tokenform"
                + "/.github/workflows/release.yml@refs/tags/v1.2.3\n");
  }

  @Test
  void whatAUrlLeadsToMayBeOfAnyRelease() throws Exception {
    gh(0);
    environment.put("ATTESTATION", "require");
    environment.put("SHA256", sha256("linux-x64"));
    environment.remove("VERSION");
    environment.put("URL", release.resolve(name("linux-x64")).toUri().toString());

    assertThat(setUp().exit()).isZero();

    assertThat(temp.resolve("gh-calls"))
        .content()
        .endsWith(
            "--repo tokenform/tokenform --cert-identity-regex ^https://github[.]com/tokenform"
                + "/tokenform/[.]github/workflows/release[.]yml@refs/tags/v\n");
  }

  @Test
  void anArchiveThatNobodyAttestsIsNotInstalled() throws Exception {
    gh(1);
    refused(
        setUp(),
        "tokenform-1.2.3-linux-x64.tar.gz has no valid attestation",
        "nothing was installed. gh said: what gh says");

    environment.put("ATTESTATION", "skip");
    assertThat(setUp().exit()).isZero();
  }

  @Test
  void anAttestationIsAskedForWhereItIsRequiredEvenIfTheChecksumIsKnown() throws Exception {
    environment.put("SHA256", sha256("linux-x64"));
    gh(1);
    environment.put("ATTESTATION", "require");
    refused(setUp(), "has no valid attestation");

    Files.delete(bin.resolve("gh"));
    refused(setUp(), "attestation: require needs gh, which is not on this runner");

    environment.put("ATTESTATION", "auto");
    assertThat(setUp().exit()).isZero();
  }

  /** GitHub's releases are those of the folder. */
  private void releasesOfGitHub() throws IOException {
    environment.remove("RELEASES");
    script(
        bin.resolve("curl"),
        """
        for last; do url=$last; done
        while [ "$1" != --output ]; do shift; done
        exec cat "%s${url#https://github.com/tokenform/tokenform/releases/download}" > "$2"
        """
            .formatted(release.getParent()));
  }

  @Test
  void withoutGhTheLogSaysWhatOfGitHubWasNotVerified() throws Exception {
    releasesOfGitHub();
    environment.put("ATTESTATION", "auto");
    assertThat(setUp().out())
        .contains("::notice title=tokenform setup::the provenance of tokenform-1.2.3-linux-x64");
    gh(0);
    environment.remove("GH_TOKEN");
    Run run = setUp();
    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(run.out()).contains("was not verified: gh has no token");
  }

  @Test
  void whatNobodyVouchesForIsNotTakenFromAnotherServer() throws Exception {
    environment.put("ATTESTATION", "auto");
    refused(
        setUp(),
        "the provenance of tokenform-1.2.3-linux-x64.tar.gz from file:///",
        "was not verified: gh 2.49 or newer is not on this runner. Give its sha256");

    environment.put("SHA256", sha256("linux-x64"));
    assertThat(setUp().exit()).isZero();
  }

  @Test
  void noMessageHasTheSecretsOfAUrl() throws Exception {
    environment.remove("VERSION");
    environment.put("SHA256", "0".repeat(64));
    environment.put("URL", "https://anna:pass@127.0.0.1:1/a@b/tokenform.tar.gz?sig=abc/def#x");
    Run run = setUp();
    refused(run, "could not download https://127.0.0.1:1/a@b/tokenform.tar.gz");
    assertThat(run.out()).doesNotContain("anna", "pass", "sig", "def");

    script(bin.resolve("curl"), "while [ \"$1\" != --output ]; do shift; done; echo x >\"$2\"\n");
    Run other = setUp();
    refused(other, "tokenform.tar.gz from https://127.0.0.1:1/a@b/tokenform.tar.gz is not");
    assertThat(other.out()).doesNotContain("anna", "pass", "sig", "def");
  }

  @Test
  void anArchiveOfYoursNeedsItsChecksumAndGetsAJavaIfItHasNone() throws Exception {
    Path mine = release.resolve("tokenform-portable.tar.gz");
    archive(mine, "9.9.9", false);
    sums();
    environment.remove("VERSION");
    environment.put("URL", mine.toUri().toString());
    refused(setUp(), "url needs sha256");

    environment.put("SHA256", "0".repeat(64));
    refused(setUp(), "tokenform-portable.tar.gz from file://", "is not what was expected");

    environment.put(
        "SHA256",
        Files.readString(release.resolve("SHA256SUMS"))
            .lines()
            .filter(line -> line.endsWith("tokenform-portable.tar.gz"))
            .findFirst()
            .orElseThrow()
            .substring(0, 64));
    assertThat(setUp().exit()).isZero();
    assertThat(installed()).startsWith("tokenform 9.9.9\n");
    assertThat(temp.resolve("output")).hasContent("java=none");
  }

  @Test
  void anArchiveWithAnotherVersionIsRefused() throws Exception {
    archive(release.resolve(name("linux-x64")), "1.2.2", true);
    sums();

    refused(setUp(), "tokenform-1.2.3-linux-x64.tar.gz has tokenform 1.2.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MINGW64_NT-10.0-26100", "FreeBSD"})
  void anotherSystemIsRefusedInOneMessage(String system) throws Exception {
    machine(system, "x86_64");

    refused(setUp(), "this action runs on Linux and macOS, and this runner has " + system);
  }

  @Test
  void anotherProcessorIsRefusedInOneMessage() throws Exception {
    machine("Linux", "s390x");

    refused(setUp(), "there is no archive of tokenform for s390x", "Give the url and the sha256");

    Path portable = release.resolve("tokenform-1.2.3.tar.gz");
    archive(portable, VERSION, false);
    sums();
    environment.remove("VERSION");
    environment.put("URL", portable.toUri().toString());
    environment.put(
        "SHA256",
        Files.readString(release.resolve("SHA256SUMS"))
            .replaceFirst("(?s).*\n([0-9a-f]*)  tokenform-1.2.3.tar.gz.*", "$1"));
    assertThat(setUp().exit()).isZero();
    assertThat(installed()).startsWith("tokenform 1.2.3\n");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, -, 'give version, the release to install, or url and sha256'",
        "1.2.3, https://example.com/x, -, 'give version or url, and not both'",
        "latest, -, -, 'such as 1.2.3, and is \"latest\"'",
        "../1.2.3, -, -, 'version has to be that of a release'",
        "1.2.3, -, abc, 'sha256 has to be 64 hexadecimal digits'"
      })
  void wrongInputsAreRefusedBeforeAnythingIsDownloaded(
      String version, String url, String sha256, String message) throws Exception {
    environment.put("VERSION", version == null ? "" : version);
    environment.put("URL", url == null ? "" : url);
    environment.put("SHA256", sha256 == null ? "" : sha256);

    refused(setUp(), message);
    assertThat(temp.resolve("runner")).isEmptyDirectory();
  }

  @Test
  void aReleaseIsNotTakenFromAnUnprotectedConnection() throws Exception {
    environment.put("RELEASES", "http://127.0.0.1:1/releases");

    refused(setUp(), "http://127.0.0.1:1/releases/v1.2.3/SHA256SUMS has to begin with https://");
  }

  @Test
  void aLineBreakInAnInputMakesNoCommandOfTheRunners() throws Exception {
    environment.put("VERSION", "1\n::set-output name=x::y");

    Run run = setUp();

    refused(run, "version has to be that of a release");
    assertThat(run.out()).doesNotContain("\n::set-output");
  }
}
