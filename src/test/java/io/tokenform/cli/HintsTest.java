package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.cli.manual.ManPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Every command that a message, an explanation or a help tells to paste is one that there is. */
class HintsTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path EXPLANATIONS =
      Path.of("src", "main", "resources", "io", "tokenform", "report", "explain");

  /** Two literals that one text is made of. */
  private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");

  /** A command in a literal: where a value follows that the run knows, the literal ends. */
  private static final Pattern COMMAND =
      Pattern.compile("(?:: |\\\\\"|\\(|\"|; |^)tokenform ([a-z][a-z-]*(?: [-a-z:]+)*)");

  /** Words of prose that follow a command. */
  private static final Pattern PROSE =
      Pattern.compile(
          " (?:shows?|says|lists|prints?|checks|describes|without|shows all|can|is|a saved|to) .*"
              + "| (?:shows all|shows everything|plan)$");

  private static final CommandLine TREE = ManPages.tree();

  private static CommandLine command(List<String> words) {
    CommandLine command = TREE;
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        break;
      }
      command = next;
    }
    return command;
  }

  private static List<String> commandsOfMessages() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String text = JOINT.matcher(Files.readString(file)).replaceAll("");
        Matcher matcher = COMMAND.matcher(text);
        while (matcher.find()) {
          String line = PROSE.matcher(matcher.group(1)).replaceFirst("");
          boolean isCommand = TREE.getSubcommands().containsKey(line.replaceFirst(" .*", ""));
          // "tokenform failed: ", "tokenform sends no secrets"
          if (isCommand || matcher.group().startsWith("\\\"")) {
            found.add(line);
          }
        }
      }
    }
    return found;
  }

  @TestFactory
  Stream<DynamicTest> theVerbsAndOptionsOfMessagesExist() throws IOException {
    return commandsOfMessages().stream()
        .distinct()
        .map(line -> DynamicTest.dynamicTest(line, () -> checkExists(line)));
  }

  private static void checkExists(String line) {
    List<String> words = List.of(line.strip().split(" "));
    CommandLine command = command(words);
    assertThat(command.getParent()).as(line).isNotNull();
    assertThat(words)
        .filteredOn(word -> word.startsWith("-"))
        .allSatisfy(word -> assertThat(command.getCommandSpec().findOption(word)).isNotNull());
  }

  @Test
  void thereAreSuchMessages() throws IOException {
    assertThat(commandsOfMessages())
        .contains("token list --unmanaged", "export --select id:", "token revoke", "validate")
        .hasSizeGreaterThan(40);
  }

  @TestFactory
  Stream<DynamicTest> theExamplesOfExplanationsAndOfHelpCanBeRun() throws IOException {
    List<String> examples = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXPLANATIONS)) {
      for (Path file : files.toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("    tokenform "))
            .forEach(examples::add);
      }
    }
    CompletionTest.everyCommand(TREE)
        .flatMap(command -> Stream.of(command.getCommandSpec().usageMessage().footer()))
        .filter(line -> line.startsWith("  tokenform "))
        .forEach(examples::add);
    assertThat(examples).hasSizeGreaterThan(60);
    return examples.stream()
        .map(line -> DynamicTest.dynamicTest(line.strip(), () -> checkRuns(line)));
  }

  private static void checkRuns(String line) {
    String command = line.strip().replaceFirst("^tokenform ", "").replaceFirst(" >.*", "");
    // As a shell takes it apart.
    List<String> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+").matcher(command);
    while (matcher.find()) {
      words.add(matcher.group().replaceAll("['\"]", "").replace("%%", "%"));
    }
    CommandLine tree = ManPages.tree(words);
    tree.parseArgs(JoinedValues.marked(tree, words.toArray(String[]::new)));
  }
}
