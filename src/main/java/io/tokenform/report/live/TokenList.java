package io.tokenform.report.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.live.JsonDocument;
import io.tokenform.live.PolicyNames;
import io.tokenform.report.text.Csv;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Live tokens, as a table for people, as JSON, or as comma-separated values.
 *
 * @param tokens in the order in which they are listed
 * @param now the time by which tokens count as expired
 * @param names the names that a policy has for them, where there is a policy
 */
public record TokenList(List<Token> tokens, Instant now, Optional<PolicyNames> names) {
  public TokenList {
    tokens = List.copyOf(tokens);
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(names, "names");
  }

  /** A list beside which there is no policy. */
  public TokenList(List<Token> tokens, Instant now) {
    this(tokens, now, Optional.empty());
  }

  /**
   * A line for each token, as lines that each end in a line break.
   *
   * @param width how wide a line may be; ids are whole all the same
   */
  public String table(Style style, OptionalInt width) {
    boolean hasOthers = tokens.stream().anyMatch(token -> !TokenCells.others(token).isEmpty());
    Table table = new Table().column("ID", Table.Fit.WHOLE);
    if (names.isPresent()) {
      table.column("NAME", Table.Fit.TEXT);
    }
    table
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
    List<String> cells = new ArrayList<>();
    cells.add(token.id().toString());
    if (names.isPresent()) {
      cells.add(name(token).map(Printable::name).orElse(""));
    }
    cells.add(TokenCells.description(token));
    cells.add(TokenCells.databases(token, Action.READ));
    cells.add(TokenCells.databases(token, Action.WRITE));
    if (withOthers) {
      cells.add(TokenCells.others(token));
    }
    cells.add(TokenState.of(token, now).word());
    cells.add(TokenCells.day(token.createdAt()));
    cells.add(TokenCells.day(token.expiresAt()));
    return cells.toArray(String[]::new);
  }

  private Optional<String> name(Token token) {
    return names
        .flatMap(policy -> policy.desiredToken(token.id()))
        .map(desired -> desired.name().value());
  }

  /** Comma-separated values with a heading; times are RFC 3339. */
  public String csv() {
    Csv csv = new Csv();
    List<String> heading =
        new ArrayList<>(
            List.of("id", "description", "read", "write", "other", "status", "created", "expires"));
    if (names.isPresent()) {
      heading.add("name");
    }
    csv.row(heading.toArray(String[]::new));
    for (Token token : tokens) {
      List<String> cells = new ArrayList<>();
      Collections.addAll(
          cells,
          token.id().toString(),
          Printable.line(TokenCells.text(token)),
          TokenCells.databases(token, Action.READ),
          TokenCells.databases(token, Action.WRITE),
          TokenCells.others(token),
          TokenState.of(token, now).word(),
          TokenCells.time(token.createdAt()),
          TokenCells.time(token.expiresAt()));
      if (names.isPresent()) {
        cells.add(name(token).map(Printable::line).orElse(""));
      }
      csv.row(cells.toArray(String[]::new));
    }
    return csv.toString();
  }

  /** An array of tokens in the form of the Management API, each with its status besides. */
  public String json() {
    return JsonDocument.of(
        out -> {
          out.writeStartArray();
          for (Token token : tokens) {
            out.writeStartObject();
            write(token, now, out);
            Optional<String> name = name(token);
            if (name.isPresent()) {
              out.writeStringField("name", name.get());
            }
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  /** Writes the fields of one token, as it has them in the array, into the object that is open. */
  static void write(Token token, Instant now, JsonGenerator out) throws IOException {
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
    TokenState.of(token, now).writeTo(out);
  }

  private static void write(String field, Optional<Instant> time, JsonGenerator out)
      throws IOException {
    if (time.isPresent()) {
      out.writeStringField(field, time.get().toString());
    }
  }
}
