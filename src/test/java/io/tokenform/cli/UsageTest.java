package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.help.GivenOptions;
import io.tokenform.cli.manual.ManPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class UsageTest {
  @TempDir Path folder;

  /** The root's help is made without the options of the commands, which it does not show. */
  @Test
  void theHelpOfTheRootIsThatOfTheWholeTree() {
    assertThat(Cli.in(folder).run("--help"))
        .exited(0)
        .printedExactly(ManPages.tree().getUsageMessage())
        .complainedOfNothing();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate",
        "plan",
        "apply",
        "fmt",
        "explain",
        "doctor",
        "rollback",
        "journal",
        "journal list",
        "journal show",
        "export",
        "report",
        "who-can",
        "token",
        "token list",
        "token get",
        "token create",
        "token rotate",
        "token park",
        "token release",
        "token revoke",
        "completion",
        "sandbox",
        "init"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    assertThat(Cli.in(folder).run((command + " --help").split(" ")))
        .exited(0)
        .printed("Usage: tokenform " + command, "Example", "  tokenform " + command + " ")
        .complainedOfNothing();
  }

  @Test
  void theToolItselfHasHelpWithTheExitCodes() {
    assertThat(Cli.in(folder).run("--help"))
        .exited(0)
        .printed(
            "Usage: tokenform",
            "validate",
            "plan",
            "apply",
            "fmt",
            "explain",
            "export",
            "report",
            "who-can",
            "token",
            "doctor",
            "sandbox",
            "Exit codes:",
            "64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token", "journal"})
  void whatHoldsCommandsShowsItsHelpAlone(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
    String[] help = (line + " --help").strip().split(" ", -1);
    assertThat(Cli.in(folder).run(args))
        .exited(64)
        .printedExactly(Cli.in(folder).run(help).out())
        .complainedOfNothing();
  }

  @TestFactory
  Stream<DynamicTest> noLineOfTheHelpIsWiderThanItMayBe() {
    return CompletionTest.everyCommand(ManPages.tree())
        .map(command -> command.getCommandSpec().qualifiedName())
        .flatMap(
            name ->
                Stream.of("60", "80", "")
                    .map(
                        columns ->
                            DynamicTest.dynamicTest(
                                name + " " + columns, () -> checkWidth(name, columns))));
  }

  private void checkWidth(String name, String columns) {
    String[] args = (name + " --help").replaceFirst("tokenform ", "").split(" ", -1);
    Cli.Run run = Cli.in(folder).with("COLUMNS", columns).run(args);
    int width = columns.isEmpty() ? 80 : Integer.parseInt(columns);
    assertThat(run).exited(0);
    Assertions.assertThat(run.out().lines())
        .allSatisfy(
            line -> Assertions.assertThat(line.length()).as(line).isLessThanOrEqualTo(width));
  }

  @Test
  void theOptionsAreInGroupsAndTheFirstOnesMatterMost() {
    Cli.Run run = Cli.in(folder).run("plan", "--help");
    Assertions.assertThat(run.out().lines().filter(line -> line.matches("[A-Z].*:")))
        .containsExactly(
            "What to plan:",
            "Output:",
            "Guardrails:",
            "Fleet:",
            "Cluster:",
            "Connection:",
            "General:",
            "Examples:");
    Assertions.assertThat(
            run.out().lines().filter(line -> line.matches("  (-.,|   ) --.*")).limit(6))
        .extracting(line -> line.strip().replaceFirst("^-., ", "").replaceFirst("[= ].*", ""))
        .containsExactly("--file", "--target", "--exclude", "--order", "--due", "--out");
  }

  @TestFactory
  Stream<DynamicTest> aValueThatLooksLikeAnOptionIsTakenWhereItIsJoined() {
    // The same option of two commands is declared once.
    Map<String, OptionSpec> options = new LinkedHashMap<>();
    CompletionTest.everyCommand(ManPages.tree())
        .flatMap(command -> command.getCommandSpec().options().stream())
        .filter(option -> option.arity().max() > 0)
        .forEach(option -> options.putIfAbsent(option.toString(), option));
    return options.values().stream()
        .map(
            option ->
                DynamicTest.dynamicTest(
                    option.command().qualifiedName() + " " + option.longestName(),
                    () ->
                        Stream.of("-h", "--help", "--", "-f legacy", "--debug=x", "-x", "-")
                            .forEach(value -> checkJoined(option, value))));
  }

  /** Either it is the value, or the option's own converter says why it cannot be. */
  private static void checkJoined(OptionSpec option, String value) {
    List<String> names = List.of(option.command().qualifiedName().split(" "));
    List<String> words = new ArrayList<>(names.subList(1, names.size()));
    CommandLine tree = ManPages.tree(words);
    CommandLine command = tree;
    for (String name : words) {
      command = command.getSubcommands().get(name);
    }
    words.add(option.longestName() + "=" + value);
    command.getCommandSpec().positionalParameters().forEach(parameter -> words.add("read"));
    String[] marked = JoinedValues.marked(tree, words.toArray(String[]::new));
    try {
      tree.parseArgs(marked);
    } catch (CommandLine.ParameterException e) {
      Assertions.assertThat(e)
          .hasMessageNotContaining("Expected parameter")
          .hasMessageNotContaining("\0");
      Assertions.assertThat(e.getMessage())
          .matches(text -> text.startsWith("Invalid value") || text.startsWith("Missing required"));
      return;
    }
    OptionSpec read = command.getCommandSpec().findOption(option.longestName());
    Assertions.assertThat(read.originalStringValues())
        .extracting(GivenOptions::unmarked)
        .containsExactly(value);
    Assertions.assertThat(String.valueOf(read.<Object>getValue())).doesNotContain("\0");
  }

  @Test
  void helpIsColouredOnATerminalAlone() {
    assertThat(Cli.in(folder).atTerminal("").run("--help")).printed("\u001b[");
    assertThat(Cli.in(folder).run("--help")).neverShowed("\u001b");
    assertThat(Cli.in(folder).atTerminal("").run("--help", "--no-color")).neverShowed("\u001b");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(Cli.in(folder).run("--version"))
        .exited(0)
        .printed("tokenform 0.", "Java " + System.getProperty("java.version"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plam                      | there is no command \"plam\"",
        "plan --foo                | there is no option --foo",
        "plan extra                | unexpected argument \"extra\"",
        "import --help             | there is no command \"import\"",
        "help import               | there is no command \"import\"",
        "token import -h           | there is no command \"import\"",
        "plan --timeout soon       | is not a number of seconds",
        "plan --timeout -1         | is not a number of seconds",
        "plan --timeout NaN        | is not a number of seconds",
        "plan --account 1234       | is not a UUID",
        "plan --url ftp://a        | it starts with neither https:// nor http://",
        "plan --url http://a.com   | would cross the network unencrypted",
        "plan --order random       | there is no order \"random\"",
        "validate --format xml     | there is no format \"xml\" here; the formats are text, json and"
            + " github",
        "validate --format diff    | there is no format \"diff\" here; the formats are text, json and"
            + " github",
        "plan --format xml         | the formats are text, json, markdown, diff and github",
        "plan --format xml=a       | the formats are text, json, markdown, diff and github",
        "show p --format md        | the formats are text, json, markdown, diff and github",
        "journal list --format csv | the formats are text and json",
        "doctor --format csv       | the formats are text and json",
        "who-can read a --format x | the formats are text, json and csv",
        "token get x --format xml  | the formats are table and json",
        "plan --out --format text  | --out has no value: what follows it looks like an option",
        "token park x --reason -h  | --reason has no value: what follows it looks like an option",
        "token park x --reason --  | --reason has no value: what follows it looks like an option",
        "token park x --reason -x  | --reason has no value: what follows it looks like an option",
        "plan -f                   | error: --file has no value",
        "plan --platform           | error: --platform has no value",
        "plan --platform a --policy-guardrails b | error: --platform is given twice",
        "plan --account a-b        | error: --account: \"a-b\" is not a UUID",
        "sandbox --fault-seed x    | error: --fault-seed: \"x\" is not a whole number",
        "database update a --max-tables 1.5 | error: --max-tables: \"1.5\" is not a whole number",
        "validate --debug=yes      | error: --debug takes no value",
        "token park x              | error: --reason is missing",
        "who-can                   | error: ACTION and DATABASE are missing",
        "fleet diff                | error: 2 arguments CLUSTER are missing",
        "sandbox --fault-seed 99999999999999999999 | \"99999999999999999999\" is too large",
        "token lst                 | there is no command \"lst\"",
        "fleet ls                  | did you mean \"list\"?",
        "token list --fleet x      | this one is about one cluster: name it with --url",
        "token list --sort name    | there is no field \"name\" to sort by",
        "token list --format xml   | there is no format \"xml\" here; the formats are table, json and"
            + " csv",
        "token get x --format csv  | there is no format \"csv\" here; the formats are table and json",
        "token get                 | error: the argument TOKEN is missing",
        "completion tcsh           | \"tcsh\" is not a shell that tokenform has completions for;"
            + " those are bash, zsh and fish",
        "completion                | error: the argument SHELL is missing",
        "who-can admin metrics     | there is no action \"admin\"; the actions are read and write",
        "who-can read              | error: the argument DATABASE is missing",
        "export --split            | --split writes several files, and needs a directory",
        "export --output=          | error: --output is empty",
        "plan --ca-file=           | error: --ca-file is empty",
        "plan --profile=           | error: --profile is empty",
        "apply --journal-dir=      | error: --journal-dir is empty",
        "sandbox --tls=            | error: --tls is empty",
        "sandbox --seed=           | error: --seed is empty",
        "export --output a --split=( | \"(\" is not a regular expression: Unclosed group",
        "export --select grafana   | does not begin with id:, description: or database:",
        "export --select id:1      | \"id:1\": not a UUID",
        "export --select database: | \"database:\": there is nothing after the colon",
        "sandbox --listen 1.2.3.4:1| is not HOST:PORT of this machine",
        "sandbox --listen 8086     | is not HOST:PORT of this machine",
        "sandbox --listen localhost:99999 | is not HOST:PORT of this machine",
      })
  void wrongUsageIsOneMessageAndExit64(String line, String message) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
    assertThat(Cli.in(folder).run(args))
        .exited(64)
        .printedNothing()
        .complained("error: ", message, "  hint: ")
        .neverShowed("    at ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paln                        | did you mean \"plan\"?",
        "plan tokens.yaml            | a policy is named with -f: tokenform plan -f tokens.yaml",
        "plan policies               | a policy is named with -f: tokenform plan -f policies",
        "validate a.yaml b.yaml      | a policy is named with -f: tokenform validate -f a.yaml -f b.yaml",
        "plan it's --out x           | a policy is named with -f: tokenform plan -f 'it'\\''s'",
        "plan --out --format         | if that is the value, join the two: --out=VALUE",
        "-f tokens.yaml plan         | options come after the command",
        "token lst                   | did you mean \"list\"?",
        "apply --live x              | --live is an option of plan, export, report, who-can, token"
            + " list and 2 more commands",
        "snapshot --live=x           | --live is an option of plan, ",
        "token get x --show-secret   | --show-secret is an option of token create",
        "journal list --reason x     | --reason is an option of apply, rollback, token update, token"
            + " create, token rotate and 7 more commands",
        "fmt --management-token-file | --management-token-file is an option of init, plan, ",
        "--live x plan               | options come after the command",
        "plan --tagret x             | did you mean \"--target\"?",
        "plan --management-token x   | the management token comes from INFLUX_DB_MANAGEMENT_TOKEN",
      })
  void wrongUsageIsToldWhatToDo(String line, String hint) {
    assertThat(Cli.in(folder).run(line.split(" ", -1))).exited(64).complained("  hint: " + hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan --management-token=canary-1",
        "plan --management-token canary-1",
        "plan --token=canary-1",
        "plan --url http://127.0.0.1:1 --management-token-file canary-1",
        "@canary-1",
      })
  void aSecretGivenAsAnArgumentIsNotRepeated(String line) throws IOException {
    Files.writeString(folder.resolve("tokens.yaml"), "version: 1\ncluster: {product: sandbox}\n");
    Cli.Run run =
        Cli.in(folder).run(line.replace("@canary-1", "plan --target @file").split(" ", -1));
    assertThat(run).neverShowed("canary");
    Assertions.assertThat(run.exit()).isIn(1, 64);
  }

  @Test
  void anArgumentNamesNoFileOfArguments() throws IOException {
    Files.writeString(folder.resolve("args"), "--version");
    assertThat(Cli.in(folder).run("@" + folder.resolve("args"))).exited(64).printedNothing();
  }

  @ParameterizedTest
  @CsvSource({
    "help, --help",
    "help help, --help",
    "help --help, --help",
    "help plan, plan --help",
    "help plan -h, plan --help",
    "help token, token --help",
    "token help, token --help",
    "help token list, token list --help",
    "token help list, token list --help",
    "help plan --file help, plan --file help --help",
    "database help, database --help",
    "fleet help, fleet --help",
    "journal help show, journal show --help",
  })
  void helpIsAlsoACommand(String line, String meant) {
    Cli cli = Cli.in(folder);
    assertThat(cli.run(line.split(" "))).exited(0).printedExactly(cli.run(meant.split(" ")).out());
  }

  /** As a path it would mean the working directory. */
  @ParameterizedTest
  @ValueSource(
      strings = {"fmt", "fmt a.yaml", "apply", "show", "rollback", "journal show", "plan -f"})
  void anEmptyNameMeansNoFile(String line) throws IOException {
    String policy = "version: 1\ncluster: {product:   sandbox}\n";
    Files.writeString(folder.resolve("tokens.yaml"), policy);
    List<String> args = new ArrayList<>(List.of(line.split(" ")));
    args.add("");

    assertThat(Cli.in(folder).run(args.toArray(String[]::new)))
        .exited(64)
        .printedNothing()
        .complained(" is empty\n  hint: is a variable empty?");

    Assertions.assertThat(folder.resolve("tokens.yaml")).hasContent(policy);
  }

  @Test
  void whoAsksForHelpGetsItWhateverIsEmpty() {
    assertThat(Cli.in(folder).run("fmt", "", "--help")).exited(0).printed("Usage: tokenform fmt");
    assertThat(Cli.in(folder).run("plan", "-h", "--file=")).exited(0).printed("Usage: ");
  }

  @Test
  void anEmptyArgumentBehindOthersIsToldToo() {
    for (String line : List.of("token revoke x", "database delete a", "plan")) {
      List<String> args = new ArrayList<>(List.of(line.split(" ")));
      args.add("");
      assertThat(Cli.in(folder).run(args.toArray(String[]::new)))
          .exited(64)
          .complained("error: an argument is empty\n  hint: is a variable empty?");
    }
  }

  @Test
  void aPathThatIsNoneIsToldInWords() {
    assertThat(Cli.in(folder).run("apply", "--journal-dir", "a\0b"))
        .exited(64)
        .complained("error: --journal-dir: ", " is no path on this system\n")
        .neverShowed("InvalidPathException");
  }

  @Test
  void noNameIsBrokenInTheMeaningOfAnArgument() {
    assertThat(Cli.in(folder).run("fmt", "--help")).exited(0).printed(" tokens.yaml if");
  }

  @Test
  void outputThatCannotBeWrittenIsAnError() throws IOException {
    Files.writeString(folder.resolve("tokens.yaml"), "version: 1\ncluster: {product: sandbox}\n");
    for (String line : new String[] {"validate", "plan", "plan --help", "--version"}) {
      assertThat(Cli.in(folder).withFullDisk().run(line.split(" ", -1)))
          .exited(1)
          .complained("error: standard output cannot be written");
    }
  }

  @Test
  void aStackTraceIsShownOnlyWhenAskedFor() {
    assertThat(Cli.in(folder).run("validate")).exited(1).neverShowed("    at ");
    assertThat(Cli.in(folder).run("validate", "--debug")).exited(1).complained("    at ");
  }
}
