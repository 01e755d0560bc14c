package io.tokenform.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    return sha256(content.getBytes(UTF_8));
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  /** A folder with a pom of that version, and a manual. */
  private Path project(String version) throws IOException {
    Path manual = Files.createDirectories(temp.resolve("project/src/site/markdown"));
    Files.writeString(manual.resolve("installing.md"), "# Installing\n");
    Path project = temp.resolve("project");
    Files.writeString(project.resolve("README.md"), "# tokenform\n");
    Files.writeString(
        project.resolve("pom.xml"),
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
    return project;
  }

  @Test
  void theTagIsTheVersionOfThePom() throws Exception {
    assertThat(run("check-tag", "v1.2.3", project(VERSION))).isEqualTo(new Run(0, "1.2.3\n", ""));
    assertThat(run("check-tag", "v1.2.3-rc.1", project("1.2.3-rc.1")).out())
        .isEqualTo("1.2.3-rc.1\n");
    failed(
        run("check-tag", "v1.2.4", project(VERSION)),
        "the tag is v1.2.4 and the pom has 1.2.3: the tag must be v1.2.3");
    failed(run("check-tag", "1.2.3", project(VERSION)), "the tag must be v1.2.3");
    failed(run("check-tag", "v1.2.3-SNAPSHOT", project("1.2.3-SNAPSHOT")), "take -SNAPSHOT away");
    failed(run("check-tag", "v1", project("1")), "is not the version of a release, such as 1.2.3");
    // The real one.
    assertThat(run("check-tag", "v0").err()).containsPattern("the tag must be v\\d+\\.\\d+\\.\\d+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "src/site/markdown/installing.md"})
  void whatIsReleasedIsNotSaidToBeUnreleased(String page) throws Exception {
    Path project = project(VERSION);
    Files.writeString(project.resolve(page), "x\n**1.2.3 is not released yet.** Build it.\n");

    Run run = run("check-tag", "v1.2.3", project);

    failed(run, page + ":2:**1.2.3 is not released yet.**", "take them away and tag that commit");
    assertThat(run.out()).isEmpty();
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

  /** Before a release the first section that has text is "Unreleased", after it the version's. */
  @Test
  void theRealChangelogMakesNotesOnceItsSectionHasTheVersion() throws Exception {
    String text = Files.readString(Path.of("src/site/markdown/changelog.md"));
    Path changelog =
        Files.writeString(
            temp.resolve("changelog.md"),
            text.replaceFirst("(?m)^## .*\n\n(?!## )", "## " + VERSION + "\n\n"));

    Run run = run("notes", VERSION, changelog);

    succeeded(run);
    assertThat(run.out().length()).isLessThan(125_000);
    assertThat(run.out().lines().filter(line -> line.matches(".*\\]\\((?!https://).*"))).isEmpty();
    assertThat(run.out()).contains("release.yml@refs/tags/v1.2.3\n");
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
    failed(run("check-assets", VERSION, folder), "missing: SHA256SUMS", "missing: tokenform.rb");
    Files.writeString(folder.resolve("tokenform.rb"), "class Tokenform");
    succeeded(run("sums", folder));
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
  void withoutEachArchiveThereIsNoFormula() throws Exception {
    Path folder = assets();
    Files.delete(folder.resolve("tokenform-1.2.3-linux-x64.tar.gz"));

    Run run = run("formula", VERSION, folder);

    failed(run, "there is no", "tokenform-1.2.3-linux-x64.tar.gz");
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
    return image(architecture, ("the files for " + architecture).getBytes(UTF_8));
  }

  private Path image(String architecture, byte[] files) throws Exception {
    Path layout = Files.createDirectories(temp.resolve("layout-" + architecture));
    String layer = blob(layout, files);
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
    return blob(layout, content.getBytes(UTF_8));
  }

  private static String blob(Path layout, byte[] content) throws Exception {
    String digest = sha256(content);
    Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.write(layout.resolve("blobs/sha256").resolve(digest), content);
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

  /** An archive with a Java that says which one it is. */
  private Path withJava(String name, String implementor, String version) throws Exception {
    Path runtime = Files.createDirectories(temp.resolve("made/tokenform/runtime"));
    Files.writeString(
        runtime.resolve("release"),
        """
        JAVA_VERSION="25.0.3"
        IMPLEMENTOR="%s"
        JAVA_RUNTIME_VERSION="%s"
        SOURCE_REPO="https://example.com/jdk"
        """
            .formatted(implementor, version)
            .replace("\n", name.endsWith(".zip") ? "\r\n" : "\n"));
    Path lib = Files.createDirectories(temp.resolve("made/tokenform/lib"));
    Files.writeString(lib.resolve("same-1.0.jar"), "same");
    jar(lib.resolve("changed-2.0.jar"), "Changed: made better.", "for " + name);
    String command = name.endsWith(".zip") ? "zip -q -r ../" : "tar -czf ../";
    succeeded(execute(List.of("sh", "-c", "cd made && " + command + name + " tokenform")));
    return temp.resolve(name);
  }

  private static void jar(Path file, String comment, String content) throws IOException {
    try (ZipOutputStream made = new ZipOutputStream(Files.newOutputStream(file))) {
      made.setComment(comment);
      made.putNextEntry(new ZipEntry("content"));
      made.write(content.getBytes(UTF_8));
    }
  }

  private Path list() throws IOException {
    return Files.writeString(
        temp.resolve("list.json"),
        """
        {"bomFormat": "CycloneDX", "metadata": {"component": {"bom-ref": "self"}},
         "components": [], "dependencies": [{"ref": "self", "dependsOn": []}]}
        """);
  }

  private static final String DEBIAN =
      """
      mkdir -p root/var/lib/dpkg/status.d root/usr/share/doc/libc6 root/etc root/opt
      cd root
      printf 'Package: libc6\\nArchitecture: amd64\\nVersion: 2.36-9+deb12u14\\n' \
        >var/lib/dpkg/status.d/libc6
      printf 'ID=debian\\nVERSION_ID="12"\\n' >etc/os-release
      echo https://example.com/glibc >usr/share/doc/libc6/source
      cp -R ../made/tokenform opt
      tar -czf ../layer.tar.gz .
      """;

  @Test
  void theListNamesTheJavaAndTheLibraryOfC() throws Exception {
    assumeTrue(execute(List.of("sh", "-c", "command -v jq zip unzip")).exit() == 0, "jq, zip");
    Path linux = withJava("linux.tar.gz", "Eclipse Adoptium", "25.0.3+9-LTS");
    Path windows = withJava("windows.zip", "Eclipse Adoptium", "25.0.3+9-LTS");
    succeeded(execute(List.of("sh", "-e", "-c", DEBIAN)));
    Path image = image("amd64", Files.readAllBytes(temp.resolve("layer.tar.gz")));
    Path list = list();

    succeeded(run("sbom", list, linux, windows, image));

    JsonNode sbom = new ObjectMapper().readTree(list.toFile());
    assertThat(sbom.get("components").findValuesAsText("purl"))
        .containsExactly(
            "pkg:deb/debian/libc6@2.36-9%2Bdeb12u14?arch=amd64&distro=debian-12",
            "pkg:generic/openjdk@25.0.3%2B9-LTS");
    assertThat(sbom.get("components").findValuesAsText("cpe"))
        .containsExactly("cpe:2.3:a:oracle:openjdk:25.0.3:*:*:*:*:*:*:*");
    assertThat(sbom.get("components").findValuesAsText("url"))
        .containsExactly("https://example.com/glibc", "https://example.com/jdk");
    assertThat(sbom.at("/dependencies/0/dependsOn")).hasSize(2);
    failed(run("sbom", list, linux), "has a Java already");
  }

  @Test
  void aLibraryOfOtherBytesIsListedAsMadeOfTheOneThatMavenTook() throws Exception {
    assumeTrue(
        execute(List.of("sh", "-c", "command -v jq && command -v unzip")).exit() == 0, "jq, unzip");
    Path linux = withJava("linux.tar.gz", "Eclipse Adoptium", "25.0.3+9-LTS");
    Path macos = withJava("macos.tar.gz", "Eclipse Adoptium", "25.0.3+9-LTS");
    String same = component("same", "1.0", "same");
    String changed = component("changed", "2.0", "as published");
    Path list = list();
    Files.writeString(
        list,
        Files.readString(list)
            .replace("\"components\": []", "\"components\": [" + same + ", " + changed + "]"));

    succeeded(run("sbom", list, linux, macos));

    JsonNode sbom = new ObjectMapper().readTree(list.toFile());
    assertThat(sbom.at("/components/0")).isEqualTo(new ObjectMapper().readTree(same));
    ObjectNode published = (ObjectNode) new ObjectMapper().readTree(changed);
    published.remove("bom-ref");
    JsonNode listed = sbom.at("/components/1");
    assertThat(listed.at("/bom-ref").asText()).isEqualTo("ref-changed");
    assertThat(listed.has("hashes")).isFalse();
    assertThat(listed.at("/pedigree/ancestors")).containsExactly(published);
    assertThat(listed.at("/pedigree/notes").asText()).isEqualTo("Changed: made better.");
  }

  @Test
  void aLibraryOfOtherBytesThatDoesNotSayWhyIsNotListed() throws Exception {
    assumeTrue(
        execute(List.of("sh", "-c", "command -v jq && command -v unzip")).exit() == 0, "jq, unzip");
    Path lib = Files.createDirectories(temp.resolve("made/tokenform/lib"));
    jar(lib.resolve("silent-3.0.jar"), "", "other");
    Path linux = withJava("linux.tar.gz", "Eclipse Adoptium", "25.0.3+9-LTS");
    Path list = list();
    Files.writeString(
        list,
        Files.readString(list)
            .replace(
                "\"components\": []",
                "\"components\": [" + component("silent", "3.0", "as published") + "]"));

    failed(
        run("sbom", list, linux),
        "silent-3.0.jar has other bytes than those that Maven took, and does not say why");
  }

  private static String component(String name, String version, String content) throws Exception {
    return """
    {"type": "library", "bom-ref": "ref-%s", "name": "%s", "version": "%s",
     "hashes": [{"alg": "MD5", "content": "00"}, {"alg": "SHA-256", "content": "%s"}]}
    """
        .formatted(name, name, version, sha256(content));
  }

  @Test
  void allArchivesHaveTheSameJava() throws Exception {
    assumeTrue(execute(List.of("sh", "-c", "command -v jq")).exit() == 0, "jq");
    Path linux = withJava("linux.tar.gz", "Eclipse Adoptium", "25.0.3+9-LTS");
    Path macos = withJava("macos.tar.gz", "Homebrew", "25.0.3+9-LTS");

    failed(
        run("sbom", list(), linux, macos),
        "macos.tar.gz has the Java \"Homebrew 25.0.3+9-LTS\" inside",
        "another one \"Eclipse Adoptium 25.0.3+9-LTS\"");
  }

  /** A registry that answers so to whoever asks for the tag; what is copied stands in a file. */
  private Run push(String answer) throws Exception {
    Path skopeo = Files.createDirectories(temp.resolve("bin")).resolve("skopeo");
    Files.writeString(
        skopeo,
        """
        #!/bin/sh
        [ "$1" = inspect ] || { echo "$*" >>copied; exit; }
        %s
        """
            .formatted(answer));
    Files.setPosixFilePermissions(skopeo, PosixFilePermissions.fromString("rwxr-xr-x"));
    return execute(
        List.of(
            "sh",
            "-c",
            "PATH=\"$PWD/bin:$PATH\" \"$0\" index sha256:%s example.com/x:1.2.3"
                .formatted(sha256("manifest")),
            SCRIPTS.resolve("push-image").toString()));
  }

  @Test
  void aTagThatHasAnotherImageStaysAsItIs() throws Exception {
    Path copied = temp.resolve("copied");
    failed(
        push("printf other"),
        "example.com/x:1.2.3 is sha256:" + sha256("other") + " already",
        "a release never changes");
    failed(push("echo 'unauthorized' >&2; exit 1"), "unauthorized", "could not find out");
    assertThat(copied).doesNotExist();

    succeeded(push("printf manifest"));
    succeeded(push("echo 'reading manifest 1.2.3: manifest unknown' >&2; exit 1"));
    assertThat(Files.readAllLines(copied))
        .hasSize(2)
        .containsOnly("copy --all --preserve-digests oci:index docker://example.com/x:1.2.3");
  }

  @Test
  void aJavaThatNeedsLibrariesOfThisMachineIsNotPacked() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "Linux");
    // jlink brings some other program in the place of java.
    succeeded(
        execute(
            List.of(
                "sh",
                "-e",
                "-c",
                """
                mkdir -p jdk/bin target/tokenform/lib
                echo 'JAVA_VERSION="25.0.3"' >jdk/release
                cat >jdk/bin/jlink <<'END'
                #!/bin/sh
                while [ "$1" != --output ]; do shift; done
                mkdir -p "$2/bin"
                cp "$(command -v curl)" "$2/bin/java"
                END
                chmod +x jdk/bin/jlink
                """)));

    Run run =
        execute(
            List.of(
                SCRIPTS.resolve("../../src/main/runtime/make-runtime").normalize().toString(),
                temp.resolve("target").toString(),
                "tokenform-1.2.3",
                "java.base",
                "2026-11-01T00:00:00Z",
                "",
                temp.resolve("jdk").toString()));

    failed(run, "needs /", ".so", "name another JDK, such as Temurin");
  }
}
