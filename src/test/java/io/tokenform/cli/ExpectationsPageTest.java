package io.tokenform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The manual shows the expectations of the example; {@code ManualIT} runs what it shows. */
class ExpectationsPageTest {
  private static final Path PAGE = Path.of("src", "site", "markdown", "expectations.md");
  private static final Path EXAMPLE = Path.of("examples", "expectations");

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
