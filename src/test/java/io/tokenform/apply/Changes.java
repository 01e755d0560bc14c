package io.tokenform.apply;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Plan;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Update;
import io.tokenform.plan.WaveOrder;
import io.tokenform.testing.Apis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes of tokens by small numbers, for the tests of this package that need no server. */
public final class Changes {
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  public static final Permission METRICS = Permission.read("metrics");
  public static final Permission LOGS = Permission.read("logs");
  public static final ClusterAddress CLUSTER =
      Apis.clustered(ClusterUrl.parse("https://cluster.example.com"));

  private static final SourceText POLICY = new SourceText("tokens.yaml", "");

  private Changes() {}

  /** The id whose last group is this number. */
  public static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-%012d".formatted(number));
  }

  public static Token token(int number, String description, Permission... permissions) {
    return new Token(
        id(number), description, Permissions.of(permissions), Optional.empty(), Optional.empty());
  }

  public static Token revoked(Token token) {
    return new Token(
        token.id(), token.description(), token.permissions(), Optional.empty(), Optional.of(NOW));
  }

  public static ManagedFields description(String text) {
    return new ManagedFields(Optional.of(text), Optional.empty());
  }

  public static ManagedFields permissions(Permission... permissions) {
    return new ManagedFields(Optional.empty(), Optional.of(Permissions.of(permissions)));
  }

  public static ManagedFields fields(String description, Permission... permissions) {
    return new ManagedFields(Optional.of(description), Optional.of(Permissions.of(permissions)));
  }

  /** The change of the token {@code token-NUMBER}, which is asked for on the line NUMBER. */
  public static Update update(int number, ManagedFields before, ManagedFields after) {
    return Update.of(
        Endpoints.of(CLUSTER),
        new TokenName("token-" + number),
        id(number),
        new Location(POLICY, number, 1, 1),
        before.description().orElse("Token " + number),
        before,
        after,
        RoleOrigins.NONE);
  }

  /** A token that reads the metrics and shall read the logs. */
  public static Update exchange(int number) {
    return update(number, permissions(METRICS), permissions(LOGS));
  }

  /** What a policy with this text behind its version plans for these tokens. */
  public static Plan plan(String policy, Token... live) throws Exception {
    return ApplyWorld.plan(
        "version: 1\n" + policy, new Live(CLUSTER, List.of(live), List.of("metrics", "logs")));
  }

  public static JournalHeader header(int changes) {
    return new JournalHeader(
        NOW,
        "0.1.0",
        "somebody",
        Optional.of("somewhere"),
        "sha256:" + "0123456789abcdef".repeat(4),
        CLUSTER,
        WaveOrder.GRANT_FIRST,
        changes,
        Optional.empty());
  }
}
