package io.tokenform.testing;

import io.tokenform.access.Action;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Mode;
import io.tokenform.policy.PermissionEntries;
import io.tokenform.policy.Policy;
import io.tokenform.policy.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Random clusters and policies for them, from a seed: small, so that clashes, wildcards, revoked
 * and expired tokens are common.
 */
public final class Worlds {
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<String> DATABASES = List.of("metrics", "logs", "orders", "*");
  private static final ClusterAddress ADDRESS =
      new ClusterAddress(
          Product.CLOUD_DEDICATED,
          ClusterUrl.parse("https://console.influxdata.com"),
          Optional.of(UUID.fromString("11111111-1111-4111-8111-111111111111")),
          Optional.of(UUID.fromString("33333333-3333-4333-8333-333333333333")));

  private final Random random;
  private final SourceText source = new SourceText("tokens.yaml", "");

  public Worlds(long seed) {
    this.random = new Random(seed);
  }

  /** A cluster and a policy for it. */
  public record World(Live live, Policy policy) {}

  public World next() {
    List<Token> tokens = new ArrayList<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      tokens.add(token());
    }
    List<Role> roles = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      roles.add(new Role("role-" + i, place(), entries()));
    }
    List<DesiredToken> desired = new ArrayList<>();
    for (Token token : tokens) {
      if (random.nextInt(4) > 0) {
        desired.add(desired("token-" + desired.size(), token, roles));
      }
    }
    Collections.shuffle(desired, random);
    Live live = new Live(ADDRESS, tokens, List.of("metrics", "logs", "orders"));
    return new World(
        live,
        new Policy(
            List.of(source), Optional.empty(), desired, roles, Guardrails.DEFAULTS, List.of()));
  }

  /** The same cluster, listed in another order. */
  public Live shuffled(Live live) {
    List<Token> tokens = new ArrayList<>(live.tokens());
    List<String> databases = new ArrayList<>(live.databases());
    Collections.shuffle(tokens, random);
    Collections.shuffle(databases, random);
    return new Live(live.cluster(), tokens, databases);
  }

  public Permissions permissions() {
    List<Permission> permissions = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      permissions.add(permission());
    }
    return Permissions.of(permissions);
  }

  private Permission permission() {
    Action action = random.nextBoolean() ? Action.READ : Action.WRITE;
    return new Permission(action, DATABASES.get(random.nextInt(DATABASES.size())));
  }

  private Token token() {
    return new Token(
        new TokenId(new UUID(random.nextLong(), random.nextLong())),
        "description " + random.nextInt(6),
        permissions(),
        sometimes(Optional.of(NOW.plus(random.nextInt(20) - 10, ChronoUnit.DAYS))),
        random.nextInt(8) == 0 ? Optional.of(NOW.minus(1, ChronoUnit.DAYS)) : Optional.empty());
  }

  private DesiredToken desired(String name, Token token, List<Role> roles) {
    boolean byId = random.nextInt(3) > 0;
    Optional<Located<String>> description =
        byId
            ? sometimes(Optional.of(located("description " + random.nextInt(6))))
            : Optional.of(located(token.description()));
    return new DesiredToken(
        new TokenName(name),
        place(),
        byId ? Optional.of(located(token.id())) : Optional.empty(),
        description,
        random.nextInt(5) > 0 ? Optional.of(entries()) : Optional.empty(),
        roles.stream().filter(role -> random.nextInt(3) == 0).toList(),
        random.nextBoolean() ? Mode.AUTHORITATIVE : Mode.ADDITIVE);
  }

  private PermissionEntries entries() {
    return new PermissionEntries(permissions().stream().map(this::located).toList());
  }

  private <T> Optional<T> sometimes(Optional<T> value) {
    return random.nextInt(3) == 0 ? value : Optional.empty();
  }

  private <T> Located<T> located(T value) {
    return new Located<>(value, place());
  }

  private Location place() {
    return new Location(source, 1, 1, 1);
  }
}
