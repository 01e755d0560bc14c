package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.ExitCode;
import io.tokenform.expect.Holder;
import io.tokenform.expect.Judge;
import io.tokenform.expect.RandomExpectations;
import io.tokenform.expect.Verdict;
import io.tokenform.expect.World;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.SnapshotFile;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verdict that a plan foretells is the one after its apply, on a sandbox, in random worlds:
 * with tokens that are made, rotated, revoked, left alone and not selected. Give -Dexpect.seed to
 * repeat a run.
 */
class ExpectationWorldsTest {
  private static final long SEED = Long.getLong("expect.seed", System.nanoTime());
  private static final int WORLDS = Integer.getInteger("expect.worlds", 200);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** So that only expectations deny. */
  private static final String NO_GUARDRAILS =
      """
      guardrails: {wildcard-write: "off", wildcard-read: "off", lockout: "off", revoke: "off",
        no-expiry: "off", missing-token: warn, unknown-database: "off", unmanaged-token: "off"}
      """;

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  @BeforeEach
  void makeSink() throws IOException {
    Files.createDirectory(
        folder.resolve("secrets"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Test
  void theVerdictAfterApplyIsTheOneThatPlanForetold() throws Exception {
    int failed = 0;
    int changed = 0;
    for (int i = 0; i < WORLDS; i++) {
      List<String> ids = new ArrayList<>();
      for (int j = 0; j < 6; j++) {
        ids.add(new UUID(random.nextLong(), random.nextLong()).toString());
      }
      String what = "world " + i + " of -Dexpect.seed=" + SEED;
      AtomicInteger writes = new AtomicInteger();
      SandboxOptions options =
          SandboxOptions.builder()
              .clock(Clock.fixed(Cli.NOW, ZoneOffset.UTC))
              .seedJson(seed(ids))
              .listener(request -> writes.addAndGet(request.method().equals("GET") ? 0 : 1))
              .build();
      try (Sandbox sandbox = Sandbox.start(options)) {
        Cli cli =
            Cli.in(folder)
                .withManagementToken()
                .agreedTo(folder.resolve("configuration"), sandbox.url());
        write(sandbox, ids);
        String[] selection =
            random.nextInt(4) == 0 ? new String[] {"--exclude", "app-a"} : new String[0];
        JsonNode before = plan(cli, what, selection);
        boolean holds = holds(before);

        Cli.Run apply = cli.run(args("apply", "tokens.yaml", selection, "--auto-approve"));
        if (holds) {
          assertThat(apply.exit() == ExitCode.OK ? apply : fail(apply, what)).exited(ExitCode.OK);
        } else {
          assertThat(apply).exited(ExitCode.DENIED);
          Assertions.assertThat(writes).as(what).hasValue(0);
          assertThat(cli.run(args("apply", "bare.yaml", selection, "--auto-approve")))
              .exited(ExitCode.OK);
          failed++;
        }
        changed += writes.get() > 0 ? 1 : 0;

        Assertions.assertThat(asItIs(cli))
            .as("%s: %s%n%s", what, before, Files.readString(folder.resolve("tokens.yaml")))
            .isEqualTo(holds);
      }
    }
    Assertions.assertThat(failed).as("seed " + SEED).isBetween(WORLDS / 10, WORLDS * 9 / 10);
    Assertions.assertThat(changed).as("seed " + SEED).isGreaterThan(WORLDS / 2);
  }

  private static Cli.Run fail(Cli.Run run, String what) {
    throw new AssertionError(what + "\n" + run.out() + run.err());
  }

  private static JsonNode plan(Cli cli, String what, String... selection) throws IOException {
    Cli.Run plan = cli.run(args("plan", "tokens.yaml", selection, "--format", "json"));
    JsonNode document = JSON.readTree(plan.out());
    boolean holds = holds(document);
    Assertions.assertThat(plan.exit())
        .as("%s: %s%s", what, plan.out(), plan.err())
        .isEqualTo(holds ? ExitCode.OK : ExitCode.DENIED);
    return document;
  }

  /** Whether the policy's expectations hold on the cluster as it is. */
  private boolean asItIs(Cli cli) throws Exception {
    Path file = folder.resolve("live.json");
    Files.deleteIfExists(file);
    assertThat(cli.run("snapshot", "-f", "tokens.yaml", "--out", "live.json")).exited(ExitCode.OK);
    Live live = SnapshotFile.read(Files.readAllBytes(file)).live();
    Policy policy =
        PolicyParser.parse(
            new SourceText("tokens.yaml", Files.readString(folder.resolve("tokens.yaml"))));
    PolicyNames names = PolicyNames.of(policy, live.listing(), Cli.NOW);
    List<Holder> holders =
        live.tokens().stream()
            .filter(token -> token.isActive(Cli.NOW))
            .map(token -> Holder.of(token, names.desiredToken(token.id())))
            .toList();
    return Judge.judge(policy.expectations(), World.of(holders, Optional.of(policy), live)).stream()
        .allMatch(Verdict::holds);
  }

  private static boolean holds(JsonNode plan) {
    for (JsonNode expectation : plan.path("expectations")) {
      if (!expectation.path("holds").asBoolean()) {
        return false;
      }
    }
    return true;
  }

  private static String[] args(String command, String file, String[] selection, String... more) {
    List<String> args =
        new ArrayList<>(List.of(command, "-f", file, "--platform", "platform.yaml"));
    args.addAll(List.of(selection));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private String seed(List<String> ids) {
    List<String> tokens = new ArrayList<>();
    for (String name : RandomExpectations.NAMES) {
      if (random.nextInt(4) > 0) {
        tokens.add(token(ids.get(tokens.size()), name));
      }
    }
    tokens.add(token(ids.get(tokens.size()), "nobody's"));
    return "{\"databases\": [\"logs\", \"metrics\", \"orders\", \"orders-eu\"], \"tokens\": "
        + tokens
        + "}";
  }

  private String token(String id, String description) {
    String label =
        switch (random.nextInt(12)) {
          case 0 -> " (tokenform: retiring until 2026-02-01T00:00:00Z)";
          case 1 -> " (tokenform: retiring until 2025-12-01T00:00:00Z)";
          default -> "";
        };
    return """
        {"id": "%s", "description": "%s%s", "createdAt": "2025-06-01T00:00:00Z",
         "permissions": [%s]}"""
        .formatted(
            id,
            description,
            label,
            permissions().stream()
                .map(
                    pair ->
                        "{\"action\": \"%s\", \"resource\": \"%s\"}".formatted(pair[0], pair[1]))
                .collect(Collectors.joining(", ")));
  }

  private List<String[]> permissions() {
    List<String[]> pairs = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String database =
          random.nextInt(8) == 0
              ? "*"
              : RandomExpectations.DATABASES.get(
                  random.nextInt(RandomExpectations.DATABASES.size()));
      pairs.add(new String[] {random.nextBoolean() ? "read" : "write", database});
    }
    return pairs;
  }

  private void write(Sandbox sandbox, List<String> ids) throws IOException {
    StringBuilder policy = new StringBuilder();
    policy.append(
        "version: 1\ncluster: {product: cloud-dedicated, accountId: %s, clusterId: %s, url: %s}\n"
            .formatted(sandbox.accountId(), sandbox.clusterId(), sandbox.url()));
    policy.append(NO_GUARDRAILS).append("tokens:\n");
    for (String name : RandomExpectations.NAMES) {
      policy.append("  ").append(name).append(": {description: ").append(name);
      policy.append(desired()).append("}\n");
    }
    Files.writeString(folder.resolve("bare.yaml"), policy);
    RandomExpectations expectations = new RandomExpectations(random, ids);
    Files.writeString(
        folder.resolve("tokens.yaml"),
        policy + "expect:\n  - " + expectations.next().yaml() + "\n");
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nsinks: {files: {directory: secrets}}\n");
  }

  private String desired() {
    String permissions =
        permissions().stream()
            .map(pair -> "{action: %s, resource: \"%s\"}".formatted(pair[0], pair[1]))
            .collect(Collectors.joining(", ", ", permissions: [", "]"));
    return switch (random.nextInt(7)) {
      case 0 -> "";
      case 1 -> ", state: revoked";
      case 2 -> permissions + ", mode: additive";
      case 3 -> permissions + ", deliver: files, rotate: {notBefore: 2025-12-01T00:00:00Z}";
      case 4 ->
          permissions + ", deliver: files, rotate: {notBefore: 2025-12-01T00:00:00Z, overlap: 0s}";
      case 5 -> permissions + ", deliver: files";
      default -> permissions;
    };
  }
}
