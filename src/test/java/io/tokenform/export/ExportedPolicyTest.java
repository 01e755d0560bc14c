package io.tokenform.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.live.TokenFilter;
import io.tokenform.testing.Apis;
import io.tokenform.yaml.PolicyFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExportedPolicyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final ClusterAddress CLUSTERED =
      Apis.clustered(ClusterUrl.parse("https://cluster.example.com"));

  private final List<Token> live = new ArrayList<>();

  @Test
  void tokensAreWrittenByNameInTheCanonicalLayout() {
    add("Telegraf on the edge", Permission.write("metrics"), Permission.write("logs"));
    add("Grafana: dashboards", Permission.read("*"));
    add("Grafana", Permission.read("2024"), Permission.write("b"));
    add("grafana");

    assertThat(policy(false).whole())
        .isEqualTo(
            """
            # yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            cluster:
              product: clustered
              url: https://cluster.example.com

            tokens:
              grafana-00000003:
                id: 00000003-0000-4000-8000-000000000000
                description: Grafana
                permissions:
                  read: ["2024"]
                  write: [b]

              grafana-00000004:
                id: 00000004-0000-4000-8000-000000000000
                description: grafana
                permissions: {}

              grafana-dashboards:
                id: 00000002-0000-4000-8000-000000000000
                description: "Grafana: dashboards"
                permissions:
                  read: ["*"]

              telegraf-on-the-edge:
                id: 00000001-0000-4000-8000-000000000000
                description: Telegraf on the edge
                permissions:
                  write: [logs, metrics]
            """);
    assertThat(policy(false).omissions()).isEmpty();
  }

  @Test
  void whatAPolicyCannotSayIsLeftOutAndToldAbout() {
    add("uses apiv1_0123456789abcdef0123", Permission.read("metrics"));
    add("operator", Permission.read("logs"), new Permission(Action.of("admin"), "logs"));
    add("half \ud800", Permission.read("x".repeat(65)));

    ExportedPolicy policy = policy(false);

    assertThat(policy.whole())
        .endsWith(
            """
            tokens:
              half:
                id: 00000003-0000-4000-8000-000000000000
                # The description is left out: it has what looks like a secret, or half of a surrogate pair.
                # A policy cannot express read %s; additive leaves it alone.
                mode: additive

              operator:
                id: 00000002-0000-4000-8000-000000000000
                description: operator
                # A policy cannot express admin logs; additive leaves it alone.
                mode: additive
                permissions:
                  read: [logs]

              uses-secret:
                id: 00000001-0000-4000-8000-000000000000
                # The description is left out: it has what looks like a secret, or half of a surrogate pair.
                permissions:
                  read: [metrics]
            """
                .formatted("x".repeat(65)));
    assertThat(policy.omissions())
        .containsExactly(
            "the description of \"half\" (00000003-0000-4000-8000-000000000000) is left out: it has"
                + " what looks like a secret, or half of a surrogate pair",
            "a policy cannot express read "
                + "x".repeat(65)
                + " of \"half\" (00000003-0000-4000-8000-000000000000), which is additive so that"
                + " it keeps this",
            "a policy cannot express admin logs of \"operator\""
                + " (00000002-0000-4000-8000-000000000000), which is additive so that it keeps"
                + " this",
            "the description of \"uses-secret\" (00000001-0000-4000-8000-000000000000) is left out:"
                + " it has what looks like a secret, or half of a surrogate pair");
  }

  @Test
  void permissionsThatTokensShareExactlyBecomeRoles() {
    add("a", Permission.read("logs"), Permission.read("metrics"));
    add("b", Permission.read("metrics"), Permission.read("logs"));
    add("c", Permission.read("metrics"));
    add("d", Permission.read("*"), Permission.write("*"));
    add("e", Permission.write("*"), Permission.read("*"));
    add("f");
    add("g");

    assertThat(policy(true).whole())
        .isEqualTo(
            """
            # yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            cluster:
              product: clustered
              url: https://cluster.example.com

            roles:
              read-logs-metrics:
                read: [logs, metrics]

              read-write-all:
                read: ["*"]
                write: ["*"]

            tokens:
              a:
                id: 00000001-0000-4000-8000-000000000000
                description: a
                roles: [read-logs-metrics]

              b:
                id: 00000002-0000-4000-8000-000000000000
                description: b
                roles: [read-logs-metrics]

              c:
                id: 00000003-0000-4000-8000-000000000000
                description: c
                permissions:
                  read: [metrics]

              d:
                id: 00000004-0000-4000-8000-000000000000
                description: d
                roles: [read-write-all]

              e:
                id: 00000005-0000-4000-8000-000000000000
                description: e
                roles: [read-write-all]

              f:
                id: 00000006-0000-4000-8000-000000000000
                description: f
                permissions: {}

              g:
                id: 00000007-0000-4000-8000-000000000000
                description: g
                permissions: {}
            """);
  }

  @Test
  void aRoleWhoseNameCannotSayAllHasADigestInIt() {
    Permission[] many =
        IntStream.range(0, 20).mapToObj(i -> Permission.read("db" + i)).toArray(Permission[]::new);
    add("a", many);
    add("b", many);
    add("c", Permission.read("x y"));
    add("d", Permission.read("x y"));
    add("e", Permission.read("x-y"));
    add("f", Permission.read("x-y"));

    assertThat(policy(true).export().roles())
        .extracting(Export.SharedRole::name)
        .allMatch(
            name ->
                name.matches("read-(db0-db1-db10-db11-db12-db13-db14-db15-db16|x-y)-[0-9a-f]{8}"))
        .doesNotHaveDuplicates()
        .hasSize(3);
  }

  @Test
  void aLongListIsWrittenAsABlock() {
    add(
        "a",
        IntStream.range(10, 22)
            .mapToObj(i -> Permission.read("database-" + i))
            .toArray(Permission[]::new));
    assertThat(policy(false).whole())
        .contains("      read:\n        - database-10\n        - database-11\n");
  }

  @Test
  void severalFilesAreCalledAfterTheFirstWords() {
    add("Grafana dashboards", Permission.read("logs"));
    add("grafana: alerts", Permission.read("logs"));
    add("Cluster admin");
    add("\u6f22\u5b57");

    assertThat(policy(true).files())
        .hasToString(
            """
            {cluster.yaml=# yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            cluster:
              product: clustered
              url: https://cluster.example.com
            , roles.yaml=# yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            roles:
              read-logs:
                read: [logs]
            , cluster-tokens.yaml=# yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            tokens:
              cluster-admin:
                id: 00000003-0000-4000-8000-000000000000
                description: Cluster admin
                permissions: {}
            , grafana.yaml=# yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            tokens:
              grafana-alerts:
                id: 00000002-0000-4000-8000-000000000000
                description: "grafana: alerts"
                roles: [read-logs]

              grafana-dashboards:
                id: 00000001-0000-4000-8000-000000000000
                description: Grafana dashboards
                roles: [read-logs]
            , other.yaml=# yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            tokens:
              token:
                id: 00000004-0000-4000-8000-000000000000
                description: "\u6f22\u5b57"
                permissions: {}
            }\
            """);
  }

  @Test
  void aPatternSaysTheFileByItsFirstGroupOrItsMatch() {
    add("[ops] one");
    add("[Team B] two");
    add("three");
    assertThat(groups("^\\[(.*?)\\]")).containsExactly("ops", "team-b", "other");
    assertThat(groups("[a-z]+")).containsExactly("ops", "eam", "three");
    assertThat(groups("e(x)?")).containsExactly("e", "e", "e");
  }

  @Test
  void filtersChooseAmongWorkingTokensAndChangeNoNames() {
    add("Grafana", Permission.read("logs"));
    add("grafana", Permission.read("*"));
    add("Telegraf", Permission.write("metrics"));
    live.add(new Token(id(9), "Grafana", Permissions.NONE, Optional.empty(), Optional.of(NOW)));

    assertThat(selected(new TokenFilter(TokenFilter.Kind.DESCRIPTION, "G*")))
        .containsExactly("grafana-00000001");
    assertThat(selected(new TokenFilter(TokenFilter.Kind.DATABASE, "metrics")))
        .containsExactly("grafana-00000002", "telegraf");
    assertThat(
            selected(
                new TokenFilter(TokenFilter.Kind.ID, id(3).toString()),
                new TokenFilter(TokenFilter.Kind.DATABASE, "logs")))
        .containsExactly("grafana-00000001", "grafana-00000002", "telegraf");
    List<TokenFilter> idle = List.of(new TokenFilter(TokenFilter.Kind.ID, id(9).toString()));
    assertThat(Export.idle(live, NOW, idle)).isEqualTo(idle);
  }

  @Test
  void theClusterSectionIsTheProductsOwn() {
    ClusterUrl url = ClusterUrl.parse("https://proxy.example.com");
    ClusterUrl console = ClusterUrl.parse("https://console.influxdata.com");
    Optional<UUID> account = Optional.of(Apis.ACCOUNT);
    Optional<UUID> cluster = Optional.of(Apis.CLUSTER);
    assertThat(whole(Apis.dedicated(console), Optional.empty()))
        .isEqualTo(
            """
            # yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            cluster:
              product: cloud-dedicated
              accountId: 11111111-1111-4111-8111-111111111111
              clusterId: 33333333-3333-4333-8333-333333333333

            tokens: {}
            """);
    assertThat(whole(Apis.dedicated(url), Optional.empty()))
        .contains("8333-333333333333\n  url: https://proxy.example.com\n");
    assertThat(
            whole(
                new ClusterAddress(Product.SANDBOX, url, account, cluster),
                Optional.of("../a b/seed.json")))
        .startsWith(
            """
            # yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            cluster:
              product: sandbox
              seed: "../a b/seed.json"

            """);
  }

  @Test
  void thePolicyOfAClusterOfAFleetNamesNoCluster() {
    ExportedPolicy policy =
        new ExportedPolicy(
            Optional.empty(), Optional.empty(), export(List.of(), false, Optional.empty()));

    assertThat(policy.whole())
        .isEqualTo(
            """
            # yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1
            tokens: {}
            """);
    assertThat(policy.files())
        .hasEntrySatisfying("cluster.yaml", text -> assertThat(text).doesNotContain("product"));
  }

  private String whole(ClusterAddress address, Optional<String> seed) {
    return new ExportedPolicy(
            Optional.of(address), seed, export(List.of(), false, Optional.empty()))
        .whole();
  }

  private List<String> selected(TokenFilter... filters) {
    return export(List.of(filters), false, Optional.empty()).tokens().stream()
        .map(entry -> entry.name().value())
        .toList();
  }

  private List<String> groups(String pattern) {
    return export(List.of(), false, Optional.of(Pattern.compile(pattern))).tokens().stream()
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .map(Export.Entry::group)
        .toList();
  }

  /** Tokens are laid out one by one, and the file has to be as if it had been done at once. */
  @Test
  void manyTokensOfAnyKindAreInTheCanonicalLayout() throws InvalidPolicyException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> words =
        List.of(
            "Edge",
            "it's",
            "\"new\"",
            "# 7",
            "a: b",
            "\u00fcber",
            "\\n",
            "${X}",
            "[x]",
            "1",
            "-",
            "%A%");
    for (int i = 1; i <= 100; i++) {
      StringBuilder description = new StringBuilder();
      for (int j = random.nextInt(4); j >= 0; j--) {
        description.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      List<Permission> permissions = new ArrayList<>();
      int databases = random.nextInt(8) == 0 ? 30 : random.nextInt(3);
      for (int j = 0; j < databases; j++) {
        String database = random.nextInt(6) == 0 ? "2024 # " + j : "database" + j;
        permissions.add(
            random.nextBoolean() ? Permission.read(database) : Permission.write(database));
      }
      if (random.nextInt(20) == 0) {
        permissions.add(new Permission(Action.of("drop"), "x"));
      }
      live.add(
          new Token(
              TokenId.parse("%08d-0000-4000-8000-000000000000".formatted(i)),
              description.toString(),
              Permissions.of(permissions),
              Optional.empty(),
              Optional.empty()));
    }
    live.add(
        new Token(
            TokenId.parse("99999999-0000-4000-8000-000000000000"),
            "Old (tokenform: retiring until 2027-01-01T00:00:00Z)",
            Permissions.NONE,
            Optional.empty(),
            Optional.empty()));

    for (boolean roles : new boolean[] {false, true}) {
      String whole = policy(roles).whole();
      assertThat(PolicyFormat.format(new SourceText("p.yaml", whole)))
          .as("seed " + seed)
          .isEqualTo(whole);
      assertThat(policy(roles).files().values())
          .as("seed " + seed)
          .allSatisfy(
              text ->
                  assertThat(PolicyFormat.format(new SourceText("p.yaml", text))).isEqualTo(text));
    }
  }

  private ExportedPolicy policy(boolean roles) {
    return new ExportedPolicy(
        Optional.of(CLUSTERED), Optional.empty(), export(List.of(), roles, Optional.empty()));
  }

  private Export export(List<TokenFilter> filters, boolean roles, Optional<Pattern> grouping) {
    return Export.of(
        live,
        NOW,
        new Export.Options(filters, roles, grouping, Map.of(), UnaryOperator.identity()));
  }

  private void add(String description, Permission... permissions) {
    live.add(
        new Token(
            id(live.size() + 1),
            description,
            Permissions.of(permissions),
            Optional.empty(),
            Optional.empty()));
  }

  private static TokenId id(int number) {
    return TokenId.parse("0000000" + number + "-0000-4000-8000-000000000000");
  }
}
