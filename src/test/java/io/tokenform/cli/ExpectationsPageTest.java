package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the manual shows of expectations is what the commands print. */
class ExpectationsPageTest {
  private static final Path PAGE = Path.of("src", "site", "markdown", "expectations.md");
  private static final Path EXAMPLE = Path.of("examples", "expectations");
  private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

  /** A command, and how it ends. */
  private static final Pattern COMMAND = Pattern.compile("\\$ tokenform (.*?) +# exits (\\d+)");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> whatIsShownIsPrinted() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    List<MatchResult> blocks = CONSOLE.matcher(Files.readString(PAGE)).results().toList();
    Assertions.assertThat(blocks).hasSize(3);
    return blocks.stream().map(block -> claim(block.group(1).lines().toList()));
  }

  private DynamicTest claim(List<String> lines) {
    return DynamicTest.dynamicTest(
        lines.get(0),
        () -> {
          Matcher command = COMMAND.matcher(lines.get(0));
          Assertions.assertThat(command.matches()).isTrue();
          Cli.Run run = Cli.in(folder).run(command.group(1).split(" "));
          assertThat(run).exited(Integer.parseInt(command.group(2)));
          String said = run.out() + run.err();
          int from = 0;
          // An ellipsis stands for lines that are left out.
          for (String part : String.join("\n", lines.subList(1, lines.size())).split("…\n?", -1)) {
            int found = said.indexOf(part.strip(), from);
            Assertions.assertThat(found).as("%s%nin%n%s", part, said).isNotNegative();
            from = found + part.strip().length();
          }
        });
  }

  /** The page shows the policy of the example. */
  @TestFactory
  Stream<DynamicTest> theExpectationsThatAreShownAreThoseOfTheExample() throws IOException {
    String policy = Files.readString(EXAMPLE.resolve("tokens.yaml"));
    Matcher yaml =
        Pattern.compile("```yaml\nexpect:\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    Assertions.assertThat(yaml.find()).isTrue();
    return yaml.group(1)
        .lines()
        .map(line -> line.replaceFirst(" +#.*", ""))
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line, () -> Assertions.assertThat(policy).contains(line + "\n")));
  }
}
