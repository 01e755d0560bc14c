package io.tokenform.report.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Label;
import io.tokenform.access.Permission;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.access.TokenStatus;
import io.tokenform.access.UnreadableToken;
import io.tokenform.expect.Verdict;
import io.tokenform.finding.Diagnostic;
import io.tokenform.live.JsonDocument;
import io.tokenform.live.WhoCan;
import io.tokenform.planfile.FindingJson;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Csv;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Who can do something with a database, for people, as JSON, or as comma-separated values.
 *
 * @param unreadable the tokens that cannot be read, and may do so, too
 * @param withNames whether there is a policy that could have names for them
 * @param verdicts whether they are those who are expected to; none where nobody expects anything
 * @param findings what the verdicts found
 */
public record WhoCanReport(
    WhoCan answer,
    List<UnreadableToken> unreadable,
    boolean withNames,
    List<Verdict> verdicts,
    List<Diagnostic> findings) {
  public WhoCanReport {
    Objects.requireNonNull(answer, "answer");
    // One that was revoked can do nothing, whatever else stands in it.
    unreadable = unreadable.stream().filter(token -> !token.isRevoked()).toList();
    verdicts = List.copyOf(verdicts);
    findings = List.copyOf(findings);
  }

  /**
   * A count and a line for each token, as lines that each end in a line break.
   *
   * @param width how wide a line may be; ids are whole all the same
   */
  public String text(Style style, OptionalInt width) {
    int count = answer.holders().size();
    String headline =
        (count == 0
                ? "No active token " + (unreadable.isEmpty() ? "can " : "that can be read can ")
                : Counts.of(count, "active token", "active tokens") + " can ")
            + what(answer.wanted());
    if (count == 0) {
      return headline + "\n" + others();
    }
    Table table = columns(new Table(), withNames, hasLabels());
    rows(withNames, hasLabels()).forEach(row -> table.row(row.toArray(String[]::new)));
    return style.bold(headline) + "\n\n" + table.render(style, width) + others();
  }

  /**
   * Adds the columns of {@link #rows}.
   *
   * @param withNames whether there may be names
   * @param withStatus whether there may be tokens that are not the ones in use
   */
  public static Table columns(Table table, boolean withNames, boolean withStatus) {
    table.column("ID", Table.Fit.WHOLE).column("HOW", Table.Fit.WHOLE);
    if (withNames) {
      table.column("NAME", Table.Fit.TEXT);
    }
    table.column("DESCRIPTION", Table.Fit.TEXT);
    return withStatus ? table.column("STATUS", Table.Fit.WHOLE) : table;
  }

  /** The cells of each token that can. */
  public List<List<String>> rows(boolean withNames, boolean withStatus) {
    List<List<String>> rows = new ArrayList<>();
    for (WhoCan.Holder holder : answer.holders()) {
      List<String> cells = new ArrayList<>();
      cells.add(holder.id().toString());
      cells.add(String.join(", ", holder.how()));
      if (withNames) {
        cells.add(name(holder));
      }
      cells.add(TokenCells.description(holder.token()));
      if (withStatus) {
        cells.add(status(holder));
      }
      rows.add(cells);
    }
    return rows;
  }

  /** Those of which nobody knows. */
  private String others() {
    return unreadable.isEmpty()
        ? ""
        : "\n"
            + Counts.of(unreadable.size(), "token", "tokens")
            + " cannot be read, and may do so, too: "
            + String.join(", ", unreadableNames())
            + "\n";
  }

  /** What those are called that cannot be read, and may do so, too. */
  public List<String> unreadableNames() {
    return unreadable.stream().map(token -> Printable.line(named(token))).toList();
  }

  private static String named(UnreadableToken token) {
    return token.id().map(TokenId::toString).orElse("token " + token.number() + " of the listing");
  }

  /** What somebody can do, in words, as in {@code read metrics}. */
  public static String what(Permission wanted) {
    return wanted.action()
        + " "
        + (wanted.coversAllDatabases()
            ? "all databases, present and future"
            : Printable.name(wanted.resource()));
  }

  /** Whether a token can that is not the one in use. */
  public boolean hasLabels() {
    return answer.holders().stream().anyMatch(holder -> holder.generation().isPresent());
  }

  /** Which generation it is; all of them are active. */
  private static String status(WhoCan.Holder holder) {
    return holder.generation().map(Label::word).orElse(TokenStatus.ACTIVE.toString());
  }

  private static String name(WhoCan.Holder holder) {
    return holder.name().map(TokenName::value).map(Printable::name).orElse("");
  }

  /** Comma-separated values with a heading. */
  public String csv() {
    Csv csv = new Csv();
    csv.row(csvHeading(hasLabels()).toArray(String[]::new));
    csvRows(hasLabels()).forEach(row -> csv.row(row.toArray(String[]::new)));
    return csv.toString();
  }

  /** The names of the values of {@link #csvRows}. */
  public static List<String> csvHeading(boolean withStatus) {
    return withStatus
        ? List.of("id", "how", "name", "description", "status")
        : List.of("id", "how", "name", "description");
  }

  /** The values of each token that can, and of those of which nobody knows. */
  public List<List<String>> csvRows(boolean withStatus) {
    List<List<String>> rows = new ArrayList<>();
    for (WhoCan.Holder holder : answer.holders()) {
      List<String> cells = new ArrayList<>();
      Collections.addAll(
          cells,
          holder.id().toString(),
          String.join(", ", holder.how()),
          holder.name().map(TokenName::value).map(Printable::line).orElse(""),
          Printable.line(TokenCells.text(holder.token())));
      if (withStatus) {
        cells.add(status(holder));
      }
      rows.add(cells);
    }
    for (UnreadableToken token : unreadable) {
      List<String> cells =
          new ArrayList<>(List.of(named(token), "not known: it cannot be read", "", ""));
      if (withStatus) {
        cells.add("");
      }
      rows.add(cells);
    }
    return rows;
  }

  /** One JSON object: what was asked, and an array of the tokens. */
  public String json() {
    return JsonDocument.of(
        out -> {
          out.writeStartObject();
          writeQuestion(answer.wanted(), out);
          writeAnswer(out);
          out.writeEndObject();
        });
  }

  /** Writes what was asked into the open object. */
  public static void writeQuestion(Permission wanted, JsonGenerator out) throws IOException {
    out.writeStringField("action", wanted.action().name());
    out.writeStringField("resource", SecretShapes.mask(wanted.resource()));
  }

  /** Writes who can, and whether that is expected, into the open object. */
  public void writeAnswer(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("tokens");
    for (WhoCan.Holder holder : answer.holders()) {
      write(holder, out);
    }
    out.writeEndArray();
    if (!unreadable.isEmpty()) {
      out.writeArrayFieldStart("unreadable");
      for (UnreadableToken token : unreadable) {
        out.writeString(named(token));
      }
      out.writeEndArray();
    }
    if (!verdicts.isEmpty()) {
      writeExpectation(out);
    }
  }

  private void writeExpectation(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("expectation");
    out.writeBooleanField("holds", !Verdict.anyFails(verdicts));
    out.writeArrayFieldStart("findings");
    for (Diagnostic finding : findings) {
      FindingJson.write(out, finding, Printable::line);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(WhoCan.Holder holder, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", holder.id().toString());
    if (holder.name().isPresent()) {
      out.writeStringField("name", holder.name().get().value());
    }
    out.writeStringField("description", SecretShapes.mask(holder.token().description()));
    if (holder.generation().isPresent()) {
      out.writeStringField("label", holder.generation().get().word());
    }
    out.writeArrayFieldStart("how");
    for (String how : holder.how()) {
      out.writeString(how);
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
