package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.complete.Shell;
import io.tokenform.cli.console.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    description = {
      "Print a script that completes command lines in a shell.",
      "It completes commands, options, the values of options, and the names of the policy's tokens"
          + " and patterns of these, which are read from the files that -f names or from tokens.yaml,"
          + " and of the clusters of a fleet. It does not contact a cluster."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mkdir -p ~/.local/share/bash-completion/completions",
      "  tokenform completion bash > ~/.local/share/bash-completion/completions/tokenform",
      "",
      "  mkdir -p ~/.zfunc",
      "  tokenform completion zsh > ~/.zfunc/_tokenform",
      "",
      "  mkdir -p ~/.config/fish/completions",
      "  tokenform completion fish > ~/.config/fish/completions/tokenform.fish",
      "",
      "Bash: the folder above is that of the package bash-completion. Without it, put this into"
          + " ~/.bashrc:",
      "  source <(tokenform completion bash)",
      "Zsh: any folder in fpath will do. Put this into ~/.zshrc for the one above:",
      "  fpath=(~/.zfunc $fpath); autoload -Uz compinit; compinit",
      "Fish: nothing else is needed.",
      "The same scripts are in the distribution's folder completions. They work in shells that you"
          + " start afterwards; tokenform has to be on their PATH."
    })
final class CompletionCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "SHELL",
      converter = Shell.Converter.class,
      description = "bash, zsh or fish.")
  private Shell shell;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.print(shell.script());
    return ExitCode.OK;
  }
}
