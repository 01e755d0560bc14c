package io.tokenform.report;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Sha256;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Mode;
import io.tokenform.policy.PermissionEntries;
import io.tokenform.policy.Policy;
import io.tokenform.policy.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes plans from what changes, through the planner. */
public final class Plans {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  static final ClusterAddress ADDRESS =
      new ClusterAddress(
          Product.CLOUD_DEDICATED,
          ClusterUrl.parse("https://console.influxdata.com"),
          Optional.of(UUID.fromString("11111111-1111-4111-8111-111111111111")),
          Optional.of(UUID.fromString("33333333-3333-4333-8333-333333333333")));

  private final SourceText source;
  private ClusterAddress address = ADDRESS;
  private final List<Token> live = new ArrayList<>();
  private final List<DesiredToken> desired = new ArrayList<>();

  public Plans() {
    this("tokens.yaml");
  }

  /** With this name of the policy's file. */
  public Plans(String file) {
    this.source = new SourceText(file, "");
  }

  /** Of the Cloud Dedicated cluster with this number. */
  public Plans on(int cluster) {
    address =
        new ClusterAddress(
            ADDRESS.product(),
            ADDRESS.url(),
            ADDRESS.accountId(),
            Optional.of(new UUID(0x4000, 0x8000_0000_0000_0000L | cluster)));
    return this;
  }

  /** A token whose permissions change. */
  public Plans change(String name, Permissions before, Permissions after) {
    return change(name, "description", "description", before, after, List.of());
  }

  /** A token that may change in every way. */
  public Plans change(
      String name,
      String oldDescription,
      String description,
      Permissions before,
      Permissions after,
      List<String> roles) {
    Location where = new Location(source, desired.size() + 1, 3, 1);
    PermissionEntries entries =
        new PermissionEntries(
            after.stream().map(permission -> new Located<>(permission, where)).toList());
    TokenId id = unmanaged(oldDescription, before);
    desired.add(
        new DesiredToken(
            new TokenName(name),
            where,
            Optional.of(new Located<>(id, where)),
            Optional.of(new Located<>(description, where)),
            Optional.of(entries),
            roles.stream().map(role -> new Role(role, where, entries)).toList(),
            Mode.AUTHORITATIVE));
    return this;
  }

  /** A token that the policy does not name. */
  public TokenId unmanaged(String description, Permissions permissions) {
    TokenId id = new TokenId(new UUID(0x4000, 0x8000_0000_0000_0000L | live.size()));
    live.add(new Token(id, description, permissions, Optional.empty(), Optional.empty()));
    return id;
  }

  public SavedPlan plan() {
    return plan(Set.of());
  }

  /** With these guardrails to be broken this once. */
  public SavedPlan plan(Set<String> allowed) {
    Policy policy =
        new Policy(
            List.of(source),
            Optional.empty(),
            List.copyOf(desired),
            List.of(),
            Guardrails.DEFAULTS,
            List.of());
    Set<Allowance> allowances = allowed.stream().map(Allowance::parse).collect(Collectors.toSet());
    PlanOptions options =
        new PlanOptions(WaveOrder.GRANT_FIRST, Selection.ALL, Guardrails.NONE, allowances, NOW);
    List<String> databases = List.of("metrics", "logs");
    return new SavedPlan(
        "1.2.3",
        NOW,
        Sha256.ZERO,
        Planner.plan(policy, new Live(address, live, databases), options));
  }

  public static Permissions read(String... databases) {
    return Permissions.of(List.of(databases).stream().map(Permission::read).toList());
  }

  /** A plan with this guardrail to be broken this once, which it does not break yet. */
  public static SavedPlan allowing(SavedPlan saved, String rule) {
    Plan plan = saved.plan();
    return saved.with(
        new Plan(
            plan.cluster(),
            plan.order(),
            plan.changes(),
            plan.unchanged(),
            plan.unselected(),
            plan.leftAlone(),
            plan.unmanaged(),
            plan.activeTokens(),
            plan.inactiveTokens(),
            plan.dueLeftOut(),
            plan.findings(),
            List.of(Allowance.parse(rule)),
            plan.guardrails(),
            plan.expectations()));
  }
}
