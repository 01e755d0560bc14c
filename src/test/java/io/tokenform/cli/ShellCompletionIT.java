package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.report.text.YamlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real shells complete command lines with the built distribution; those that are not here do not.
 */
@Timeout(900)
final class ShellCompletionIT {
  private static final Path DISTRIBUTION = Path.of("target", "tokenform").toAbsolutePath();

  /** Each would do something, or fall apart, were it not quoted. */
  private static final List<String> HOSTILE_NAMES =
      List.of(
          "two words",
          "it's $(touch pwned)",
          "say \"hi\"; `touch pwned`!x",
          "back\\slash",
          "a:b=c@d",
          "~tilde",
          "$HOME",
          "*",
          "#x",
          "\u00e9\u4e2d\u6587 x");

  @TempDir Path folder;

  @BeforeEach
  void policyWithHostileNames() throws IOException {
    StringBuilder text = new StringBuilder("version: 1\ntokens:\n");
    HOSTILE_NAMES.forEach(
        name -> text.append("  ").append(YamlText.quoted(name)).append(": {description: x}\n"));
    // Cannot be shown, so it is not offered.
    text.append("  \"new\\nline\": {description: x}\n");
    Files.writeString(folder.resolve("tokens.yaml"), text);
  }

  @Test
  void bashCompletes() throws Exception {
    List<String> lines =
        run(
            shell("bash"),
            "--noprofile",
            "--norc",
            "-c",
            """
            source "$COMPLETIONS/tokenform.bash"
            COMP_WORDBREAKS=$' \\t\\n"\\'@><=;|&(:'
            complete_line() {
              COMP_LINE=$1 COMP_POINT=${#1}
              _tokenform tokenform
            }
            complete_line 'tokenform pl'
            printf '%s\\n' "${COMPREPLY[@]}" --
            complete_line 'tokenform plan --format '
            printf '%s\\n' "${COMPREPLY[@]}" --
            complete_line 'tokenform plan --target '
            for candidate in "${COMPREPLY[@]}"; do
              # As the shell would read it, had it been typed.
              eval "printf '%s\\n' $candidate"
            done
            """);

    assertThat(lines)
        .startsWith("plan", "--", "text", "json", "markdown", "diff", "github", "--")
        .endsWith(HOSTILE_NAMES.toArray(String[]::new))
        .hasSize(8 + HOSTILE_NAMES.size());
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  /** A terminal of its own, at which somebody types and presses the tab key. */
  @Test
  void zshCompletes() throws Exception {
    List<String> lines =
        run(
            shell("zsh"),
            "-f",
            "-c",
            """
            zmodload zsh/zpty
            zpty z zsh -f -i
            zpty -w z 'stty rows 50 cols 100; PS1="" PS2="" fpath=($COMPLETIONS $fpath)'
            zpty -w z 'autoload -Uz compinit; compinit -u -D; unsetopt beep'
            zpty -w z 'show() { print -r -- "<$BUFFER>" >>typed; BUFFER=""; }'
            zpty -w z 'zle -N show; bindkey "^X" show; print READ""Y'
            zpty -r z seen '*READY*'
            complete_line() {
              zpty -w -n z "$1"$'\\t\\C-x'
              while [[ $(wc -l <typed) -lt $2 ]]; do sleep 0.1; done
            }
            touch typed
            complete_line 'tokenform pl' 1
            complete_line 'tokenform plan --format ma' 2
            complete_line 'tokenform plan --target tw' 3
            complete_line 'tokenform plan --target it' 4
            complete_line 'tokenform plan --target '\\''it' 5
            complete_line 'tokenform plan --target a:b=' 6
            complete_line 'tokenform plan --target=say' 7
            complete_line 'tokenform plan --format=markdown=tok' 8
            cat typed
            """);

    assertThat(lines)
        .containsExactly(
            "<tokenform plan >",
            "<tokenform plan --format markdown >",
            "<tokenform plan --target two\\ words >",
            "<tokenform plan --target it\\'s\\ \\$\\(touch\\ pwned\\) >",
            "<tokenform plan --target 'it'\\''s $(touch pwned)' >",
            "<tokenform plan --target a:b=c@d >",
            "<tokenform plan --target=say\\ \\\"hi\\\"\\;\\ \\`touch\\ pwned\\`\\!x >",
            "<tokenform plan --format=markdown=tokens.yaml >");
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void fishCompletes() throws Exception {
    List<String> lines =
        run(
            shell("fish"),
            "--no-config",
            "-c",
            """
            source "$COMPLETIONS/tokenform.fish"
            complete -C 'tokenform pl'
            complete -C 'tokenform plan --format '
            complete -C 'tokenform plan --format=markdown=tok'
            complete -C 'tokenform plan --target '
            """);

    assertThat(lines)
        .startsWith(
            "plan\tShow what apply would change",
            "text",
            "json",
            "markdown",
            "diff",
            "github",
            "--format=markdown=tokens.yaml")
        .endsWith(HOSTILE_NAMES.toArray(String[]::new))
        .hasSize(7 + HOSTILE_NAMES.size());
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void theScriptsAreThoseThatTheCommandPrints() throws Exception {
    for (Map.Entry<String, String> script :
        Map.of("bash", "tokenform.bash", "zsh", "_tokenform", "fish", "tokenform.fish")
            .entrySet()) {
      Cli.assertThat(Cli.in(folder).run("completion", script.getKey()))
          .exited(0)
          .complainedOfNothing()
          .printedExactly(
              Files.readString(DISTRIBUTION.resolve("completions").resolve(script.getValue())));
    }
  }

  @Test
  void theManualLiesWhereManLooks() {
    assertThat(DISTRIBUTION.resolve("share/man/man1/tokenform.1")).isNotEmptyFile();
    assertThat(DISTRIBUTION.resolve("share/man/man1/tokenform-token-list.1")).isNotEmptyFile();
  }

  private static Path shell(String name) {
    Path program =
        Stream.of("/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
            .map(place -> Path.of(place, name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeThat(program).as(name).isNotNull();
    return program;
  }

  /** The lines that a shell prints; it complains of nothing. */
  private List<String> run(Path shell, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(shell.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(folder.resolve("stderr").toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                DISTRIBUTION.resolve("bin") + ":/usr/bin:/bin",
                "HOME",
                folder.toString(),
                "LANG",
                "C.UTF-8",
                "TERM",
                "dumb",
                "CI",
                "true",
                "JAVA_HOME",
                System.getProperty("java.home"),
                "COMPLETIONS",
                DISTRIBUTION.resolve("completions").toString()));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("stderr")).isEmptyFile();
    return out.lines().toList();
  }
}
