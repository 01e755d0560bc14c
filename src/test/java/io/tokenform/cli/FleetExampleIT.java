package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What examples/fleet/README.md says is run by a shell, word for word, and is true. */
@Timeout(900)
class FleetExampleIT {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  /** What a line of the text says about its end. */
  private static final Pattern PROMISE = Pattern.compile(".*# (exits \\d+)");

  /** What a fleet's plan ends with, if it has changes or not. */
  private static final Pattern DIGEST = Pattern.compile("(?m)^Fleet: .*\n(Digest: sha256:.*)$");

  @TempDir Path folder;

  private FleetExample example;

  @BeforeEach
  void copy() throws IOException {
    assumeTrue(FleetExample.isInstalled("bash"), "bash");
    example = FleetExample.in(folder);
  }

  @Test
  void theTextSaysWhatHappens() throws Exception {
    List<String> lines =
        BLOCK
            .matcher(example.withItsPorts(Files.readString(folder.resolve("README.md"))))
            .results()
            .flatMap(block -> block.group(1).lines())
            .toList();
    assertThat(lines).hasSizeGreaterThan(15);
    List<String> script = new ArrayList<>(List.of("trap 'sh sandboxes.sh stop' EXIT"));
    List<String> expected = new ArrayList<>();
    for (String line : lines) {
      script.add(line);
      script.add("echo exits $?");
      Matcher promise = PROMISE.matcher(line);
      expected.add(promise.matches() ? promise.group(1) : "exits 0");
    }
    String said = example.run(String.join("\n", script) + "\n");

    assertThat(said.lines().filter(line -> line.matches("exits \\d+")).toList())
        .as(said)
        .isEqualTo(expected);
    assertThat(said)
        .contains(
            "6 clusters: 6 answer.",
            "3 tokens differ: 1 only in dev-eu, 1 only in prod-eu, 1 in both. 2 are the same.",
            "Fleet: 6 clusters, 6 with changes. Changes: 16 to update.",
            "Fleet: 6 clusters, 6 unchanged.",
            "Fleet: 6 clusters, 1 with changes, 5 unchanged.",
            "failed: no plan of it was made: the job of its share did not end");
    // As it was planned, as it was shown, and as it was applied.
    List<String> digests =
        DIGEST.matcher(said).results().limit(3).map(found -> found.group(1)).toList();
    assertThat(digests).hasSize(3);
    assertThat(digests.stream().distinct()).hasSize(1);
  }
}
