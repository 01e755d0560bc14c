package io.tokenform.policy;

import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.database.DesiredDatabase;
import java.util.List;
import java.util.Optional;

/** A policy that stands in no file: what a command wants of single tokens. */
public final class UnwrittenPolicy {
  private UnwrittenPolicy() {}

  /**
   * The policy; for it, findings of the default guardrails are warnings.
   *
   * @param source what messages name as its place
   */
  public static Policy of(SourceText source, List<DesiredToken> tokens) {
    return of(source, tokens, Guardrails.ADVISORY);
  }

  /**
   * The policy, under these guardrails.
   *
   * @param source what messages name as its place
   */
  public static Policy of(SourceText source, List<DesiredToken> tokens, Guardrails guardrails) {
    if (tokens.stream().map(DesiredToken::name).distinct().count() != tokens.size()) {
      throw new IllegalArgumentException("two tokens of a policy have the same name");
    }
    return new Policy(List.of(source), Optional.empty(), tokens, List.of(), guardrails, List.of());
  }

  /**
   * A policy that says something of these databases and of no token; for it, findings of the
   * default guardrails are warnings.
   *
   * @param source what messages name as its place
   */
  public static Policy ofDatabases(SourceText source, List<DesiredDatabase> databases) {
    if (databases.stream().map(DesiredDatabase::name).distinct().count() != databases.size()) {
      throw new IllegalArgumentException("two databases of a policy have the same name");
    }
    return of(source, List.of()).with(databases);
  }

  /** A token that gets exactly these values; an absent one is left as it is. */
  public static DesiredToken token(
      TokenName name,
      TokenId id,
      Location where,
      Optional<String> description,
      Optional<Permissions> permissions) {
    return new DesiredToken(
        name,
        where,
        Optional.of(new Located<>(id, where)),
        description.map(text -> new Located<>(text, where)),
        permissions.map(set -> entries(set, where)),
        List.of(),
        Mode.AUTHORITATIVE);
  }

  /**
   * A token that is found by its description, or made where it is not there.
   *
   * @param lifecycle says with {@code deliver} where its secret goes
   */
  public static DesiredToken token(
      TokenName name,
      Location where,
      String description,
      Permissions permissions,
      Lifecycle lifecycle) {
    return new DesiredToken(
        name,
        where,
        Optional.empty(),
        Optional.of(new Located<>(description, where)),
        List.of(),
        Optional.empty(),
        Optional.of(entries(permissions, where)),
        List.of(),
        Mode.AUTHORITATIVE,
        lifecycle,
        Optional.empty());
  }

  /** A token that is to be revoked. */
  public static DesiredToken revoked(TokenName name, TokenId id, Location where) {
    return new DesiredToken(
        name,
        where,
        Optional.of(new Located<>(id, where)),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Mode.AUTHORITATIVE,
        new Lifecycle(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(where),
            Optional.empty()),
        Optional.empty());
  }

  private static PermissionEntries entries(Permissions permissions, Location where) {
    return new PermissionEntries(
        permissions.stream().map(permission -> new Located<>(permission, where)).toList());
  }
}
