package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.UnreadableToken;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.apply.Drift;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.TokenChange;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.List;
import java.util.Optional;

/** What drifted since a plan was made: the plan's picture of each token against live. */
public final class DriftText {
  private final Style style;

  public DriftText(Style style) {
    this.style = style;
  }

  /** The drifts in their order, as lines that each end in a line break. */
  public String render(List<Drift> drifts) {
    StringBuilder out = new StringBuilder();
    for (Drift drift : drifts) {
      drift
          .ofToken()
          .ifPresent(
              token -> {
                TokenChange change = token.change();
                out.append(render(change, change.before(), token.live(), Optional.empty()));
              });
      drift.ofDatabase().ifPresent(database -> out.append(render(database)));
      if (drift.isAsDesired()) {
        out.append("      it is already as the plan wants it\n");
      }
    }
    return out.toString();
  }

  private String render(Drift.OfDatabase drift) {
    StringBuilder out =
        new StringBuilder(render(drift.change(), drift.database(), !drift.joined().isEmpty()));
    for (Token token : drift.joined()) {
      out.append("      ")
          .append(style.green("+ " + token.id()))
          .append("  ")
          .append(Printable.quoted(token.description()))
          .append(" has got a permission on it\n");
    }
    return out.toString();
  }

  /** One change's database, as it is. */
  String render(DatabaseChange change, Optional<Database> live) {
    return render(change, live, false);
  }

  private String render(DatabaseChange change, Optional<Database> live, boolean hasAnotherReason) {
    StringBuilder out = new StringBuilder();
    String name = change.vanishing().map(DatabaseName::value).orElse(change.name());
    out.append("  ").append(Printable.name(name)).append("  database\n");
    if (live.isEmpty()) {
      return out.append("      there is no such database, or it cannot be read\n").toString();
    }
    DatabaseSettings before = change.before();
    // One that was to be made is there; of the others, what the change is not about may differ.
    DatabaseSettings now =
        change.vanishing().isEmpty() && change.appearing().isPresent()
            ? DatabaseSettings.of(live.get())
            : before.asOf(live.get());
    DatabaseSettings differing = now.differingFrom(before);
    if (differing.isEmpty() && !hasAnotherReason) {
      out.append(
          "      it is as before; another name that the change needs, or a token that"
              + " uses it, is not\n");
    }
    differing.retention().ifPresent(value -> out.append(setting("retention", value.forPeople())));
    differing.maxTables().ifPresent(value -> out.append(setting("tables", "at most " + value)));
    differing
        .maxColumnsPerTable()
        .ifPresent(value -> out.append(setting("columns of a table", "at most " + value)));
    return out.toString();
  }

  private String setting(String name, String value) {
    return "      " + name + "  " + style.green(value) + "\n";
  }

  /** One change's token, which was expected to have some values, as it is. */
  String render(
      TokenChange change,
      ManagedFields expected,
      Optional<Token> live,
      Optional<UnreadableToken> unreadable) {
    StringBuilder out = new StringBuilder();
    out.append("  ").append(Printable.name(change.token().value()));
    Optional<TokenId> id = change.liveId().or(() -> live.map(Token::id));
    out.append(id.map(known -> "  " + known).orElse("")).append('\n');
    if (unreadable.isPresent()) {
      out.append("      this token cannot be read: ")
          .append(Printable.line(unreadable.get().why()))
          .append('\n');
    } else if (live.isEmpty()) {
      out.append("      this token no longer exists on the cluster\n");
    } else {
      appendFields(out, expected, live.get());
    }
    return out.toString();
  }

  private void appendFields(StringBuilder out, ManagedFields before, Token live) {
    live.revokedAt().ifPresent(time -> out.append("      revoked at ").append(time).append('\n'));
    ManagedFields now = before.asOf(live);
    if (!now.description().equals(before.description())) {
      out.append("      description  ")
          .append(style.red(Printable.quoted(before.description().orElseThrow())))
          .append(" -> ")
          .append(style.green(Printable.quoted(live.description())))
          .append('\n');
    }
    Permissions planned = before.permissions().orElse(Permissions.NONE);
    Permissions current = now.permissions().orElse(Permissions.NONE);
    for (Permission permission : planned.union(current)) {
      String text = Printable.name(permission.action().name()) + "  " + name(permission);
      if (!current.contains(permission)) {
        out.append("      ").append(style.red("- " + text)).append('\n');
      } else if (!planned.contains(permission)) {
        out.append("      ").append(style.green("+ " + text)).append('\n');
      }
    }
  }

  private static String name(Permission permission) {
    return Printable.name(permission.resource());
  }
}
