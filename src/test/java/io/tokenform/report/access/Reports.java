package io.tokenform.report.access;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.apply.journal.Cause;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.history.Evidence;
import io.tokenform.live.Live;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.Snapshot;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Update;
import io.tokenform.plan.WaveOrder;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  /** Of nothing in particular. */
  static final Imprint IMPRINT = imprint();

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

  static Imprint imprint(String... reviewers) {
    return new Imprint(Optional.empty(), List.of(reviewers), "1.2.3", NOW);
  }

  static Origin origin(Snapshot live, Snapshot since, boolean withPolicy) {
    return new Origin(
        Optional.empty(),
        live,
        true,
        Optional.ofNullable(since),
        Optional.empty(),
        withPolicy ? List.of("tokens.yaml") : List.of());
  }

  /** Without a policy. */
  static AccessReport report(Snapshot live) {
    return of(IMPRINT, origin(live, null, false), Optional.empty());
  }

  static AccessReport since(Snapshot since, Snapshot live) {
    return of(IMPRINT, origin(live, since, false), Optional.empty());
  }

  static AccessReport of(Imprint imprint, Origin origin, Optional<PolicyNames> names) {
    return AccessReport.of(imprint, ClusterAccess.of(origin, names, NOW));
  }

  /** With a history, in which Anna gave a token what she did not have before, for that reason. */
  static AccessReport history(Snapshot live, Token token, Snapshot earlier, String reason) {
    Evidence evidence = new Evidence(CLUSTER);
    evidence.add(earlier);
    Update change =
        Update.of(
            Endpoints.of(CLUSTER),
            new TokenName("shop"),
            token.id(),
            new Location(new SourceText("j.jsonl", ""), 1, 1, 1),
            token.description(),
            new ManagedFields(Optional.empty(), Optional.of(Permissions.NONE)),
            new ManagedFields(Optional.empty(), Optional.of(token.permissions())),
            RoleOrigins.NONE);
    evidence.add(
        new RecordedApply(
            "j.jsonl",
            new JournalHeader(
                THEN,
                "1.2.3",
                "anna",
                Optional.of("laptop"),
                "sha256:0",
                CLUSTER,
                WaveOrder.GRANT_FIRST,
                1,
                Optional.empty(),
                new Cause(
                    Optional.of("3f9a1c"),
                    Optional.of("https://example.com/pull/7"),
                    Optional.empty(),
                    Optional.of(reason))),
            List.of(RecordedChange.started(change).ended(Result.APPLIED, Optional.empty(), true)),
            Optional.of(THEN),
            Optional.empty(),
            "sha256:0"));
    return of(
        IMPRINT,
        new Origin(
            Optional.empty(),
            live,
            true,
            Optional.empty(),
            Optional.of(new Past(evidence.until(NOW), 0)),
            List.of()),
        Optional.empty());
  }

  /** With a policy that has this text behind its version. */
  static AccessReport report(Snapshot live, String policy) throws InvalidPolicyException {
    return of(IMPRINT, origin(live, null, true), Optional.of(names(live, "version: 1\n" + policy)));
  }

  private static PolicyNames names(Snapshot live, String policy) throws InvalidPolicyException {
    return PolicyNames.of(
        PolicyParser.parse(new SourceText("tokens.yaml", policy)), live.live().listing(), NOW);
  }

  /** Of one cluster, with all that a report can say: policy, history, comparison and reviewers. */
  static AccessReport everything() throws InvalidPolicyException {
    Token shop = token(1, "=Order <service>", Permission.write("orders"), Permission.read("*"));
    Token parked =
        token(2, "Batch (tokenform: parked 2025-12-24T00:00:00Z too much)", Permission.read("old"));
    Token ends = token(3, "Ends", NOW.plusSeconds(86400), null, Permission.read("logs"));
    Token left = token(4, "Left", Permission.write("*"));
    Snapshot then = snapshot(THEN, List.of("orders"), token(1, "", Permission.read("logs")), left);
    Snapshot live = snapshot(NOW, List.of("orders", "logs"), shop, parked, ends);
    Snapshot earlier = snapshot(THEN.minusSeconds(99), List.of());
    return of(
        new Imprint(Optional.of("Q1 & Q2"), List.of("Ann", "Bob"), "1.2.3", NOW),
        new Origin(
            Optional.empty(),
            live,
            true,
            Optional.of(then),
            history(live, shop, earlier, "INC-7").clusters().get(0).origin().past(),
            List.of("tokens.yaml")),
        Optional.of(
            names(
                live,
                """
                version: 1
                tokens:
                  shop:
                    id: 00000000-0000-4000-8000-000000000001
                    owner: team-shop
                    permissions: {write: [orders], read: [audit]}
                """)));
  }

  /** A cluster of a fleet, in which these tokens are, under a policy that names none of them. */
  static ClusterAccess member(String name, String env, List<String> databases, Token... tokens) {
    return ClusterAccess.of(
        new Origin(
            Optional.of(new Place(new ClusterName(name), new TreeMap<>(Map.of("env", env)))),
            snapshot(NOW, databases, tokens),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of("shared.yaml")),
        Optional.empty(),
        NOW);
  }

  /** A report over a fleet of these clusters and of those that could not be read. */
  static AccessReport fleet(List<UnreadCluster> unread, ClusterAccess... clusters) {
    return new AccessReport(
        IMPRINT,
        Optional.of(new FleetScope("fleet.yaml", clusters.length + unread.size(), unread)),
        List.of(clusters));
  }

  static UnreadCluster unread(String name, String reason) {
    return new UnreadCluster(new ClusterName(name), reason, Optional.of("try again"));
  }
}
