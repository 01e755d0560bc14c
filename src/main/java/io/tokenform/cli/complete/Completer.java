package io.tokenform.cli.complete;

import io.tokenform.cli.console.World;
import io.tokenform.report.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import picocli.CommandLine;

/**
 * Answers the completion scripts: {@code __complete bash LINE BREAKS}, the line up to the cursor
 * and what parts words for readline, or {@code __complete SHELL WORD...}, the words behind the
 * command's name up to the cursor, of which the last may be empty.
 *
 * <p>The first line of the answer says what comes next and, behind a tab, what stands before it in
 * the word. Each other line is a candidate: what bash is to put in, or the word and, behind a tab,
 * its description. No help knows of this command, for it is nobody's but the scripts'.
 */
public final class Completer {
  public static final String NAME = "__complete";

  private static final String ALSO_HELP = "help";

  private final World world;
  private final BiFunction<List<String>, String, CommandLine> tree;

  /**
   * @param tree the command model with at least those commands to which some words lead, and those
   *     that begin as the word behind them
   */
  public Completer(World world, BiFunction<List<String>, String, CommandLine> tree) {
    this.world = world;
    this.tree = tree;
  }

  /** The answer; an empty one if anything is wrong, for nobody wants to read that in a prompt. */
  public String answer(List<String> args) {
    try {
      List<String> words = args.subList(1, args.size());
      return args.get(0).equals(Shell.BASH.toString())
          ? bash(BashLine.parse(words.get(0), words.get(1)))
          : others(words);
    } catch (RuntimeException e) {
      return "";
    }
  }

  private String bash(BashLine line) {
    if (line.isRedirection()) {
      return text(Completion.Kind.FILES, "", List.of());
    }
    List<String> before = line.before();
    Completion found = complete(before.subList(1, before.size()), line.begun());
    return found.kind() != Completion.Kind.WORDS && !line.replacesBehind(found.prefix())
        // Bash would look for a file of which the option is a part of the name.
        ? text(Completion.Kind.WORDS, "", List.of())
        : text(
            found.kind(),
            "",
            found.candidates().stream()
                .map(candidate -> line.insertion(candidate.word()))
                .toList());
  }

  private String others(List<String> words) {
    int last = words.size() - 1;
    Completion found = complete(words.subList(0, last), words.get(last));
    return text(
        found.kind(),
        found.prefix(),
        found.candidates().stream()
            .map(
                candidate ->
                    candidate.description().isEmpty()
                        ? candidate.word()
                        : candidate.word() + "\t" + Printable.line(candidate.description()))
            .toList());
  }

  private Completion complete(List<String> before, String begun) {
    boolean isHelp = !before.isEmpty() && before.get(0).equals(ALSO_HELP);
    List<String> meant = isHelp ? before.subList(1, before.size()) : before;
    return Completion.of(world, tree.apply(meant, begun), meant, begun);
  }

  private static String text(Completion.Kind kind, String prefix, List<String> candidates) {
    List<String> lines = new ArrayList<>();
    lines.add(kind.name().toLowerCase(Locale.ROOT) + (prefix.isEmpty() ? "" : "\t" + prefix));
    lines.addAll(candidates);
    return String.join("\n", lines) + "\n";
  }
}
