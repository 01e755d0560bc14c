package io.tokenform.report.access;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.Snapshot;
import io.tokenform.policy.PolicyParser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Access reports of a few tokens by small numbers, for the tests of this package. */
final class Reports {
  static final Instant THEN = Instant.parse("2025-12-01T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final ClusterAddress CLUSTER =
      new ClusterAddress(
          Product.CLUSTERED,
          ClusterUrl.parse("https://influxdb.example.com"),
          Optional.empty(),
          Optional.empty());

  private Reports() {}

  /** The id whose last group is this number. */
  static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-%012d".formatted(number));
  }

  static Token token(int number, String description, Permission... permissions) {
    return token(number, description, null, null, permissions);
  }

  static Token token(
      int number, String description, Instant expires, Instant revoked, Permission... permissions) {
    return new Token(
        id(number),
        description,
        Permissions.of(permissions),
        Optional.of(Instant.parse("2025-02-03T04:05:06Z")),
        Optional.ofNullable(expires),
        Optional.ofNullable(revoked));
  }

  static Snapshot snapshot(Instant time, List<String> databases, Token... tokens) {
    return new Snapshot("1.2.3", time, new Live(CLUSTER, List.of(tokens), databases));
  }

  static Origin origin(Snapshot live, Snapshot since, boolean withPolicy, String... reviewers) {
    return new Origin(
        Optional.empty(),
        List.of(reviewers),
        "1.2.3",
        NOW,
        live,
        true,
        Optional.ofNullable(since),
        withPolicy ? List.of("tokens.yaml") : List.of());
  }

  /** Without a policy. */
  static AccessReport report(Snapshot live) {
    return AccessReport.of(origin(live, null, false), Optional.empty());
  }

  static AccessReport since(Snapshot since, Snapshot live) {
    return AccessReport.of(origin(live, since, false), Optional.empty());
  }

  /** With a policy that has this text behind its version. */
  static AccessReport report(Snapshot live, String policy) throws InvalidPolicyException {
    return AccessReport.of(
        origin(live, null, true),
        Optional.of(
            PolicyNames.of(
                PolicyParser.parse(new SourceText("tokens.yaml", "version: 1\n" + policy)),
                live.live().listing(),
                NOW)));
  }
}
