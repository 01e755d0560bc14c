package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ScaleTest {
  private static final int TOKENS = 10_000;

  @TempDir Path folder;

  /** The bound is no benchmark: a quadratic step takes minutes, the whole path a few seconds. */
  @Test
  @Timeout(1200)
  void tenThousandTokensArePlannedAppliedAndFoundUnchanged() throws IOException {
    StringBuilder seed =
        new StringBuilder("{\"databases\": [\"metrics\", \"logs\"], \"tokens\": [");
    StringBuilder policy =
        new StringBuilder("version: 1\ncluster: {product: sandbox, seed: seed.json}\ntokens:\n");
    for (int i = 0; i < TOKENS; i++) {
      String id = "%08x-0000-4000-8000-%012x".formatted(i, i);
      seed.append(i == 0 ? "" : ",")
          .append("{\"id\": \"" + id + "\", \"description\": \"Token " + i + "\",")
          .append("\"permissions\": [{\"action\": \"read\", \"resource\": \"metrics\"}]}");
      // Half are found by their descriptions, and every database of theirs is unknown but one.
      policy.append("  token-" + i + ":\n");
      policy.append(i % 2 == 0 ? "    id: " + id : "    description: Token " + i).append('\n');
      policy.append("    permissions: {read: [logs, other-" + i % 500 + "]}\n");
    }
    Files.writeString(folder.resolve("seed.json"), seed.append("]}"));
    Files.writeString(folder.resolve("tokens.yaml"), policy);

    assertThat(Cli.in(folder).run("apply", "--auto-approve"))
        .exited(0)
        .printed("Apply complete: 10,000 applied, 0 failed, 0 not attempted.");
    assertThat(Cli.in(folder).run("plan", "--detailed-exitcode"))
        .exited(0)
        .printed("Nothing to change: 10,000 unchanged");
  }
}
