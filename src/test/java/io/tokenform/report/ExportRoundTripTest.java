package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.export.Export;
import io.tokenform.export.ExportedPolicy;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.live.Live;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.PolicySource;
import io.tokenform.report.text.Style;
import io.tokenform.testing.Worlds;
import io.tokenform.yaml.PolicyFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What holds for the export of every cluster, tried on random ones whose descriptions and databases
 * are as bad as can be. Give -Dexport.seed to repeat a run, and -Dexport.count for a longer one.
 */
class ExportRoundTripTest {
  private static final int COUNT = Integer.getInteger("export.count", 500);
  private static final long SEED = Long.getLong("export.seed", System.nanoTime());

  private static final PlanOptions OPTIONS =
      new PlanOptions(WaveOrder.GRANT_FIRST, Selection.ALL, Guardrails.NONE, Set.of(), Worlds.NOW);

  private static final List<String> SECRETS =
      List.of(
          "apiv1_0123456789abcdef0123",
          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
          "postgres://user:hunter2@db/x");

  private static final String MANAGEMENT_TOKEN = "mgmt0123456789donotprintme";

  /** Pieces of which descriptions and names are made; a few make clashes common. */
  private static final List<String> PIECES =
      List.of(
          "Grafana",
          "grafana",
          "Telegraf",
          "metrics",
          "logs",
          "a",
          "b",
          "Z",
          "0",
          "1",
          "e",
          "x",
          "true",
          "null",
          "on",
          "cluster",
          "roles",
          "other",
          "-",
          "--",
          "---",
          "...",
          ":",
          ": ",
          " #",
          "#",
          ",",
          "[",
          "]",
          "{",
          "}",
          "*",
          "&",
          "!",
          "|",
          ">",
          "%",
          "%DB%",
          "@",
          "@DB@",
          "$",
          "${TEAM}",
          "$(DB)",
          "{{ x }}",
          "<%= x %>",
          "<db>",
          "<your-id>",
          "__DB__",
          "TEAM",
          "`",
          "'",
          "\"",
          "\\",
          "/",
          "?",
          "? ",
          "- ",
          " ",
          "  ",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\u0000",
          "\u0007",
          "\u001b[31m",
          "\u0085",
          "\u2028",
          "\u2029",
          "\ufeff",
          "\ufffe",
          "\uffff",
          "\u00a0",
          "\u00ad",
          "\u200b",
          "\u202e",
          "\u00e9",
          "e\u0301",
          "\u00df",
          "\u0130",
          "\u6f22\u5b57",
          "\ud83d\ude00",
          "\udbff\udfff",
          "\ud800",
          "\udc00",
          "://",
          "@",
          "eyJ",
          "apiv1_",
          "[secret]",
          "=1+1",
          "+",
          "<",
          "\u2019s",
          MANAGEMENT_TOKEN);

  private final Random random = new Random(SEED);

  @Test
  void anExportPlansAsNothingToChangeAndIsInTheCanonicalLayout() throws Exception {
    for (int i = 0; i < COUNT; i++) {
      Live live = live();
      boolean roles = random.nextBoolean();
      boolean split = random.nextBoolean();
      Optional<Pattern> grouping =
          random.nextInt(3) == 0 ? Optional.of(Pattern.compile("[a-z](.)?")) : Optional.empty();
      try {
        Export export = export(live.tokens(), roles, grouping);
        holds(live, export, split);
        if (i % 4 > 0) {
          continue;
        }
        List<Token> shuffled = new ArrayList<>(live.tokens());
        Collections.shuffle(shuffled, random);
        assertThat(text(live, export(shuffled, roles, grouping), split))
            .isEqualTo(text(live, export, split));
      } catch (AssertionError | Exception e) {
        throw new AssertionError("cluster " + i + " of -Dexport.seed=" + SEED + ": " + live, e);
      }
    }
  }

  private static Export export(List<Token> tokens, boolean roles, Optional<Pattern> grouping) {
    UnaryOperator<String> mask = text -> text.replace(MANAGEMENT_TOKEN, "[secret]");
    return Export.of(
        tokens, Worlds.NOW, new Export.Options(List.of(), roles, grouping, Map.of(), mask));
  }

  private static Map<String, String> text(Live live, Export export, boolean split) {
    ExportedPolicy policy =
        new ExportedPolicy(Optional.of(live.cluster()), Optional.empty(), export);
    return split ? policy.files() : Map.of("tokens.yaml", policy.whole());
  }

  private static void holds(Live live, Export export, boolean split) throws Exception {
    List<PolicyFile> files = new ArrayList<>();
    for (Map.Entry<String, String> file : text(live, export, split).entrySet()) {
      assertThat(file.getKey()).matches("[a-z0-9-]+\\.yaml");
      assertThat(file.getValue()).doesNotContain(MANAGEMENT_TOKEN, "hunter2");
      byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
      assertThat(PolicyFormat.format(PolicySource.decode(file.getKey(), bytes)))
          .isEqualTo(file.getValue());
      files.add(PolicyFile.parse(file.getKey(), bytes));
    }
    Policy policy = merged(files);
    // How live is written is told, and no reason to leave anything out.
    assertThat(policy.warnings())
        .extracting(Diagnostic::code)
        .isSubsetOf(
            Code.BLANK_AT_EDGE, Code.HIDDEN_CHARACTER, Code.MIXED_SCRIPTS, Code.CONFUSABLE_NAME);
    assertThat(policy.cluster()).isPresent();

    List<Token> active =
        live.tokens().stream().filter(token -> token.isActive(Worlds.NOW)).toList();
    Plan plan = Planner.plan(policy, live, OPTIONS);
    assertThat(plan.hasErrors()).isFalse();
    assertThat(plan.isDenied()).isFalse();
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.unmanaged()).isEmpty();
    assertThat(plan.unchanged()).hasSameSizeAs(active);
    for (DesiredToken desired : policy.tokens()) {
      Token token =
          active.stream()
              .filter(one -> one.id().equals(desired.id().orElseThrow().value()))
              .findFirst()
              .orElseThrow();
      isWhole(token, desired);
    }
    assertThat(policy.roles())
        .allSatisfy(
            role ->
                assertThat(
                        policy.tokens().stream()
                            .filter(token -> token.roles().contains(role))
                            .count())
                    .isGreaterThan(1));
  }

  private static Policy merged(List<PolicyFile> files) {
    try {
      return PolicyParser.merge(files);
    } catch (InvalidPolicyException e) {
      DiagnosticText text = new DiagnosticText(Style.PLAIN);
      throw new AssertionError(
          e.findings().stream()
              .filter(Diagnostic::isError)
              .map(text::render)
              .collect(Collectors.joining()),
          e);
    }
  }

  /** Whether the policy says all of a token that a policy can say. */
  private static void isWhole(Token token, DesiredToken desired) {
    boolean saysText =
        SecretShapes.mask(token.description()).equals(token.description())
            && !token.description().contains("[secret]")
            && !token.description().contains(MANAGEMENT_TOKEN)
            && StandardCharsets.UTF_8.newEncoder().canEncode(token.description());
    assertThat(desired.description().isPresent()).isEqualTo(saysText);
    Permissions said = desired.permissions().orElse(Permissions.NONE);
    for (Permission permission : token.permissions().minus(said)) {
      String resource = permission.resource();
      int length = resource.codePointCount(0, resource.length());
      boolean isOdd =
          !List.of("read", "write").contains(permission.action().name())
              || length < 1
              || length > 64
              || (length > 1 && resource.contains("*"))
              || SecretShapes.hasOrHad(resource)
              || resource.contains(MANAGEMENT_TOKEN)
              || !StandardCharsets.UTF_8.newEncoder().canEncode(resource);
      assertThat(isOdd).as("%s is left out", permission).isTrue();
    }
  }

  private Live live() {
    List<Token> tokens = new ArrayList<>();
    List<Permissions> shared = List.of(permissions(), permissions());
    for (int i = random.nextInt(9); i > 0; i--) {
      Permissions permissions =
          random.nextBoolean() ? shared.get(random.nextInt(2)) : permissions();
      tokens.add(
          new Token(
              id(),
              description(),
              permissions,
              random.nextInt(4) == 0
                  ? Optional.of(Worlds.NOW.plus(random.nextInt(9) - 4, ChronoUnit.DAYS))
                  : Optional.<Instant>empty(),
              random.nextInt(8) == 0 ? Optional.of(Worlds.NOW) : Optional.<Instant>empty()));
    }
    return new Live(address(), tokens, List.of("metrics", "logs"));
  }

  /** Ids that begin alike are common, so that the suffixes of names clash, too. */
  private TokenId id() {
    long start = random.nextBoolean() ? 0x1f0c7a5200004000L : random.nextLong();
    return new TokenId(new UUID(start, random.nextLong()));
  }

  private ClusterAddress address() {
    Product product = Product.named(Product.words().get(random.nextInt(3))).orElseThrow();
    boolean hasIds = product != Product.CLUSTERED;
    return new ClusterAddress(
        product,
        ClusterUrl.parse(
            random.nextBoolean() ? "https://console.influxdata.com" : "https://a.b:8/c"),
        hasIds ? Optional.of(new UUID(random.nextLong(), random.nextLong())) : Optional.empty(),
        hasIds ? Optional.of(new UUID(random.nextLong(), random.nextLong())) : Optional.empty());
  }

  private String description() {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> HostileText.ALL.get(random.nextInt(HostileText.ALL.size()));
      case 2 -> text(3) + SECRETS.get(random.nextInt(SECRETS.size())) + text(3);
      case 3 -> "grafana-1f0c7a52" + (random.nextBoolean() ? "0" : "");
      case 4 -> "y".repeat(random.nextInt(10) == 0 ? 10_000 : 60) + text(2);
      case 5, 6 -> List.of("Grafana", "grafana!", "Telegraf").get(random.nextInt(3));
      default -> text(10);
    };
  }

  private String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private Permissions permissions() {
    List<Permission> permissions = new ArrayList<>();
    int most = random.nextInt(20) == 0 ? 60 : 5;
    for (int i = random.nextInt(most); i > 0; i--) {
      permissions.add(new Permission(action(), database()));
    }
    return Permissions.of(permissions);
  }

  private Action action() {
    return switch (random.nextInt(12)) {
      case 0 -> Action.of("admin");
      case 1 -> Action.of(HostileText.ALL.get(random.nextInt(HostileText.ALL.size())) + "x");
      default -> random.nextBoolean() ? Action.READ : Action.WRITE;
    };
  }

  private String database() {
    return switch (random.nextInt(8)) {
      case 0 -> "*";
      case 1 -> HostileText.asDatabase(HostileText.ALL.get(random.nextInt(HostileText.ALL.size())));
      case 2 -> "d".repeat(60 + random.nextInt(8));
      case 3 -> SECRETS.get(random.nextInt(SECRETS.size()));
      case 4, 5 -> text(4);
      default -> List.of("metrics", "logs", "true", "2024").get(random.nextInt(4));
    };
  }
}
