package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ValidateCommandTest extends CommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aValidPolicyIsCountedAndNoClusterIsAsked() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(Cli.in(folder).run("validate"))
        .exited(0)
        .printedExactly("tokens.yaml: valid, 2 tokens\n")
        .complainedOfNothing();
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void everyProblemIsReportedAtOnce() throws IOException {
    policy("version: 2\ntokens:\n  a: {id: x}\n  b: {mode: odd}\n");

    assertThat(Cli.in(folder).run("validate"))
        .exited(1)
        .printedNothing()
        .complained(
            "tokens.yaml:1:10: error[unsupported-version]",
            "tokens.yaml:3:11: error[bad-uuid]",
            "tokens.yaml:4:3: error[unidentified-token]",
            "tokens.yaml:4:13: error[unknown-mode]",
            "the policy has 4 errors",
            "hint: \"tokenform explain unsupported-version\" says more");
  }

  @Test
  void whoeverHasNoPolicyYetIsToldWhatWritesOne() {
    assertThat(Cli.in(folder).run("plan"))
        .exited(1)
        .complained(
            "hint: name the policy's files or folders with -f; tokenform init writes a first policy\n");
    assertThat(Cli.in(folder).run("plan", "-f", "other.yaml"))
        .exited(1)
        .complained("hint: name the policy's files or folders with -f\n");
  }

  @Test
  void aFileThatIsNoTextIsAnError() throws IOException {
    Files.write(
        folder.resolve("tokens.yaml"), "version: 1 # \u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(Cli.in(folder).run("validate"))
        .exited(1)
        .complained("tokens.yaml:1:14: error[not-utf8]");
  }

  @Test
  void aSecretIsRefusedAndNotShown() throws IOException {
    String secret = "apiv1_" + "5".repeat(64);
    policy("version: 1\ntokens:\n  a: {description: " + secret + "} # " + secret + "\n");

    assertThat(Cli.in(folder).run("validate"))
        .exited(1)
        .complained("error[secret-in-policy]", "[secret]")
        .neverShowed("5555");
  }

  @Test
  void asJsonTheDocumentIsAllThatIsOnStandardOutput() throws IOException {
    policyForSandbox(TOKENS);
    Cli.Run valid = Cli.in(folder).run("validate", "--format", "json");
    assertThat(valid).exited(0).complainedOfNothing();
    Assertions.assertThat(JSON.readTree(valid.out()).path("valid").booleanValue()).isTrue();

    policy("version: 2\ntokens:\n  \"::error::x\\e\": {id: x}\n");
    Cli.Run invalid = Cli.in(folder).run("validate", "--format", "json");
    assertThat(invalid).exited(1).neverShowed("\u001b");
    Assertions.assertThat(invalid.err())
        .isEqualTo(
            """
            error: the policy has 3 errors
              hint: "tokenform explain unsupported-version" says more
            """);
    JsonNode document = JSON.readTree(invalid.out());
    Assertions.assertThat(document.path("valid").booleanValue()).isFalse();
    Assertions.assertThat(document.path("errors").intValue()).isEqualTo(3);
    Assertions.assertThat(document.path("findings"))
        .map(finding -> finding.path("code").textValue())
        .containsExactly("unsupported-version", "bad-name", "bad-uuid");
  }

  @Test
  void forGithubEachFindingIsAnAnnotation() throws IOException {
    policy("version: 1\ntokens:\n  \"::error::x\\n%0A::error::y\": {mode: 5}\n");
    assertThat(Cli.in(folder).run("validate", "--format", "github", "-f", "./tokens.yaml"))
        .exited(1)
        .printedExactly(
            """
            ::error file=tokens.yaml,line=3,col=3,endColumn=30,title=bad-name::a token's name must not contain control characters%0Ahint: choose another; the cluster does not know it, so any will do
            ::error file=tokens.yaml,line=3,col=3,endColumn=30,title=unidentified-token::the token "::error::x\\n%250A::error::y" has neither an id nor a description%0Ahint: add the id of the live token, or the description by which to find it
            ::error file=tokens.yaml,line=3,col=39,endColumn=40,title=wrong-type::the mode must be a word, but this is a number%0Ahint: write one of: authoritative, additive
            """)
        .complained("error: the policy has 3 errors\n  hint: \"tokenform explain bad-name\" says");

    policyForSandbox(TOKENS);
    assertThat(Cli.in(folder).run("validate", "--format", "github"))
        .exited(0)
        .printedNothing()
        .complained("note: tokens.yaml: valid, 2 tokens\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void forGithubAPathBeginsAtTheRepositorysRoot() throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("checkout"));
    Path infra = Files.createDirectories(checkout.resolve("infra"));
    Files.writeString(infra.resolve("tokens.yaml"), "version: 2\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), checkout);

    for (String path : List.of("./tokens.yaml", "../infra", infra + "/tokens.yaml")) {
      assertThat(
              Cli.in(infra)
                  .with("GITHUB_WORKSPACE", link.toString())
                  .run("validate", "--format", "github", "-f", path))
          .exited(1)
          .printed("::error file=infra/tokens.yaml,line=1,");
    }
    Files.createDirectory(checkout.resolve(".git"));
    assertThat(Cli.in(infra).run("validate", "--format", "github", "-f", "tokens.yaml"))
        .exited(1)
        .printed("::error file=infra/tokens.yaml,line=1,");
  }
}
