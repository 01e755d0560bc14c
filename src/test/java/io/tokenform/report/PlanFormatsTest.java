package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Action;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.cluster.ClusterAddress;
import io.tokenform.plan.Allowance;
import io.tokenform.plan.Digests;
import io.tokenform.plan.Live;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Planner;
import io.tokenform.plan.SavedPlan;
import io.tokenform.plan.Selection;
import io.tokenform.plan.StageOrder;
import io.tokenform.policy.ClusterSection;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.InvalidPolicyException;
import io.tokenform.policy.Located;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.TokenName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The formats of a plan for reviewers, over the cases of tests-fixtures.
 *
 * <p>{@code mvn test -Dtest=PlanFormatsTest -Dfixtures.update=true} rewrites what is expected, to
 * be reviewed as a diff.
 */
class PlanFormatsTest {
  private static final boolean UPDATE = Boolean.getBoolean("fixtures.update");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  static Stream<Path> cases() throws IOException {
    List<Path> cases = new ArrayList<>();
    try (Stream<Path> folders = Files.list(Path.of("tests-fixtures"))) {
      for (Path folder : folders.sorted().toList()) {
        if (Files.exists(folder.resolve("live.json")) && isValid(folder)) {
          cases.add(folder);
        }
      }
    }
    assertThat(cases).isNotEmpty();
    return cases.stream();
  }

  private static boolean isValid(Path folder) throws IOException {
    try {
      policy(folder);
      return true;
    } catch (InvalidPolicyException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesWhatIsExpected(Path folder) throws IOException, InvalidPolicyException {
    SavedPlan saved = plan(folder);
    expect(folder, "plan.md", PlanMarkdown.render(saved));
    expect(folder, "plan.diff", new PlanDiff(Style.PLAIN).render(saved));
    expect(folder, "annotations.txt", PlanAnnotations.render(saved));
  }

  private static SavedPlan plan(Path folder) throws IOException, InvalidPolicyException {
    Policy policy = policy(folder);
    Live live = live(policy, new ObjectMapper().readTree(folder.resolve("live.json").toFile()));
    return new SavedPlan(
        "1.2.3", NOW, Digests.of(policy.sources()), Planner.plan(policy, live, options(folder)));
  }

  private static Policy policy(Path folder) throws IOException, InvalidPolicyException {
    byte[] text = Files.readAllBytes(folder.resolve("policy.yaml"));
    return PolicyParser.merge(List.of(PolicyFile.parse("policy.yaml", text)));
  }

  private static PlanOptions options(Path folder) throws IOException {
    StageOrder order = StageOrder.GRANT_FIRST;
    Set<TokenName> targets = new HashSet<>();
    Set<TokenName> excluded = new HashSet<>();
    Set<Allowance> allowances = new HashSet<>();
    Path file = folder.resolve("options.txt");
    List<String> options = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (int i = 0; i < options.size(); i += 2) {
      String value = options.get(i + 1);
      switch (options.get(i)) {
        case "--target" -> targets.add(new TokenName(value));
        case "--allow" -> allowances.add(Allowance.parse(value));
        case "--exclude" -> excluded.add(new TokenName(value));
        case "--order" -> {
          assertThat(value).isEqualTo(StageOrder.REVOKE_FIRST.toString());
          order = StageOrder.REVOKE_FIRST;
        }
        default -> throw new IllegalArgumentException(options.get(i));
      }
    }
    return new PlanOptions(
        order, new Selection(targets, excluded), Guardrails.NONE, allowances, NOW);
  }

  private static Live live(Policy policy, JsonNode json) {
    ClusterSection cluster = policy.cluster().orElseThrow();
    List<Token> tokens = new ArrayList<>();
    json.get("tokens").forEach(token -> tokens.add(token(token)));
    List<String> databases = new ArrayList<>();
    json.get("databases").forEach(name -> databases.add(name.asText()));
    Product product = cluster.product().value();
    boolean hasIds = product != Product.CLUSTERED;
    return new Live(
        new ClusterAddress(
            product,
            cluster
                .url()
                .map(Located::value)
                .orElse(ClusterUrl.parse("https://console.influxdata.com")),
            Optional.of(UUID.fromString(json.get("accountId").asText())).filter(id -> hasIds),
            Optional.of(UUID.fromString(json.get("clusterId").asText())).filter(id -> hasIds)),
        tokens,
        databases);
  }

  private static Token token(JsonNode json) {
    List<Permission> permissions = new ArrayList<>();
    json.get("permissions")
        .forEach(
            permission ->
                permissions.add(
                    new Permission(
                        Action.of(permission.get("action").asText()),
                        permission.get("resource").asText())));
    return new Token(
        TokenId.parse(json.get("id").asText()),
        json.path("description").asText(),
        Permissions.of(permissions),
        time(json, "expiresAt"),
        time(json, "revokedAt"));
  }

  private static Optional<Instant> time(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field)).map(JsonNode::asText).map(Instant::parse);
  }

  /** An output that is empty has no file. */
  private static void expect(Path folder, String name, String actual) throws IOException {
    Path file = folder.resolve(name);
    if (UPDATE) {
      if (actual.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        Files.writeString(file, actual);
      }
    }
    String expected = Files.exists(file) ? Files.readString(file) : "";
    assertThat(actual).as(file.toString()).isEqualTo(expected);
  }
}
