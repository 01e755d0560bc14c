package io.tokenform.report.live;

import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.live.JsonDocument;
import io.tokenform.policy.DesiredToken;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One live token with everything that is known of it.
 *
 * @param desired what the policy says of it, where there is a policy that means it
 * @param now the time by which it may have expired
 */
public record TokenDetails(Token token, Optional<DesiredToken> desired, Instant now) {
  public TokenDetails {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(desired, "desired");
    Objects.requireNonNull(now, "now");
  }

  /** For people, as lines that each end in a line break; nothing is shortened. */
  public String table(Style style) {
    Columns columns = new Columns("", "  ");
    columns.row("id", token.id().toString());
    columns.row("description", Printable.quoted(TokenCells.text(token)));
    TokenState.of(token, now).addTo(columns);
    token.createdAt().ifPresent(time -> columns.row("created", time.toString()));
    columns.row("expires", token.expiresAt().map(Instant::toString).orElse("never"));
    token.revokedAt().ifPresent(time -> columns.row("revoked", time.toString()));
    desired.ifPresent(
        named ->
            columns.row(
                "in policy",
                Printable.name(named.name().value())
                    + "  "
                    + Printable.line(named.where().fileAndLine())));
    if (token.permissions().isEmpty()) {
      columns.row("permissions", "none");
    }
    String last = "";
    for (Permission permission : token.permissions()) {
      String action = Printable.name(permission.action().name());
      columns.row(action.equals(last) ? "" : action, Printable.name(permission.resource()));
      last = action;
    }
    StringBuilder out = new StringBuilder();
    columns.lines().forEach(line -> out.append(withLabel(line, style)).append('\n'));
    return out.toString();
  }

  private static String withLabel(String line, Style style) {
    int end = line.indexOf("  ");
    return end <= 0 ? line : style.bold(line.substring(0, end)) + line.substring(end);
  }

  /** One JSON object in the form of the Management API, with the token's status besides. */
  public String json() {
    return JsonDocument.of(
        out -> {
          out.writeStartObject();
          TokenList.write(token, now, out);
          if (desired.isPresent()) {
            out.writeStringField("name", desired.get().name().value());
          }
          out.writeEndObject();
        });
  }
}
