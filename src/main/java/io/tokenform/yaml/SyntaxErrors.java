package io.tokenform.yaml;

import io.tokenform.access.Writing;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Says in the words of somebody who writes a policy what the YAML parser says in those of a parser.
 */
public final class SyntaxErrors {
  private static final String QUOTE_IT = "quote a text that starts with it";

  private static final String NO_COLON = "this line has no colon with a space after it";

  private final SourceText source;

  public SyntaxErrors(SourceText source) {
    this.source = source;
  }

  /** What stopped the parser, and where. */
  Diagnostic of(MarkedYamlEngineException e) {
    String problem = oneLine(e.getProblem());
    String context = oneLine(e.getContext());
    Location at = place(e.getProblemMark().or(e::getContextMark));
    Location start = e.getContextMark().map(mark -> place(Optional.of(mark))).orElse(at);
    Optional<Diagnostic> foreign =
        foreignLine(context.startsWith("while parsing a block") ? at : start, at);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    Optional<Diagnostic> noSpace =
        Writing.isAscii(source.content())
            ? Optional.empty()
            : noSpace(Math.max(at.line(), start.line()));
    if (noSpace.isPresent()) {
      return noSpace.get();
    }
    if (problem.contains("\\t(TAB)")) {
      return Diagnostic.error(Code.TAB_INDENTATION, indentingTab(at), "a tab cannot indent YAML")
          .hint("indent with spaces, two for each level");
    }
    return switch (context) {
      case "while scanning an alias" ->
          Diagnostic.error(Code.UNKNOWN_ALIAS, start, "this asterisk is an alias without a name")
              .hint("quote it: \"*\"");
      case "while scanning an anchor" ->
          syntax(start, "this ampersand is an anchor without a name").hint(QUOTE_IT);
      case "while scanning a quoted scalar" ->
          syntax(start, "this quote is never closed").hint("close it at the end of the text");
      case "while scanning a double-quoted scalar" ->
          syntax(at, "in double quotes, a backslash starts an escape, and this is not one")
              .hint("double the backslash, or use single quotes");
      case "while scanning a simple key" ->
          syntax(textOfLine(start.line()), NO_COLON)
              .hint("write key: value, or quote the text if it belongs to the line above");
      case "while scanning a block scalar" ->
          syntax(at, "the text of | and > starts on the next line")
              .hint("put it there, or use quotes for a text in one line");
      case "while scanning for the next token" ->
          syntax(at, "a text cannot start with \"" + character(at) + "\"").hint(QUOTE_IT);
      case "while scanning a tag" -> badTag(start);
      case StrictScanner.TIGHT_COMMENT ->
          syntax(at, "a comment needs a space before its number sign")
              .hint("put a space before the #, or quote the whole text that has it");
      case StrictScanner.SHALLOW_BRACKETS -> shallow(at, start, "brackets", problem);
      case StrictScanner.SHALLOW_QUOTES -> shallow(at, start, "quotes", problem);
      case "while parsing a flow sequence" -> notClosed(at, start, "list", "]");
      case "while parsing a flow mapping" -> notClosed(at, start, "map", "}");
      case "while parsing a block mapping", "while parsing a block collection" ->
          outOfBlock(at, start, problem);
      case "while parsing a flow node", "while parsing a block node" -> missingValue(at);
      default -> other(at, start, context, problem);
    };
  }

  /**
   * A line, from one place to the other, that belongs to another language than YAML. The finding
   * repeats nothing of it.
   */
  public Optional<Diagnostic> foreignLine(Location from, Location to) {
    for (int line = from.line(); line <= to.line(); line++) {
      String text = source.line(line).strip();
      if (text.startsWith("<<<<<<< ")) {
        return Optional.of(
            syntax(textOfLine(line), "a merge conflict starts here")
                .hint("keep one of its sides, and remove the lines <<<<<<<, ======= and >>>>>>>"));
      }
      if (text.startsWith("//") || text.startsWith("/*")) {
        return Optional.of(
            syntax(textOfLine(line), "this is not a comment in YAML or in JSON")
                .hint("start it with #, or remove it"));
      }
      if (text.startsWith("```")) {
        return Optional.of(
            syntax(textOfLine(line), "this line is Markdown, not YAML").hint("remove it"));
      }
    }
    return Optional.empty();
  }

  /** What only looks like a space, in a line or above it: the parser may blame a line far below. */
  private Optional<Diagnostic> noSpace(int last) {
    for (int line = last; line > 0; line--) {
      Optional<Diagnostic> found = LookalikeSpaces.inLine(source, line);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The tab that indents a line; the parser may find out only behind it. */
  private Location indentingTab(Location at) {
    String line = source.line(at.line());
    int indentation = line.length() - line.stripLeading().length();
    int tab = line.indexOf('\t');
    return tab >= 0 && tab < indentation ? new Location(source, at.line(), tab + 1, 1) : at;
  }

  private Diagnostic shallow(Location at, Location start, String what, String least) {
    if (character(at).equals("\t")) {
      return alsoAt(
          Diagnostic.error(Code.TAB_INDENTATION, at, "a tab cannot indent a line in " + what)
              .hint("indent it with " + least + " or more spaces; a tab may follow them"),
          start);
    }
    return alsoAt(
        syntax(at, "this line stands in " + what + ", and is not indented enough for its block")
            .hint(
                "indent it with " + least + " or more spaces, or close the " + what + " above it"),
        start);
  }

  private Diagnostic missingValue(Location at) {
    String next = character(at);
    if (next.isEmpty()) {
      return syntax(at, "a value is missing here").hint("write it, or remove what it belongs to");
    }
    return syntax(at, "a value is missing before \"" + next + "\"")
        .hint(next.equals(",") ? "write it, or remove a comma" : "write it, or quote the text");
  }

  private Diagnostic other(Location at, Location start, String context, String problem) {
    if (problem.contains("mapping values are not allowed")) {
      return colonTooMany(at);
    }
    if (problem.contains("sequence entries are not allowed")) {
      return syntax(at, "the first item of a list cannot be on the line of its key")
          .hint("put it on a line of its own, or write the list as [a, b]");
    }
    if (problem.contains("found undefined tag handle")) {
      return badTag(start);
    }
    if (problem.contains("expected '<document start>'")) {
      return syntax(
              at, "the document has ended, or there is a directive above, and this is not ---")
          .hint("remove the lines that start with ... or %");
    }
    String message = problem.isEmpty() ? "this is not valid YAML" : problem;
    return alsoAt(
        syntax(at, context.isEmpty() ? message : context + ": " + message)
            .hint("compare this line with the examples, and quote texts with odd characters"),
        start);
  }

  private Diagnostic colonTooMany(Location at) {
    String before = source.line(at.line());
    before = before.substring(0, before.offsetByCodePoints(0, at.column() - 1));
    if (before.contains(": ")) {
      return syntax(at, "this is a second colon in one line")
          .hint("quote a text that has a colon and a space in it");
    }
    int above = at.line() - 1;
    while (above > 1 && source.line(above).isBlank()) {
      above--;
    }
    if (above > 0 && !source.line(above).matches(".*:(\\s.*)?")) {
      return syntax(textOfLine(above), NO_COLON)
          .hint("write a colon after the key, and a space after the colon");
    }
    Location key = textOfLine(at.line());
    int length = at.column() - key.column();
    return syntax(
            new Location(source, key.line(), key.column(), length),
            "this key is indented further than those above it")
        .hint("indent it as far as the other keys of its map");
  }

  private Diagnostic notClosed(Location at, Location start, String what, String bracket) {
    String next = character(at);
    String unfinished = "this " + what + " is not closed";
    if (next.equals("]") || next.equals("}")) {
      return alsoAt(
          syntax(at, "this bracket cannot close the " + what + " that is open here")
              .hint("close it with " + bracket),
          start);
    }
    if (at.line() != start.line()
        && (next.isEmpty() || (next.equals(":") && bracket.equals("]")))) {
      // What was begun is often far above the place where its end was missed.
      boolean comment = source.line(start.line()).contains(" #");
      return alsoAt(
          syntax(start, unfinished + " before the next key or the end")
              .hint(
                  "close it with "
                      + bracket
                      + (comment ? "; after a # on its line, it is part of a comment" : "")),
          at);
    }
    return alsoAt(
        syntax(at, "a comma or " + bracket + " is missing before this")
            .hint(
                "separate the entries with commas, and quote a text that has : # , or brackets in"
                    + " it"),
        start);
  }

  private Diagnostic outOfBlock(Location at, Location start, String problem) {
    String found = problem.substring(problem.lastIndexOf("found") + 5).strip();
    return switch (found) {
      case "'<scalar>'" ->
          syntax(at, "this comes after the end of a value")
              .hint("quote the whole text, and write an apostrophe in single quotes twice");
      case "']'", "'}'" ->
          syntax(at, "this bracket closes nothing").hint("remove it, or open the list or map");
      default -> misplaced(at, start);
    };
  }

  /** Often the line itself is right, and one above it stands too far left and ended its block. */
  private Diagnostic misplaced(Location at, Location start) {
    Location opener = start.column() < at.column() ? opener(at, start) : start;
    boolean hasEnded = false;
    for (int line = start.line(); line < opener.line(); line++) {
      hasEnded |= textOfLine(line).column() == at.column();
    }
    String own = "indent it as far as the other entries of its block";
    return alsoAt(
        syntax(at, "the indentation of this line fits no block that is open here")
            .hint(
                hasEnded
                    ? own + "; or indent line " + opener.line() + " further, which ended that block"
                    : own),
        opener);
  }

  /** The nearest line above that is indented less: what stands here belongs to it. */
  private Location opener(Location at, Location start) {
    for (int line = at.line() - 1; line > start.line(); line--) {
      String text = source.line(line).strip();
      int column = textOfLine(line).column();
      if (!text.isEmpty() && !text.startsWith("#") && column < at.column()) {
        return new Location(source, line, column, 1);
      }
    }
    return start;
  }

  private static Diagnostic badTag(Location where) {
    return Diagnostic.error(Code.UNSUPPORTED_TAG, where, "this tag means nothing here")
        .hint("remove the tag, or quote a text that starts with an exclamation mark");
  }

  /** A character that no YAML text may hold. */
  Diagnostic of(ReaderException e) {
    int index = source.content().offsetByCodePoints(0, e.getPosition());
    String message =
        String.format(Locale.ROOT, "the character U+%04X is not allowed in YAML", e.getCodePoint());
    return Diagnostic.error(Code.INVALID_CHARACTER, source.locate(index, 1), message)
        .hint(
            e.getCodePoint() == 0
                ? "this is probably not a text file; if it is, save it as UTF-8"
                : "remove it; a text in double quotes may contain it as an escape");
  }

  /** What stands in a line, without its indentation. */
  private Location textOfLine(int number) {
    String line = source.line(number);
    String text = line.strip();
    int column = line.length() - line.stripLeading().length() + 1;
    return new Location(source, number, column, text.codePointCount(0, text.length()));
  }

  private static Diagnostic syntax(Location where, String message) {
    return Diagnostic.error(Code.SYNTAX, where, message);
  }

  private static Diagnostic alsoAt(Diagnostic finding, Location place) {
    return place.line() == finding.where().line() ? finding : finding.alsoAt(place);
  }

  /** The character at a place, or nothing past the end of its line. */
  private String character(Location at) {
    String line = source.line(at.line());
    int from = line.offsetByCodePoints(0, at.column() - 1);
    return from == line.length() ? "" : line.substring(from, line.offsetByCodePoints(from, 1));
  }

  private Location place(Optional<Mark> mark) {
    return mark.map(at -> new Location(source, at.getLine() + 1, at.getColumn() + 1, 1))
        .orElse(new Location(source, 1, 1, 1));
  }

  private static String oneLine(String text) {
    return text == null ? "" : text.replaceAll("\\s+", " ").strip();
  }
}
