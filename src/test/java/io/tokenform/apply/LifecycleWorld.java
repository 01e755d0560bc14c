package io.tokenform.apply;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.sink.ScriptedFolders.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A random cluster in the middle of the lives of its tokens, a policy for it, and what goes wrong.
 */
final class LifecycleWorld {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration LONGEST_OVERLAP = Duration.ofDays(7);
  static final Duration LONGEST_PARK = Duration.ofDays(1);

  private static final List<String> FAULTS =
      List.of(
          "status=429,retry-after=0",
          "status=500",
          "status=503",
          "status=503,acts",
          "status=504,acts",
          "reset",
          "reset,acts",
          "half",
          "content-type=text/html",
          "delay=1ms..3ms",
          "status=400",
          "status=409",
          "status=403");

  private static final List<String> METHODS = List.of("POST", "PATCH", "DELETE", "GET");
  private static final List<String> RATES = List.of("5%", "20%", "50%", "90%");

  private final Random random;
  private final List<String> seeds = new ArrayList<>();
  private final StringBuilder policyText = new StringBuilder("version: 1\ntokens:\n");
  private final Map<String, Permissions> permissions = new LinkedHashMap<>();
  private final Map<String, Duration> overlaps = new LinkedHashMap<>();
  private final Map<String, String> heldAtFirst = new LinkedHashMap<>();
  private final List<String> seedSecrets = new ArrayList<>();
  private final Set<TokenId> outside = new HashSet<>();
  private final Set<TokenId> ended = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final boolean isLate;
  private final int sinkFailures;
  private final boolean hangs;
  private final long faultSeed;
  private final int parallelism;
  private final boolean isSecondElsewhere;
  private final Policy policy;

  LifecycleWorld(Random random) throws Exception {
    this.random = random;
    isLate = random.nextInt(5) == 0;
    sinkFailures = List.of(0, 0, 20, 50, 90).get(random.nextInt(5));
    hangs = random.nextInt(12) == 0;
    boolean hasCommands = random.nextInt(12) == 0;
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      token("token-" + i, "Token " + i, hasCommands);
    }
    for (int i = 0; i < 3; i++) {
      outside.add(
          seed(
              List.of("Somebody's", "Token 0 (tokenform: pending later)", "Token").get(i),
              some(),
              Duration.ofDays(400),
              "",
              secret()));
    }
    drawFaults();
    pauses.add(List.of(Duration.ZERO, Duration.ofMinutes(16)).get(random.nextInt(2)));
    if (random.nextBoolean()) {
      pauses.add(Duration.ofHours(random.nextInt(30 * 24)));
    }
    faultSeed = random.nextInt(1_000_000);
    parallelism = 1 + random.nextInt(8);
    isSecondElsewhere = random.nextBoolean();
    policy = PolicyParser.parse(new SourceText("tokens.yaml", policyText.toString()));
  }

  private void token(String name, String description, boolean mayBeCommand) {
    int kind = random.nextInt(14);
    if (kind == 0) {
      parked(name, description);
    } else if (kind == 1) {
      tombstone(name, description);
    } else {
      delivered(name, description, mayBeCommand, kind);
    }
  }

  private void parked(String name, String description) {
    outside.add(
        seed(
            description + " (tokenform: parked 2025-12-24T00:00:00Z INC-7)",
            Permissions.NONE,
            Duration.ofDays(100),
            "",
            secret()));
    policyText.append(
        "  %s: {description: %s, permissions: {read: [metrics]}, deliver: files, rotate: {every: 90d}}\n"
            .formatted(name, description));
  }

  private void tombstone(String name, String description) {
    ended.add(seed(description, some(), Duration.ofDays(100), "", secret()));
    if (random.nextBoolean()) {
      ended.add(
          seed(
              description + " (tokenform: retiring until 2026-02-01T00:00:00Z)",
              some(),
              Duration.ofDays(200),
              "",
              secret()));
    }
    policyText.append(
        "  %s: {description: %s, state: revoked, reason: INC-42}\n".formatted(name, description));
  }

  private void delivered(String name, String description, boolean mayBeCommand, int kind) {
    Permissions wanted = some();
    permissions.put(name, wanted);
    Duration overlap =
        List.of(LONGEST_OVERLAP, Duration.ofHours(2), Duration.ZERO).get(random.nextInt(3));
    overlaps.put(name, overlap);
    String was = "";
    switch (kind) {
      case 2, 3 -> {}
      case 4 -> inUse(name, description, wanted, Duration.ofDays(10), "");
      case 5 -> inUse(name, description, some(), Duration.ofDays(10), "");
      case 6, 7 -> inUse(name, description, wanted, Duration.ofDays(91), "");
      case 8 -> {
        generations(description, wanted);
        inUse(name, description, wanted, Duration.ofDays(random.nextInt(180)), "");
      }
      case 9, 10 -> {
        if (random.nextBoolean()) {
          inUse(name, description, wanted, Duration.ofDays(random.nextInt(120)), "");
        }
        leftovers(name, description, wanted);
      }
      case 11 -> {
        String gone = secret();
        heldAtFirst.put(name, gone);
        seed(
            description,
            wanted,
            Duration.ofDays(125),
            ", \"expiresAt\": \"2025-12-30T00:00:00Z\"",
            gone);
      }
      case 12 -> {
        String old = "Former " + description;
        was = ", was: [%s]".formatted(old);
        inUse(name, old, wanted, Duration.ofDays(random.nextInt(120)), "");
      }
      case 13 ->
          inUse(
              name,
              description,
              wanted,
              Duration.ofDays(80),
              ", \"expiresAt\": \"2026-01-01T01:00:00Z\"");
      default -> throw new IllegalStateException("kind " + kind);
    }
    policyText.append(
        "  %s: {description: %s, permissions: %s, deliver: %s, expires: 400d%s, rotate: {every: 90d, overlap: %s, park: %s%s}}\n"
            .formatted(
                name,
                description,
                json(wanted),
                mayBeCommand && random.nextBoolean() ? "command" : "files",
                was,
                overlap.isZero() ? "0s" : overlap.toHours() + "h",
                List.of("24h", "1h").get(random.nextInt(2)),
                isLate ? ", settle: 30s" : ""));
  }

  private void inUse(String name, String description, Permissions what, Duration age, String more) {
    String secret = secret();
    heldAtFirst.put(name, secret);
    seed(description, what, age, more, secret);
  }

  private void generations(String description, Permissions what) {
    seed(
        description + " (tokenform: retiring until 2026-01-03T00:00:00Z)",
        what,
        Duration.ofDays(200),
        "",
        secret());
    seed(
        description + " (tokenform: retiring until 2025-12-31T00:00:00Z)",
        what,
        Duration.ofDays(210),
        "",
        secret());
    seed(
        description + " (tokenform: retired until 2025-12-31T00:00:00Z)",
        Permissions.NONE,
        Duration.ofDays(290),
        "",
        secret());
  }

  private void leftovers(String name, String description, Permissions what) {
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      boolean isEmpty = random.nextBoolean();
      String secret = secret();
      if (!isEmpty && random.nextBoolean()) {
        heldAtFirst.put(name, secret);
      }
      seed(
          description + " (tokenform: pending %012x)".formatted(random.nextInt(1 << 30)),
          isEmpty ? Permissions.NONE : what,
          Duration.ofMinutes(List.of(1, 20, 3000).get(random.nextInt(3))),
          "",
          secret);
    }
  }

  private TokenId seed(
      String description, Permissions what, Duration age, String more, String secret) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    seeds.add(
        "{\"id\": \"%s\", \"description\": \"%s\", \"permissions\": %s, \"createdAt\": \"%s\", \"accessToken\": \"%s\"%s}"
            .formatted(id, description, json(what), NOW.minus(age), secret, more));
    return new TokenId(id);
  }

  private String secret() {
    String secret =
        "apiv1_"
            + random.ints(40, 0, 16).mapToObj(Integer::toHexString).collect(Collectors.joining());
    seedSecrets.add(secret);
    return secret;
  }

  private Permissions some() {
    List<Permission> some = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String database = List.of("metrics", "logs", "orders", "*").get(random.nextInt(4));
      some.add(random.nextBoolean() ? Permission.read(database) : Permission.write(database));
    }
    return Permissions.of(some);
  }

  private void drawFaults() {
    if (isLate) {
      faults.add("late=10s");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      String rate = ",rate=" + RATES.get(random.nextInt(RATES.size()));
      String on = METHODS.get(random.nextInt(METHODS.size()));
      faults.add(
          switch (random.nextInt(8)) {
            case 0 -> "stale=" + (1 + random.nextInt(30)) + "ms,on=GET" + rate;
            case 1 -> "ignored,on=" + METHODS.get(random.nextInt(3)) + rate;
            case 2 -> "wrong,on=" + METHODS.get(random.nextInt(2)) + rate;
            case 3 -> "random=" + (random.nextInt(6) == 0 ? "20%" : "3%");
            default -> FAULTS.get(random.nextInt(FAULTS.size())) + ",on=" + on + rate;
          });
    }
  }

  /** What a folder does with the next file. */
  Turn turn(Random turns) {
    if (turns.nextInt(100) >= sinkFailures) {
      return Turn.STORES;
    }
    return turns.nextInt(3) == 0 ? Turn.STORES_WITHOUT_SAYING_SO : Turn.FAILS;
  }

  /** A real command, which fails or hangs until sinks are to work. */
  SinkDefinition.Command command(Path folder, boolean works) {
    String store = "cat > .\"$1\" && mv .\"$1\" \"$1\"";
    String broken =
        hangs ? "cat > /dev/null; exec sleep 1000" : sinkFailures > 0 ? "cat; exit 1" : store;
    return new SinkDefinition.Command(
        List.of(
            "/bin/sh",
            "-c",
            "cd \"$0\" && " + (works ? store : broken),
            folder.toString(),
            "{name}"),
        List.of(),
        works ? Duration.ofSeconds(60) : Duration.ofMillis(hangs ? 500 : 20_000));
  }

  Policy policy() {
    return policy;
  }

  String policyText() {
    return policyText.toString();
  }

  String seedJson() {
    return "{\"databases\": [\"metrics\", \"logs\", \"orders\"], \"tokens\": [%s]}"
        .formatted(String.join(",\n", seeds));
  }

  List<String> faults() {
    return faults;
  }

  long faultSeed() {
    return faultSeed;
  }

  int parallelism() {
    return parallelism;
  }

  /** How long it is until the next apply, after each one with faults. */
  List<Duration> pauses() {
    return pauses;
  }

  /** Whether the applies without faults have journals of their own. */
  boolean isSecondElsewhere() {
    return isSecondElsewhere;
  }

  /** The tokens of the policy that are delivered. */
  Set<String> names() {
    return permissions.keySet();
  }

  String description(String name) {
    return name.replace("token-", "Token ");
  }

  Permissions permissions(String name) {
    return permissions.get(name);
  }

  Duration overlap(String name) {
    return overlaps.get(name);
  }

  /** What the sink holds before the first apply, by name. */
  Map<String, String> heldAtFirst() {
    return heldAtFirst;
  }

  List<String> seedSecrets() {
    return seedSecrets;
  }

  /** The tokens that the policy wants revoked. */
  Set<TokenId> ended() {
    return ended;
  }

  /** Whether no plan may touch a token: it is unmanaged, or parked. */
  boolean isOutsideThePlan(TokenId id) {
    return outside.contains(id);
  }

  private static String json(Permissions permissions) {
    return permissions.stream()
        .map(
            permission ->
                "{\"action\": \"%s\", \"resource\": \"%s\"}"
                    .formatted(permission.action().name(), permission.resource()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
