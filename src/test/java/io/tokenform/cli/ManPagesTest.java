package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.cli.console.Version;
import io.tokenform.cli.manual.ManPages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ManPagesTest {
  private static final Map<String, String> PAGES = ManPages.of(ManPages.tree(), "2026-01-31");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyCommandHasAPageThatNamesAllItsOptions() {
    return CompletionTest.everyCommand(ManPages.tree())
        .map(CommandLine::getCommandSpec)
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.qualifiedName(),
                    () ->
                        assertThat(PAGES.get(command.qualifiedName("-") + ".1"))
                            .contains(options(command))
                            .contains(".SH NAME\n", ".SH SYNOPSIS\n", ".SH SEE ALSO\n")));
  }

  private static String[] options(CommandSpec command) {
    return command.options().stream()
        .map(OptionSpec::longestName)
        .map(name -> "\\fB" + name.replace("-", "\\-") + "\\fR")
        .toArray(String[]::new);
  }

  @Test
  void noPageHasALineThatItsReadersComplainOf() {
    PAGES.forEach(
        (name, page) ->
            assertThat(page.lines())
                .as(name)
                .isNotEmpty()
                .noneMatch(String::isBlank)
                .noneMatch(line -> line.endsWith(" "))
                .noneMatch(line -> line.startsWith("'"))
                .noneMatch(line -> line.startsWith(".") && !line.matches("\\.[A-Za-z]{2}.*"))
                .noneMatch(line -> line.contains("${") || line.contains("%n")));
  }

  @Test
  void aPageSaysWhatTheHelpSays() {
    assertThat(PAGES.get("tokenform-journal-list.1"))
        .isEqualTo(
            """
            .TH "TOKENFORM\\-JOURNAL\\-LIST" 1 "2026-01-31" "tokenform VERSION" "tokenform"
            .SH NAME
            tokenform\\-journal\\-list \\- list the journals, oldest first
            .SH SYNOPSIS
            \\fBtokenform journal list\\fR [\\fIOPTIONS\\fR]
            .SH DESCRIPTION
            List the journals, oldest first.
            .PP
            Those of the clusters of a fleet, which have folders of their own, are among
            them.
            .SH OPTIONS
            .TP
            \\fB\\-\\-debug\\fR
            Log each call on standard error, and a stack trace with an error.
            .TP
            \\fB\\-\\-format\\fR=\\fIFORMAT\\fR
            text or json; text if not given.
            .TP
            \\fB\\-h\\fR, \\fB\\-\\-help\\fR
            Show this help and exit.
            .TP
            \\fB\\-\\-journal\\-dir\\fR=\\fIDIR\\fR
            Where the journals of applies are; .tokenform/journal if not given.
            .TP
            \\fB\\-\\-no\\-color\\fR
            Print without colours, as NO_COLOR does.
            .TP
            \\fB\\-\\-only\\fR=\\fICLUSTER\\fR
            The journals of this cluster of a fleet, which have a folder of its name.
            .TP
            \\fB\\-\\-trace\\fR
            As \\-\\-debug, with the bodies of requests and answers; secrets are left out.
            .TP
            \\fB\\-\\-verbose\\fR
            Show each of those findings and changes that are folded into counts.
            .SH EXIT STATUS
            .TP
            \\fB0\\fR
            done; for plan \\-\\-detailed\\-exitcode, nothing to change
            .TP
            \\fB1\\fR
            an error, or an apply that did not do everything
            .TP
            \\fB2\\fR
            plan \\-\\-detailed\\-exitcode: there are changes
            .TP
            \\fB3\\fR
            a guardrail or an expectation denies the plan
            .TP
            \\fB4\\fR
            live drifted since the plan was made; nothing was sent
            .TP
            \\fB64\\fR
            wrong usage of the command line
            .TP
            \\fB130\\fR
            interrupted
            .TP
            \\fB141\\fR
            the program that reads the plan ended, and nothing was sent
            .SH EXAMPLES
            .nf
              tokenform journal list \\-\\-format json
              tokenform journal list \\-\\-only prod\\-eu
            .fi
            .SH SEE ALSO
            \\fBtokenform\\-journal\\fR(1), \\fBtokenform\\-journal\\-show\\fR(1)
            """
                .replace("VERSION", Version.number()));
    assertThat(PAGES.get("tokenform.1"))
        .contains("tokenform \\- InfluxDB database tokens as code\n")
        .contains(".TP\n\\fBtokenform\\-plan\\fR(1)\nShow what apply would change.\n");
    assertThat(PAGES.get("tokenform-sandbox.1"))
        .contains("rate=30% \\-\\-fault")
        .doesNotContain("%%");
    assertThat(PAGES.get("tokenform-who-can.1"))
        .contains("[\\fIOPTIONS\\fR] \\fIACTION\\fR \\fIDATABASE\\fR\n");
    assertThat(PAGES.get("tokenform-export.1")).contains("\\fB\\-\\-split\\fR[=\\fIPATTERN\\fR]\n");
  }

  @Test
  void pagesOfCommandsThatAreGoneGoToo() throws Exception {
    Files.writeString(folder.resolve("tokenform-old.1"), "old");

    ManPages.main(new String[] {folder.toString(), "2026-01-31T12:00:00Z"});

    try (Stream<Path> pages = Files.list(folder)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(PAGES.keySet());
    }
    assertThat(folder.resolve("tokenform-plan.1")).hasContent(PAGES.get("tokenform-plan.1"));
  }
}
