package io.tokenform.cli.manual;

import io.tokenform.cli.complete.Descriptions;
import io.tokenform.cli.console.OptionName;
import io.tokenform.cli.console.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A command's page of the manual, in the macros of man(7). */
final class ManPage {
  /** So long may a line of the source be; a longer word has one of its own. */
  private static final int WIDTH = 78;

  /** What roff would read or typeset as something else; see groff_char(7). */
  private static final Map<Integer, String> ESCAPES =
      Map.of(
          (int) '\\', "\\(rs",
          (int) '-', "\\-",
          (int) '\'', "\\(aq",
          (int) '`', "\\(ga",
          (int) '^', "\\(ha",
          (int) '~', "\\(ti");

  private static final Pattern FIRST_WORD = Pattern.compile("[A-Z][a-z]*\\b");

  private final CommandSpec command;
  private final String date;
  private final StringBuilder page = new StringBuilder();

  /**
   * @param date the date that the page shows
   */
  ManPage(CommandSpec command, String date) {
    this.command = command;
    this.date = date;
  }

  /** The page's name, as one gives it to {@code man}. */
  String name() {
    return name(command);
  }

  private static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  /** The page's source. */
  String render() {
    UsageMessageSpec usage = command.usageMessage();
    line(
        ".TH \""
            + escaped(name().toUpperCase(Locale.ROOT))
            + "\" 1 \""
            + date
            + "\" \"tokenform "
            + escaped(Version.number())
            + "\" \"tokenform\"");
    section("NAME");
    fill(name() + " - " + beginningSmall(Descriptions.summary(usage.description())));
    section("SYNOPSIS");
    synopsis();
    section("DESCRIPTION");
    paragraphs(usage.description());
    arguments();
    options();
    commands();
    section("EXIT STATUS");
    command
        .root()
        .usageMessage()
        .exitCodeList()
        .forEach(
            (code, meaning) -> {
              entry(bold(code));
              fill(meaning);
            });
    examples(usage);
    section("SEE ALSO");
    related();
    return page.toString();
  }

  /** The text as a part of a sentence, unless a name begins it. */
  private static String beginningSmall(String text) {
    return FIRST_WORD.matcher(text).lookingAt()
        ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
        : text;
  }

  private void synopsis() {
    List<String> parts = new ArrayList<>();
    parts.add(bold(command.qualifiedName()));
    parts.add("[" + italic("OPTIONS") + "]");
    parameters().map(ManPage::inSynopsis).forEach(parts::add);
    if (!command.subcommands().isEmpty()) {
      parts.add(italic("COMMAND"));
    }
    wrap(String.join(" ", parts));
  }

  private Stream<PositionalParamSpec> parameters() {
    return command.positionalParameters().stream().filter(parameter -> !parameter.hidden());
  }

  private static String inSynopsis(PositionalParamSpec parameter) {
    String label = italic(parameter.paramLabel()) + (parameter.isMultiValue() ? "..." : "");
    return parameter.arity().min() == 0 ? "[" + label + "]" : label;
  }

  private void arguments() {
    List<PositionalParamSpec> parameters = parameters().toList();
    if (!parameters.isEmpty()) {
      section("ARGUMENTS");
    }
    for (PositionalParamSpec parameter : parameters) {
      entry(italic(parameter.paramLabel()));
      paragraph(parameter.description());
    }
  }

  private void options() {
    section("OPTIONS");
    command.options().stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparing(OptionName::of))
        .forEach(
            option -> {
              entry(
                  Arrays.stream(option.names()).map(ManPage::bold).collect(Collectors.joining(", "))
                      + value(option));
              paragraph(option.description());
            });
  }

  private static String value(ArgSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    String label = italic(option.paramLabel());
    return option.arity().min() == 0 ? "[=" + label + "]" : "=" + label;
  }

  private void commands() {
    if (!command.subcommands().isEmpty()) {
      section("COMMANDS");
    }
    for (CommandLine next : command.subcommands().values()) {
      CommandSpec named = next.getCommandSpec();
      entry(bold(name(named)) + "(1)");
      paragraph(Arrays.copyOf(named.usageMessage().description(), 1));
    }
  }

  /** What stands below the help, line by line as it stands there. */
  private void examples(UsageMessageSpec usage) {
    if (usage.footer().length == 0) {
      return;
    }
    section(
        Descriptions.plain(usage.footerHeading())
            .replace(":", "")
            .strip()
            .toUpperCase(Locale.ROOT));
    line(".nf");
    for (String text : usage.footer()) {
      // An empty line is no macro, and so a thing to complain of.
      line(text.isEmpty() ? ".sp" : atLineStart(escaped(Descriptions.plain(text))));
    }
    line(".fi");
  }

  /** The other commands beside it, and the one above. */
  private void related() {
    CommandSpec above = command.parent() == null ? command : command.parent();
    TreeSet<String> names = new TreeSet<>();
    names.add(name(above));
    above.subcommands().values().forEach(next -> names.add(name(next.getCommandSpec())));
    names.remove(name());
    wrap(names.stream().map(name -> bold(name) + "(1)").collect(Collectors.joining(", ")));
  }

  private void section(String heading) {
    line(".SH " + heading);
  }

  private void entry(String label) {
    line(".TP");
    line(label);
  }

  private void paragraphs(String... texts) {
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        line(".PP");
      }
      fill(texts[i]);
    }
  }

  private void paragraph(String... texts) {
    Arrays.stream(texts).forEach(this::fill);
  }

  private void fill(String text) {
    wrap(escaped(Descriptions.plain(text).replace('\n', ' ')));
  }

  private void wrap(String escaped) {
    StringBuilder filled = new StringBuilder();
    for (String word : escaped.strip().split(" +", -1)) {
      if (!filled.isEmpty() && filled.length() + 1 + word.length() > WIDTH) {
        line(atLineStart(filled.toString()));
        filled.setLength(0);
      }
      filled.append(filled.isEmpty() ? "" : " ").append(word);
    }
    line(atLineStart(filled.toString()));
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  /** The line with what keeps a dot at its start from calling a macro; an apostrophe is escaped. */
  private static String atLineStart(String escaped) {
    return escaped.startsWith(".") ? "\\&" + escaped : escaped;
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(
            c ->
                c < 128
                    ? ESCAPES.getOrDefault(c, Character.toString(c))
                    : String.format(Locale.ROOT, "\\[u%04X]", c))
        .collect(Collectors.joining());
  }
}
