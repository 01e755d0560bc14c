package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
  private static final String SECRET = "apiv1_" + "5".repeat(64);

  @TempDir Path folder;

  @Test
  void aFileIsRewrittenAndNamed() throws IOException {
    file("tokens.yaml", "version:   1 # one\n");

    assertThat(fmt()).exited(0).printedExactly("tokens.yaml\n").complainedOfNothing();
    Assertions.assertThat(text("tokens.yaml")).isEqualTo("version: 1  # one\n");
    assertThat(fmt()).exited(0).printedNothing().complainedOfNothing();
  }

  @Test
  void aCanonicalFileIsNotTouched() throws IOException {
    Path file = file("tokens.yaml", "version: 1\n");
    FileTime then = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(file, then);

    assertThat(fmt()).exited(0).printedNothing();
    Assertions.assertThat(Files.getLastModifiedTime(file)).isEqualTo(then);
  }

  @Test
  void aCheckShowsADiffAndWritesNothing() throws IOException {
    file("a.yaml", "version: 1\n\ncluster:\n    product: 'sandbox'\n\n\n    seed: s\ntokens: {}\n");
    file("b.yaml", "version: 1\n");

    assertThat(fmt("--check", "a.yaml", "b.yaml"))
        .exited(1)
        .printedExactly(
            """
            --- a.yaml
            +++ a.yaml
            @@ -1,8 +1,8 @@
             version: 1
            \s
             cluster:
            -    product: 'sandbox'
            +  product: "sandbox"
            \s
            +  seed: s
            \s
            -    seed: s
             tokens: {}
            """)
        .complained(
            """
            error: 1 file is not in the canonical layout
              hint: run tokenform fmt without --check to rewrite what is named
            """);
    Assertions.assertThat(text("a.yaml")).contains("'sandbox'");
    assertThat(fmt("--check", "b.yaml")).exited(0).printedNothing().complainedOfNothing();
  }

  @Test
  void aCheckShowsWhatCannotBeSeen() throws IOException {
    file("a.yaml", "\ufeffversion: 1\r\n");
    file("b.yaml", "version: 1");

    assertThat(fmt("--check", "a.yaml", "b.yaml"))
        .exited(1)
        .printedExactly(
            """
            --- a.yaml
            +++ a.yaml
            @@ -1,1 +1,1 @@
            -\\ufeffversion: 1\\r
            +version: 1
            --- b.yaml
            +++ b.yaml
            @@ -1,1 +1,1 @@
            -version: 1
            \\ No newline at end of file
            +version: 1
            """)
        .complained("error: 2 files are not in the canonical layout");
  }

  @Test
  void aCheckIsColouredOnATerminalAlone() throws IOException {
    file("tokens.yaml", "version:  1\n");

    Assertions.assertThat(Cli.in(folder).atTerminal("").run("fmt", "--check").out())
        .contains("\u001b[31m-version:  1\u001b[0m\n", "\u001b[32m+version: 1\u001b[0m\n");
  }

  @Test
  void aSecretIsKeptInItsFileAndNotShown() throws IOException {
    file(
        "a.yaml",
        "roles:   " + SECRET + " # " + SECRET + "\nb:   '" + SECRET + "'\n# " + SECRET + "\n");

    assertThat(fmt("--check", "a.yaml"))
        .exited(1)
        .printed("-roles:   [secret] # [secret]\n", "+b: \"[secret]\"\n")
        .neverShowed("5555");
    assertThat(fmt("a.yaml")).exited(0).neverShowed("5555");
    Assertions.assertThat(text("a.yaml"))
        .isEqualTo(
            "roles: " + SECRET + "  # " + SECRET + "\nb: \"" + SECRET + "\"\n# " + SECRET + "\n");

    file("b.yaml", "roles:   \"\\x61" + SECRET.substring(1) + "\"\n");
    assertThat(fmt("b.yaml")).exited(1).complained("error[secret-in-policy]").neverShowed("5555");
  }

  @Test
  void aDirectoryStandsForTheYamlFilesBelowIt() throws IOException {
    String text = "roles:   b\n";
    file("policies/z.yaml", text);
    file("policies/team/a.yml", text);
    file("policies/.hidden.yaml", text);
    file("policies/.git/a.yaml", text);
    file("policies/team/tokens.json", "{\"a\":   1}");
    file("policies/team/notes.txt", text);

    assertThat(fmt("policies"))
        .exited(0)
        .printedExactly("policies/team/a.yml\npolicies/z.yaml\n")
        .complainedOfNothing();
    Assertions.assertThat(text("policies/.hidden.yaml")).isEqualTo(text);
    Assertions.assertThat(text("policies/.git/a.yaml")).isEqualTo(text);
    assertThat(fmt("policies/.git", "policies/.hidden.yaml", "policies/team/notes.txt"))
        .exited(0)
        .printedExactly("policies/.git/a.yaml\npolicies/.hidden.yaml\npolicies/team/notes.txt\n");
    file("policies/z.yaml", text);
    assertThat(fmt("--check", "policies", ".", "policies/z.yaml"))
        .exited(1)
        .printed("--- policies/z.yaml\n")
        .complained("1 file is not");
  }

  @Test
  void whatIsWrongWithOneFileKeepsNoOtherFromBeingFormatted() throws IOException {
    file("bad.yaml", "roles: [\n");
    file("binary.yaml", "x");
    Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff});
    file("policy.json", "{\"a\":   1}");
    file("good.yaml", "roles:   b\n");

    assertThat(fmt("bad.yaml", "missing.yaml", "binary.yaml", "policy.json", "good.yaml"))
        .exited(1)
        .printedExactly("good.yaml\n")
        .complained(
            "bad.yaml:2:1: error[syntax]",
            """
            error: missing.yaml cannot be read: there is no such file
              hint: name the files or directories to format
            """,
            "binary.yaml:1:1: error[not-utf8]",
            """
            error: policy.json is JSON, and fmt is for YAML
              hint: a JSON policy is valid in any layout
            """);
    Assertions.assertThat(text("bad.yaml")).isEqualTo("roles: [\n");
    Assertions.assertThat(text("policy.json")).isEqualTo("{\"a\":   1}");
  }

  @Test
  void aFileThatIsNotThereIsAnError() {
    assertThat(fmt())
        .exited(1)
        .printedNothing()
        .complained("error: tokens.yaml cannot be read: there is no such file");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsNoFileIsRefused() {
    assertThat(fmt("/dev/null")).exited(1).complained("error: /dev/null is not a file");
  }

  @Test
  void standardInputIsFormattedToStandardOutput() {
    assertThat(Cli.in(folder).input("roles:   b # c\n").run("fmt", "-"))
        .exited(0)
        .printedExactly("roles: b  # c\n")
        .complainedOfNothing();
    assertThat(Cli.in(folder).input("roles: b\n").run("fmt", "--check", "-"))
        .exited(0)
        .printedNothing();
    assertThat(Cli.in(folder).input("roles:   b\n").run("fmt", "--check", "-"))
        .exited(1)
        .printed("--- -\n+++ -\n", "-roles:   b\n+roles: b\n");
    assertThat(Cli.in(folder).input("roles: [").run("fmt", "-"))
        .exited(1)
        .printedNothing()
        .complained("-:1:9: error");
    assertThat(fmt("-", "tokens.yaml"))
        .exited(64)
        .complained("cannot be combined with other paths");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkIsNeitherShownNorWrittenThrough() throws IOException {
    String text = "roles:   b\n";
    Path target = file("shared/policy.yaml", text);
    Files.createSymbolicLink(folder.resolve("tokens.yaml"), Path.of("shared/policy.yaml"));

    for (String option : new String[] {"--check", "tokens.yaml"}) {
      assertThat(fmt(option, "tokens.yaml"))
          .exited(1)
          .printedNothing()
          .complained(
              """
              error: tokens.yaml is left as it is: it is a link
                hint: name the file that it leads to
              """);
    }
    Assertions.assertThat(target).hasContent(text);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileIsNotReachedThroughALinkThatLeavesTheWorkingDirectory() throws IOException {
    Path target = file("elsewhere/policy.yaml", "roles:   b\n");
    Files.createDirectories(folder.resolve("work"));
    Files.createSymbolicLink(folder.resolve("work/policies"), Path.of("../elsewhere"));

    assertThat(Cli.in(folder.resolve("work")).run("fmt", "policies/policy.yaml"))
        .exited(1)
        .printedNothing()
        .complained("policies is a link that leads outside the working directory");
    Assertions.assertThat(target).hasContent("roles:   b\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void belowADirectoryALinkOutOfItIsRefusedAndOneInsideIsPassedOver() throws IOException {
    file("outside.yaml", "roles:   b\n");
    file("policies/team/a.yaml", "roles:   b\n");
    Files.createSymbolicLink(folder.resolve("policies/a.yaml"), Path.of("team/a.yaml"));
    Files.createSymbolicLink(folder.resolve("policies/z.yaml"), Path.of("../outside.yaml"));

    assertThat(fmt("policies"))
        .exited(1)
        .printedExactly("policies/team/a.yaml\n")
        .complained("error: policies/z.yaml is left as it is: it is a link");
    Assertions.assertThat(text("outside.yaml")).isEqualTo("roles:   b\n");
    Assertions.assertThat(folder.resolve("policies/a.yaml")).isSymbolicLink();
  }

  @Test
  void whatDoesNotBeginLikeAPolicyIsNeitherShownNorRewritten() throws IOException {
    for (String other :
        new String[] {
          "password:   hunter2\n", "hunter2\n", "# hunter2  \n", "apiVersion: v1\nhunter2:   b\n"
        }) {
      file("a.yaml", other);
      assertThat(fmt("--check", "a.yaml")).exited(1).printedNothing().neverShowed("hunter2");
      assertThat(fmt("a.yaml")).exited(1).printedNothing().neverShowed("hunter2");
      Assertions.assertThat(text("a.yaml")).isEqualTo(other);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void permissionsAreKept() throws IOException {
    Path file = file("tokens.yaml", "roles:   b\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));

    assertThat(fmt()).exited(0);
    Assertions.assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwxr-x--x");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatMayNotBeWrittenIsLeftAlone() throws IOException {
    Path file = file("tokens.yaml", "roles:   b\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assumeFalse(Files.isWritable(file), "the superuser may write everything");

    assertThat(fmt())
        .exited(1)
        .printedNothing()
        .complained("error: tokens.yaml cannot be written: this user may not write it");
    Assertions.assertThat(text("tokens.yaml")).isEqualTo("roles:   b\n");
  }

  @Test
  void aNameIsMadeHarmless() throws IOException {
    file("a\u001b[31m.yaml", "roles:   b\n");

    assertThat(fmt(".")).exited(0).printedExactly("./a\\u001b[31m.yaml\n");
  }

  @Test
  void aLargeFileThatChangesInEveryLineIsShownInLittleTime() throws IOException {
    file("tokens.yaml", "tokens:\r\n" + "  - a\r\n".repeat(20_000));

    assertThat(fmt("--check")).exited(1).printed("@@ -1,20001 +1,20001 @@\n-tokens:\\r\n");
  }

  private Cli.Run fmt(String... args) {
    String[] line = new String[args.length + 1];
    line[0] = "fmt";
    System.arraycopy(args, 0, line, 1, args.length);
    return Cli.in(folder).run(line);
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
