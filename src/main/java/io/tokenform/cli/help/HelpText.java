package io.tokenform.cli.help;

import io.tokenform.cli.complete.Descriptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;

/** The help of a command, which fits the width that it is set to. */
final class HelpText extends Help {
  /** The cells of an option or an argument, as picocli renders them. */
  private static final int LETTER = 1;

  private static final int NAME = 3;
  private static final int DESCRIPTION = 4;

  /** Where the long name stands, and where its meaning at most. */
  private static final int INDENT = 6;

  private static final int MOST_COLUMN = 29;

  /** How much further in a meaning goes on. */
  private static final int CONTINUED = 2;

  private final CommandSpec command;

  HelpText(CommandSpec command, ColorScheme colours) {
    super(command, colours);
    this.command = command;
  }

  /** Names no single option: all of them took ten lines that nobody read. */
  @Override
  public String synopsis(int headingLength) {
    return abbreviatedSynopsis();
  }

  @Override
  public String parameterList() {
    StringBuilder list = new StringBuilder();
    int column = column(options().values());
    command.positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .map(
            parameter ->
                entry(
                    createDefaultParameterRenderer()
                        .render(parameter, parameterLabelRenderer(), colorScheme())))
        .forEach(entry -> add(list, entry, column));
    return list.toString();
  }

  @Override
  public String optionList() {
    Map<OptionGroup, List<Entry>> groups = options();
    int column = column(groups.values());
    StringBuilder list = new StringBuilder();
    groups.forEach(
        (group, entries) -> {
          OptionGroup shown = groups.size() == 1 ? OptionGroup.OWN : group;
          list.append('\n').append(shown.heading(command)).append(":\n");
          entries.forEach(entry -> add(list, entry, column));
        });
    return list.toString();
  }

  private Map<OptionGroup, List<Entry>> options() {
    Map<OptionGroup, List<Entry>> groups = new EnumMap<>(OptionGroup.class);
    command.options().stream()
        .filter(option -> !option.hidden())
        // As declared, unless one says that it comes before others.
        .sorted(Comparator.comparingInt(option -> option.order()))
        .forEach(
            option ->
                groups
                    .computeIfAbsent(OptionGroup.of(option), group -> new ArrayList<>())
                    .add(
                        entry(
                            createDefaultOptionRenderer()
                                .render(option, parameterLabelRenderer(), colorScheme()))));
    return groups;
  }

  /** Where the meanings stand, those of arguments too. */
  private static int column(Collection<List<Entry>> groups) {
    return groups.stream()
        .flatMap(List::stream)
        .mapToInt(entry -> INDENT + entry.name().plainString().length() + 1)
        .filter(end -> end <= MOST_COLUMN)
        .max()
        .orElse(MOST_COLUMN);
  }

  /**
   * An option: its name of one letter or nothing, its others with the value, and its meaning. Of an
   * argument, its name and its meaning.
   */
  private record Entry(Text letter, Text name, String meaning) {}

  private static Entry entry(Text[][] cells) {
    return new Entry(
        cells[0][LETTER],
        cells[0][NAME],
        Arrays.stream(cells)
            .map(row -> row[DESCRIPTION].plainString())
            .collect(Collectors.joining(" ")));
  }

  /** Adds an entry; picocli would break its meaning in the middle of a path. */
  private void add(StringBuilder list, Entry entry, int column) {
    boolean hasLetter = !entry.letter().plainString().isEmpty();
    list.append("  ").append(hasLetter ? entry.letter() + ", " : "    ").append(entry.name());
    int end = INDENT + entry.name().plainString().length();
    if (end >= column) {
      list.append('\n');
      end = 0;
    }
    List<String> lines =
        FooterLine.filled(
            " ".repeat(column) + entry.meaning(),
            command.usageMessage().width(),
            column + CONTINUED,
            "");
    list.append(lines.get(0).substring(end)).append('\n');
    lines.subList(1, lines.size()).forEach(line -> list.append(line).append('\n'));
  }

  @Override
  public String footer(Object... arguments) {
    StringBuilder footer = new StringBuilder();
    for (String line : command.usageMessage().footer()) {
      FooterLine.fitted(Descriptions.plain(line), command.usageMessage().width())
          .forEach(part -> footer.append(part).append('\n'));
    }
    return footer.toString();
  }
}
