package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ValidateCommandTest extends CommandTest {
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
            "the policy has 4 errors");
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
}
