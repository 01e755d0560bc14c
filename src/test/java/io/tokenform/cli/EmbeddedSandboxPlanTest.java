package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A saved plan of an embedded sandbox, applied where that has not begun. */
@Timeout(900)
class EmbeddedSandboxPlanTest {
  @TempDir Path made;
  @TempDir Path fresh;

  @Test
  void theSandboxBeginsWithTheTokensOfThePlan() throws IOException {
    Files.writeString(made.resolve("seed.json"), CommandTest.SEED);
    Files.writeString(
        made.resolve("tokens.yaml"),
        "version: 1\ncluster: {product: sandbox, seed: seed.json}\n" + CommandTest.TOKENS);
    String plan = made.resolve("plan.json").toString();
    assertThat(Cli.in(made).run("plan", "--out", plan)).exited(0);

    assertThat(Cli.in(fresh).run("apply", plan, "--auto-approve"))
        .exited(0)
        .complained("it begins with the tokens of the plan")
        .printed("2 applied");
    // The second finds what the first has left.
    assertThat(Cli.in(fresh).run("apply", plan, "--auto-approve")).exited(4);
    assertThat(Cli.in(made).run("apply", plan, "--auto-approve")).exited(0).printed("2 applied");
  }
}
