package io.tokenform.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.planfile.JsonDocument;
import io.tokenform.report.text.Csv;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Live tokens, as a table for people, as JSON, or as comma-separated values.
 *
 * @param tokens in the order in which they are listed
 * @param now the time by which tokens count as expired
 */
public record TokenList(List<Token> tokens, Instant now) {
  public TokenList {
    tokens = List.copyOf(tokens);
    Objects.requireNonNull(now, "now");
  }

  /**
   * A line for each token, as lines that each end in a line break.
   *
   * @param width how wide a line may be; ids are whole all the same
   */
  public String table(Style style, OptionalInt width) {
    boolean hasOthers = tokens.stream().anyMatch(token -> !TokenCells.others(token).isEmpty());
    Table table =
        new Table()
            .column("ID", Table.Fit.WHOLE)
            .column("DESCRIPTION", Table.Fit.TEXT)
            .column("READ", Table.Fit.LIST)
            .column("WRITE", Table.Fit.LIST);
    if (hasOthers) {
      table.column("OTHER", Table.Fit.LIST);
    }
    table
        .column("STATUS", Table.Fit.WHOLE)
        .column("CREATED", Table.Fit.OPTIONAL)
        .column("EXPIRES", Table.Fit.OPTIONAL);
    for (Token token : tokens) {
      table.row(cells(token, hasOthers));
    }
    return table.render(style, width);
  }

  private String[] cells(Token token, boolean withOthers) {
    String id = token.id().toString();
    String description = TokenCells.description(token);
    String read = TokenCells.databases(token, Action.READ);
    String write = TokenCells.databases(token, Action.WRITE);
    String status = token.status(now).toString();
    String created = TokenCells.day(token.createdAt());
    String expires = TokenCells.day(token.expiresAt());
    return withOthers
        ? new String[] {
          id, description, read, write, TokenCells.others(token), status, created, expires
        }
        : new String[] {id, description, read, write, status, created, expires};
  }

  /** Comma-separated values with a heading; times are RFC 3339. */
  public String csv() {
    Csv csv = new Csv();
    csv.row("id", "description", "read", "write", "other", "status", "created", "expires");
    for (Token token : tokens) {
      csv.row(
          token.id().toString(),
          Printable.line(token.description()),
          TokenCells.databases(token, Action.READ),
          TokenCells.databases(token, Action.WRITE),
          TokenCells.others(token),
          token.status(now).toString(),
          TokenCells.time(token.createdAt()),
          TokenCells.time(token.expiresAt()));
    }
    return csv.toString();
  }

  /** An array of tokens in the form of the Management API, each with its status besides. */
  public String json() {
    return JsonDocument.of(
        out -> {
          out.writeStartArray();
          for (Token token : tokens) {
            write(token, now, out);
          }
          out.writeEndArray();
        });
  }

  /** Writes one token in the form that it has in the array. */
  static void write(Token token, Instant now, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", token.id().toString());
    out.writeStringField("description", SecretShapes.mask(token.description()));
    out.writeArrayFieldStart("permissions");
    for (Permission permission : token.permissions()) {
      out.writeStartObject();
      out.writeStringField("action", permission.action().name());
      out.writeStringField("resource", SecretShapes.mask(permission.resource()));
      out.writeEndObject();
    }
    out.writeEndArray();
    write("createdAt", token.createdAt(), out);
    write("expiresAt", token.expiresAt(), out);
    write("revokedAt", token.revokedAt(), out);
    out.writeStringField("status", token.status(now).toString());
    out.writeEndObject();
  }

  private static void write(String field, Optional<Instant> time, JsonGenerator out)
      throws IOException {
    if (time.isPresent()) {
      out.writeStringField(field, time.get().toString());
    }
  }
}
