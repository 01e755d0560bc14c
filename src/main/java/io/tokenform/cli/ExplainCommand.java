package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.UsageException;
import io.tokenform.finding.Code;
import io.tokenform.finding.Nearest;
import io.tokenform.report.Explanation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Explain what a finding means and how to fix it.",
      "Findings of validate, plan and apply show their code in brackets, as in"
          + " error[unknown-key]."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform explain unknown-key",
      "  tokenform explain",
    })
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "CODE",
      arity = "0..1",
      converter = CodeWord.class,
      description = "The code of a finding; all codes are listed if not given.")
  private String word;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.print(
        word == null ? Explanation.list() : Explanation.of(code()).render(console.outStyle()));
    return ExitCode.OK;
  }

  private Code code() {
    return Code.named(word)
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no code \"" + word + "\"",
                    Nearest.hint(word, Code.words()).orElse("tokenform explain lists all codes")));
  }

  /** Reads a code's word as it is; one that is none gets its nearest for a hint. */
  static final class CodeWord implements ITypeConverter<String>, Completable {
    @Override
    public String convert(String word) {
      return word;
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return Code.words();
    }
  }
}
