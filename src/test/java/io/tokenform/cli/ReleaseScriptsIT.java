package io.tokenform.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that make a release, run here up to the upload. */
class ReleaseScriptsIT {
  private static final Path SCRIPTS = Path.of(".ci", "release").toAbsolutePath();
  private static final String VERSION = "1.2.3";
  private static final List<String> PLATFORMS =
      List.of("linux-x64", "linux-arm64", "macos-x64", "macos-arm64");

  @TempDir Path temp;

  private record Run(int exit, String out, String err) {}

  @BeforeEach
  void isUnix() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash");
  }

  private Run run(String script, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return execute(command);
  }

  private Run execute(List<String> command) throws Exception {
    Path err = temp.resolve("stderr");
    Process process =
        new ProcessBuilder(command).directory(temp.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Run(process.exitValue(), out, Files.readString(err));
  }

  private static void succeeded(Run run) {
    assertThat(run.exit()).as("%s", run).isZero();
    assertThat(run.err()).isEmpty();
  }

  private static void failed(Run run, String... message) {
    assertThat(run.exit()).as("%s", run).isEqualTo(1);
    assertThat(run.err()).contains(message);
  }

  /** A folder with all that a release has. */
  private Path assets() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("assets"));
    for (String platform : PLATFORMS) {
      Files.writeString(
          folder.resolve("tokenform-" + VERSION + "-" + platform + ".tar.gz"), platform);
    }
    Files.writeString(folder.resolve("tokenform-" + VERSION + "-windows-x64.zip"), "windows");
    for (String platform : List.of("linux-x64", "linux-arm64")) {
      Files.writeString(
          folder.resolve("tokenform-" + VERSION + "-image-" + platform + ".tar"), "image");
    }
    Files.writeString(folder.resolve("tokenform-" + VERSION + ".tar.gz"), "portable");
    Files.writeString(folder.resolve("tokenform-" + VERSION + ".cdx.json"), "{}");
    return folder;
  }

  private static String sha256(String content) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
  }

  private Path pom(String version) throws IOException {
    return Files.writeString(
        temp.resolve("pom.xml"),
        """
        <project>
          <version>%s</version>
          <dependencies>
            <dependency>
              <version>9.9.9</version>
            </dependency>
          </dependencies>
        </project>
        """
            .formatted(version));
  }

  @Test
  void theTagIsTheVersionOfThePom() throws Exception {
    assertThat(run("check-tag", "v1.2.3", pom(VERSION))).isEqualTo(new Run(0, "1.2.3\n", ""));
    assertThat(run("check-tag", "v1.2.3-rc.1", pom("1.2.3-rc.1")).out()).isEqualTo("1.2.3-rc.1\n");
    failed(
        run("check-tag", "v1.2.4", pom(VERSION)),
        "the tag is v1.2.4 and the pom has 1.2.3: the tag must be v1.2.3");
    failed(run("check-tag", "1.2.3", pom(VERSION)), "the tag must be v1.2.3");
    failed(run("check-tag", "v1.2.3-SNAPSHOT", pom("1.2.3-SNAPSHOT")), "take -SNAPSHOT away");
    failed(run("check-tag", "v1", pom("1")), "a release has one such as 1.2.3");
    // The real one.
    assertThat(run("check-tag", "v0").err()).containsPattern("the tag must be v\\d+\\.\\d+\\.\\d+");
  }

  private static final String CHANGELOG =
      """
      # Changelog

      ## Unreleased

      - Not yet.

      ## 1.2.3 (2026-11-26)

      - One line
        that goes on, see [Fleets](fleets.md#waves), [a heading](#unreleased),
        [an example](../../../examples/fleet/README.md) and [elsewhere](https://example.com/x.md).
      - Another:

        ```sh
        tokenform plan \\
          --out x   # ## 1.2.3
        ```

      A paragraph
      of two lines.

      ## 1.2.2

      - Old.
      """;

  @Test
  void theNotesAreTheSectionOfTheVersion() throws Exception {
    Path changelog = Files.writeString(temp.resolve("changelog.md"), CHANGELOG);

    Run run = run("notes", VERSION, changelog);

    succeeded(run);
    String tree = "https://github.com/tokenform/tokenform/blob/v1.2.3/";
    assertThat(run.out())
        .startsWith(
            """
            - One line that goes on, see [Fleets](%ssrc/site/markdown/fleets.md#waves), \
            [a heading](%ssrc/site/markdown/changelog.md#unreleased), \
            [an example](%sexamples/fleet/README.md) and [elsewhere](https://example.com/x.md).
            - Another:

              ```sh
              tokenform plan \\
                --out x   # ## 1.2.3
              ```

            A paragraph of two lines.

            ## Check what you downloaded
            """
                .formatted(tree, tree, tree))
        .doesNotContain("Not yet", "Old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.4", "1.2", "Unreleased", "1.2.3/../x"})
  void aVersionWithoutASectionHasNoNotes(String version) throws Exception {
    Path changelog = Files.writeString(temp.resolve("changelog.md"), CHANGELOG);

    Run run = run("notes", version, changelog);

    failed(run, version);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void theRealChangelogMakesNotesOnceItsSectionHasTheVersion() throws Exception {
    String text = Files.readString(Path.of("src/site/markdown/changelog.md"));
    Path changelog =
        Files.writeString(
            temp.resolve("changelog.md"), text.replace("## Unreleased", "## " + VERSION));

    Run run = run("notes", VERSION, changelog);

    succeeded(run);
    assertThat(run.out().length()).isLessThan(125_000);
    assertThat(run.out().lines().filter(line -> line.matches(".*\\]\\((?!https://).*"))).isEmpty();
  }

  @Test
  void theChecksumsAreThoseOfTheFiles() throws Exception {
    Path folder = assets();

    succeeded(run("sums", folder));

    assertThat(folder.resolve("SHA256SUMS"))
        .content()
        .contains(sha256("linux-x64") + "  tokenform-1.2.3-linux-x64.tar.gz\n")
        .doesNotContain("SHA256SUMS");
    List<String> check = List.of("sh", "-c", "cd assets && sha256sum --check --strict SHA256SUMS");
    succeeded(execute(check));
    String first = Files.readString(folder.resolve("SHA256SUMS"));
    succeeded(run("sums", folder));
    assertThat(folder.resolve("SHA256SUMS")).hasContent(first);

    Files.writeString(folder.resolve("tokenform-1.2.3.tar.gz"), "other");
    assertThat(execute(check).exit()).isEqualTo(1);
  }

  @Test
  void whatIsNoFileOfAReleaseHasNoChecksum() throws Exception {
    failed(run("sums", Files.createDirectory(temp.resolve("empty"))), "there is no file");
    Path folder = assets();
    Path odd = Files.writeString(folder.resolve("a b"), "x");
    failed(run("sums", folder), "\"a b\" is no name");
    Files.delete(odd);
    Files.createFile(folder.resolve("nothing.tar.gz"));
    failed(run("sums", folder), "nothing.tar.gz is empty");
    Files.delete(folder.resolve("nothing.tar.gz"));
    Files.createDirectory(folder.resolve("folder"));
    failed(run("sums", folder), "folder is not a file");
    assertThat(folder.resolve("SHA256SUMS")).doesNotExist();
  }

  @Test
  void aReleaseHasAllOfItsFilesAndNoOthers() throws Exception {
    Path folder = assets();
    succeeded(run("check-assets", VERSION, folder));
    succeeded(run("sums", folder));
    Files.createFile(folder.resolve("tokenform.rb"));
    succeeded(run("check-assets", VERSION, folder));

    Files.move(folder.resolve("tokenform-1.2.3-macos-x64.tar.gz"), folder.resolve("other.tar.gz"));
    failed(
        run("check-assets", VERSION, folder),
        "missing: tokenform-1.2.3-macos-x64.tar.gz",
        "not part of a release: other.tar.gz");
    failed(run("check-assets", "1.2.4", folder), "missing: tokenform-1.2.4.tar.gz");
  }

  @Test
  void theFormulaHasTheArchiveOfEachPlatformWithItsChecksum() throws Exception {
    Path folder = assets();
    succeeded(run("sums", folder));

    Run run = run("formula", VERSION, folder);

    succeeded(run);
    for (String platform : PLATFORMS) {
      assertThat(run.out())
          .contains(
              """
                    url "https://github.com/tokenform/tokenform/releases/download/v1.2.3/tokenform-1.2.3-%s.tar.gz"
                    sha256 "%s"
              """
                  .formatted(platform, sha256(platform)));
    }
    assertThat(run.out()).contains("class Tokenform < Formula\n", "  version \"1.2.3\"\n");
    Path formula = Files.writeString(temp.resolve("tokenform.rb"), run.out());
    assumeTrue(execute(List.of("sh", "-c", "command -v ruby")).exit() == 0, "ruby");
    succeeded(execute(List.of("ruby", "-c", formula.toString())));
  }

  @Test
  void withoutEachChecksumThereIsNoFormula() throws Exception {
    Path folder = assets();
    failed(run("formula", VERSION, folder), "there is no", "SHA256SUMS");
    Files.delete(folder.resolve("tokenform-1.2.3-linux-x64.tar.gz"));
    succeeded(run("sums", folder));

    Run run = run("formula", VERSION, folder);

    failed(run, "has no checksum of tokenform-1.2.3-linux-x64.tar.gz");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void theSetupActionLearnsEachChecksumOnceAndNeverAnother() throws Exception {
    Path folder = assets();
    succeeded(run("sums", folder));
    Path checksums = Files.writeString(temp.resolve("checksums.txt"), "# A comment.\n");

    succeeded(run("pin", folder.resolve("SHA256SUMS"), checksums));
    succeeded(run("pin", folder.resolve("SHA256SUMS"), checksums));

    assertThat(Files.readAllLines(checksums))
        .hasSize(6)
        .contains(sha256("macos-arm64") + "  tokenform-1.2.3-macos-arm64.tar.gz");
    Files.writeString(folder.resolve("tokenform-1.2.3-macos-arm64.tar.gz"), "other");
    succeeded(run("sums", folder));
    failed(
        run("pin", folder.resolve("SHA256SUMS"), checksums),
        "tokenform-1.2.3-macos-arm64.tar.gz has another checksum");
  }

  /** An image of one platform, as an archive of an OCI image layout. */
  private Path image(String architecture) throws Exception {
    Path layout = Files.createDirectories(temp.resolve("layout-" + architecture));
    String layer = blob(layout, "the files for " + architecture);
    String config =
        blob(layout, "{\"architecture\":\"%s\",\"os\":\"linux\"}".formatted(architecture));
    String manifest =
        blob(
            layout,
            """
            {"schemaVersion": 2, "config": {"digest": "%s"}, "layers": [{"digest": "%s"}]}
            """
                .formatted(config, layer));
    Files.writeString(
        layout.resolve("index.json"),
        """
        {"schemaVersion": 2, "manifests": [
          {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "%s", "size": 1}]}
        """
            .formatted(manifest));
    Path archive = temp.resolve(architecture + ".tar");
    succeeded(execute(List.of("tar", "-cf", archive.toString(), "-C", layout.toString(), ".")));
    return archive;
  }

  private static String blob(Path layout, String content) throws Exception {
    String digest = sha256(content);
    Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve("blobs/sha256").resolve(digest), content);
    return "sha256:" + digest;
  }

  @Test
  void imagesOfSeveralPlatformsBecomeOne() throws Exception {
    assumeTrue(execute(List.of("sh", "-c", "command -v jq")).exit() == 0, "jq");
    Path amd64 = image("amd64");
    Path arm64 = image("arm64");

    Run run = run("image-index", "all", amd64, arm64);

    succeeded(run);
    Path all = temp.resolve("all");
    JsonNode top = new ObjectMapper().readTree(all.resolve("index.json").toFile());
    String digest = top.at("/manifests/0/digest").asText();
    assertThat(run.out()).isEqualTo(digest + "\n");
    Path index = all.resolve("blobs").resolve(digest.replace(':', '/'));
    assertThat(digest).isEqualTo("sha256:" + sha256(Files.readString(index)));
    assertThat(top.at("/manifests/0/size").asLong()).isEqualTo(Files.size(index));
    JsonNode manifests = new ObjectMapper().readTree(index.toFile()).get("manifests");
    assertThat(manifests.findValuesAsText("architecture")).containsExactly("amd64", "arm64");
    for (JsonNode manifest : manifests) {
      assertThat(all.resolve("blobs").resolve(manifest.get("digest").asText().replace(':', '/')))
          .exists();
    }
    failed(
        run("image-index", "twice", amd64, amd64), "two of the images are for the same platform");
    failed(run("image-index", "all", amd64), "all is there already");
  }

  @Test
  void anImageWithABlobThatIsNotWhatItsNameSaysIsRefused() throws Exception {
    assumeTrue(execute(List.of("sh", "-c", "command -v jq")).exit() == 0, "jq");
    image("amd64");
    Path layout = temp.resolve("layout-amd64");
    String layer = sha256("the files for amd64");
    Files.writeString(layout.resolve("blobs/sha256").resolve(layer), "other files");
    Path archive = temp.resolve("spoilt.tar");
    succeeded(execute(List.of("tar", "-cf", archive.toString(), "-C", layout.toString(), ".")));

    failed(run("image-index", "all", archive), "the blob sha256:" + layer + " has another digest");
  }
}
