package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The manual's page is done as it says, command by command, and each prints what it shows. */
class MovingFromTerraformTest {
  private static final Path PAGE = Path.of("src/site/markdown/moving-from-terraform.md");
  private static final Pattern BLOCK =
      Pattern.compile("```(console|yaml)\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void thePageSaysWhatHappens() throws IOException {
    Path state = Files.write(folder.resolve("show.json"), sample("show.json"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rw-------"));
    Files.createDirectory(
        folder.resolve("secrets"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    int commands = 0;
    try (Sandbox sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(new String(sample("seed.json"), StandardCharsets.UTF_8))
                .build())) {
      Matcher block = BLOCK.matcher(Files.readString(PAGE));
      while (block.find()) {
        if (block.group(1).equals("yaml")) {
          write(block.group(2));
          continue;
        }
        for (String shown : block.group(2).split("(?m)^\\$ tokenform ", -1)) {
          if (!shown.isEmpty()) {
            int end = shown.indexOf('\n');
            assertThat(run(sandbox, shown.substring(0, end)))
                .as(shown)
                .matches(pattern(shown.substring(end + 1)));
            commands++;
          }
        }
      }
    }
    assertThat(commands).isEqualTo(4);
    assertThat(folder.resolve("secrets/edge-berlin")).exists();
  }

  /** An ellipsis stands for what is another each time. */
  private static Pattern pattern(String shown) {
    List<String> parts = Arrays.stream(shown.split("\u2026", -1)).map(Pattern::quote).toList();
    return Pattern.compile(String.join(".*", parts), Pattern.DOTALL);
  }

  private String run(Sandbox sandbox, String command) {
    StringBuilder said = new StringBuilder();
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.add("--url=" + sandbox.url());
    Cli.Run run =
        Cli.in(folder)
            .withManagementToken()
            .with("INFLUX_DB_PRODUCT_TYPE", "cloud-dedicated")
            .with("INFLUX_DB_ACCOUNT_ID", sandbox.accountId().toString())
            .with("INFLUX_DB_CLUSTER_ID", sandbox.clusterId().toString())
            .readBy(said::append)
            .run(args.toArray(String[]::new));
    Cli.assertThat(run).exited(0).neverShowed("invented");
    // The page speaks of a cluster that is where the vendor says.
    return said.toString().replaceAll("note: --url .*\n|next: .*\n", "");
  }

  /**
   * Takes a file over, or what is to stand in the place of an entry: the first time, it has to be
   * what stands there.
   */
  private void write(String block) throws IOException {
    String name = block.substring(2, block.indexOf('\n'));
    String text = block.substring(block.indexOf('\n') + 1);
    Path file = folder.resolve(name);
    if (!name.equals("tokens.yaml")) {
      Files.writeString(file, text);
      return;
    }
    String policy = Files.readString(file);
    if (text.contains("id: ")) {
      assertThat(policy).contains(text);
      return;
    }
    String entry = "(?m)^" + text.substring(0, text.indexOf('\n') + 1) + "(    .*\n)+";
    assertThat(policy).containsPattern(entry);
    Files.writeString(file, policy.replaceFirst(entry, Matcher.quoteReplacement(text)));
  }

  private static byte[] sample(String name) throws IOException {
    try (var in = MovingFromTerraformTest.class.getResourceAsStream("/terraform/" + name)) {
      return in.readAllBytes();
    }
  }
}
