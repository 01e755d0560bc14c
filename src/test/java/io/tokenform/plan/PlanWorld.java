package io.tokenform.plan;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.Retention;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.plan.planner.Planner;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.policy.expect.Expectation;
import io.tokenform.testing.Apis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Live tokens by small numbers, and what a policy plans for them, for the tests of this package.
 */
public final class PlanWorld {
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** A line of a policy without the guardrails that find something in most small worlds. */
  public static final String QUIET =
      "guardrails: {unmanaged-token: off, unknown-database: off, expiring: off}\n";

  private final List<Token> tokens = new ArrayList<>();
  private DatabaseListing databases =
      new DatabaseListing(List.of("metrics", "logs"), List.of(), List.of());
  private WaveOrder order = WaveOrder.GRANT_FIRST;
  private Selection selection = Selection.ALL;
  private Guardrails platform = Guardrails.NONE;
  private List<Expectation> expectations = List.of();
  private Set<Allowance> allowances = Set.of();
  private Due due = Due.INCLUDE;
  private PendingFates fates = PendingFates.NONE;
  private PlanOptions.Asked asked = PlanOptions.Asked.NOTHING;

  /** The sink of the policies of these tests. */
  private final TreeMap<SinkName, SinkDefinition> sinks =
      new TreeMap<>(Map.of(new SinkName("vault"), new SinkDefinition.Directory("secrets")));

  /** The id whose last group is this number. */
  public static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-%012d".formatted(number));
  }

  public static TokenName name(String text) {
    return new TokenName(text);
  }

  public static Token token(int number, String description, Permission... permissions) {
    return new Token(
        id(number), description, Permissions.of(permissions), Optional.empty(), Optional.empty());
  }

  public static Token expiring(int number, String description, Instant at) {
    return new Token(id(number), description, Permissions.NONE, Optional.of(at), Optional.empty());
  }

  public static Token revoked(int number, String description, Instant at) {
    return new Token(id(number), description, Permissions.NONE, Optional.empty(), Optional.of(at));
  }

  public PlanWorld with(Token... live) {
    tokens.addAll(List.of(live));
    return this;
  }

  public PlanWorld databases(String... names) {
    databases = new DatabaseListing(List.of(names), List.of(), List.of());
    return this;
  }

  /** These databases, with their settings. */
  public PlanWorld withDatabases(Database... live) {
    databases = DatabaseListing.of(List.of(live));
    return this;
  }

  /** A database that keeps its data for that long. */
  public static Database database(String name, String retention) {
    return new Database(
        new DatabaseName(name), Retention.parse(retention), 500, 200, Optional.empty());
  }

  public PlanWorld order(WaveOrder other) {
    order = other;
    return this;
  }

  public PlanWorld selection(Selection other) {
    selection = other;
    return this;
  }

  public PlanWorld platform(String rules) throws InvalidPolicyException {
    platform = platformOf(rules);
    return this;
  }

  /** With these expectations of the platform file, a list of YAML. */
  public PlanWorld expecting(String list) throws InvalidPolicyException {
    expectations =
        PolicyParser.platform(
                PolicyFile.parse(
                    new SourceText("platform.yaml", "version: 1\nexpect: " + list + "\n")))
            .expectations();
    return this;
  }

  public PlanWorld allowing(String... options) {
    allowances = Stream.of(options).map(Allowance::parse).collect(Collectors.toSet());
    return this;
  }

  public PlanWorld due(Due other) {
    due = other;
    return this;
  }

  public PlanWorld fates(PendingFates.Fate fate) {
    fates = (nonce, id) -> fate;
    return this;
  }

  public PlanWorld asked(PlanOptions.Asked other) {
    asked = other;
    return this;
  }

  /** A token that was made then. */
  public static Token made(int number, String description, Instant at, Permission... permissions) {
    return new Token(
        id(number),
        description,
        Permissions.of(permissions),
        Optional.of(at),
        Optional.empty(),
        Optional.empty());
  }

  /** The plan for a policy with this text behind its version. */
  public Plan plan(String text) throws InvalidPolicyException {
    return plan(policy(text));
  }

  public Plan plan(Policy policy) {
    return Planner.plan(
        policy,
        new Live(
            Apis.clustered(ClusterUrl.parse("https://cluster.example.com")),
            TokenListing.of(tokens),
            databases),
        new PlanOptions(order, selection, platform, allowances, NOW)
            .with(due, sinks, fates)
            .with(asked)
            .expecting(expectations));
  }

  /** The one change that a policy with this text behind its version asks for. */
  public Update update(String text) throws InvalidPolicyException {
    List<Change> changes = plan(text).changes();
    if (changes.size() != 1) {
      throw new IllegalArgumentException("not one change: " + changes);
    }
    return (Update) changes.get(0);
  }

  public static Policy policy(String text) throws InvalidPolicyException {
    return PolicyParser.parse(new SourceText("tokens.yaml", "version: 1\n" + text));
  }

  /** The first token of a policy with this text behind its version. */
  public static DesiredToken desired(String text) throws InvalidPolicyException {
    return policy(text).tokens().get(0);
  }

  /** What a platform file with these rules says. */
  public static Guardrails platformOf(String rules) throws InvalidPolicyException {
    return PolicyParser.platform(
            PolicyFile.parse(
                new SourceText("platform.yaml", "version: 1\nguardrails: {" + rules + "}\n")))
        .guardrails();
  }
}
