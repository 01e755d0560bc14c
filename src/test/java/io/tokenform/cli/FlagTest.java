package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Flag;
import io.tokenform.cli.manual.ManPages;
import io.tokenform.report.text.MarkdownText;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Hints name only options that some command has. */
class FlagTest {
  @Test
  void eachFlagIsAnOptionOfACommand() throws IllegalAccessException {
    Set<String> options = new TreeSet<>();
    collect(ManPages.tree(), options);
    for (Field flag : Flag.class.getFields()) {
      assertThat(options).contains((String) flag.get(null));
    }
    assertThat(Flag.class.getFields()).isNotEmpty();
  }

  private static void collect(CommandLine command, Set<String> options) {
    command
        .getCommandSpec()
        .options()
        .forEach(option -> options.addAll(Arrays.asList(option.names())));
    command.getSubcommands().values().forEach(next -> collect(next, options));
  }

  /** So that a command in a hint is one whole code span in Markdown. */
  @Test
  void markdownKnowsEveryCommand() {
    CommandLine tree = ManPages.tree();
    tree.getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(MarkdownText.prose("use tokenform " + name + " and see"))
                  .isEqualTo("use `tokenform " + name + "` and see");
              for (String subcommand : command.getSubcommands().keySet()) {
                assertThat(
                        MarkdownText.prose("use tokenform " + name + " " + subcommand + " and see"))
                    .isEqualTo("use `tokenform " + name + " " + subcommand + "` and see");
              }
            });
  }
}
