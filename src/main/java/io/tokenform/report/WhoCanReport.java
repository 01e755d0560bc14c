package io.tokenform.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Permission;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.TokenName;
import io.tokenform.live.WhoCan;
import io.tokenform.planfile.JsonDocument;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Csv;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Who can do something with a database, for people, as JSON, or as comma-separated values.
 *
 * @param withNames whether there is a policy that could have names for them
 */
public record WhoCanReport(WhoCan answer, boolean withNames) {
  public WhoCanReport {
    Objects.requireNonNull(answer, "answer");
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
                ? "No active token can "
                : Counts.of(count, "active token", "active tokens") + " can ")
            + what();
    if (count == 0) {
      return headline + "\n";
    }
    Table table = new Table().column("ID", Table.Fit.WHOLE).column("HOW", Table.Fit.WHOLE);
    if (withNames) {
      table.column("NAME", Table.Fit.TEXT);
    }
    table.column("DESCRIPTION", Table.Fit.TEXT);
    for (WhoCan.Holder holder : answer.holders()) {
      String id = holder.id().toString();
      String how = String.join(", ", holder.how());
      String description = TokenCells.description(holder.token());
      if (withNames) {
        table.row(id, how, name(holder), description);
      } else {
        table.row(id, how, description);
      }
    }
    return style.bold(headline) + "\n\n" + table.render(style, width);
  }

  private String what() {
    Permission wanted = answer.wanted();
    return wanted.action()
        + " "
        + (wanted.coversAllDatabases()
            ? "all databases, present and future"
            : Printable.name(wanted.resource()));
  }

  private static String name(WhoCan.Holder holder) {
    return holder.name().map(TokenName::value).map(Printable::name).orElse("");
  }

  /** Comma-separated values with a heading. */
  public String csv() {
    Csv csv = new Csv();
    csv.row("id", "how", "name", "description");
    for (WhoCan.Holder holder : answer.holders()) {
      csv.row(
          holder.id().toString(),
          String.join(", ", holder.how()),
          holder.name().map(TokenName::value).map(Printable::line).orElse(""),
          Printable.line(holder.token().description()));
    }
    return csv.toString();
  }

  /** One JSON object: what was asked, and an array of the tokens. */
  public String json() {
    return JsonDocument.of(
        out -> {
          out.writeStartObject();
          out.writeStringField("action", answer.wanted().action().name());
          out.writeStringField("resource", SecretShapes.mask(answer.wanted().resource()));
          out.writeArrayFieldStart("tokens");
          for (WhoCan.Holder holder : answer.holders()) {
            write(holder, out);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void write(WhoCan.Holder holder, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", holder.id().toString());
    if (holder.name().isPresent()) {
      out.writeStringField("name", holder.name().get().value());
    }
    out.writeStringField("description", SecretShapes.mask(holder.token().description()));
    out.writeArrayFieldStart("how");
    for (String how : holder.how()) {
      out.writeString(how);
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
