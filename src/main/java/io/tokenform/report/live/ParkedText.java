package io.tokenform.report.live;

import io.tokenform.access.Label;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.live.Generations;
import io.tokenform.live.WhoCan;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.List;
import java.util.Objects;

/**
 * What somebody needs to know who has just cut off a token: what it had, who else can write the
 * same, and what comes next.
 *
 * @param name what the token is called
 * @param tokens its generations that had access, as they were
 * @param others for each database that it could write, who else can
 * @param next what can be done now
 */
public record ParkedText(TokenName name, List<Token> tokens, List<WhoCan> others, List<Next> next) {
  public ParkedText {
    Objects.requireNonNull(name, "name");
    tokens = List.copyOf(tokens);
    others = List.copyOf(others);
    next = List.copyOf(next);
  }

  /**
   * A way to go on.
   *
   * @param why what it is good for
   * @param commands to paste into a shell, in this order
   */
  public record Next(String why, List<String> commands) {
    public Next {
      Objects.requireNonNull(why, "why");
      commands = List.copyOf(commands);
    }
  }

  /** The text, as lines that each end in a line break. */
  public String render(Style style) {
    StringBuilder out = new StringBuilder();
    out.append(style.bold(Printable.name(name.value()) + " had:")).append('\n');
    Columns had = new Columns("  ", "  ");
    for (Token token : tokens) {
      had.row(token.id().toString(), state(token), TokenCells.access(token));
    }
    had.lines().forEach(line -> out.append(line).append('\n'));
    if (!others.isEmpty()) {
      out.append(style.bold("Who else can write the same:")).append('\n');
      Columns who = new Columns("  ", "  ");
      others.forEach(answer -> rows(answer, who));
      who.lines().forEach(line -> out.append(line).append('\n'));
    }
    out.append(style.bold("Next, one of these:")).append('\n');
    for (Next way : next) {
      out.append("  ").append(way.why()).append(":\n");
      way.commands()
          .forEach(command -> out.append("    ").append(Printable.line(command)).append('\n'));
    }
    return out.toString();
  }

  private static String state(Token token) {
    return Generations.label(token).map(Label::word).orElse("in use");
  }

  private static void rows(WhoCan answer, Columns columns) {
    String database = Printable.name(answer.wanted().resource());
    if (answer.holders().isEmpty()) {
      columns.row(database, "nobody");
    }
    for (WhoCan.Holder holder : answer.holders()) {
      String who =
          holder
              .name()
              .map(known -> Printable.name(known.value()))
              .orElseGet(() -> TokenCells.description(holder.token()));
      String how = holder.all() ? "write *" : "";
      columns.row(database, holder.id().toString(), who, how);
    }
  }
}
