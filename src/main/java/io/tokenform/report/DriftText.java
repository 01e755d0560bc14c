package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.UnreadableToken;
import io.tokenform.apply.Drift;
import io.tokenform.plan.TokenChange;
import io.tokenform.plan.ManagedFields;
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
      if (drift.isAsDesired()) {
        out.append("      it is already as the plan wants it\n");
      }
    }
    return out.toString();
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
