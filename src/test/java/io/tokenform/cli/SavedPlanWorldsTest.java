package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenform.access.ExitCode;
import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.TokenChange;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.planfile.Digests;
import io.tokenform.planfile.InvalidPlanException;
import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Mode;
import io.tokenform.policy.PermissionEntries;
import io.tokenform.policy.Role;
import io.tokenform.report.PlanText;
import io.tokenform.report.text.Style;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.testing.Worlds;
import io.tokenform.testing.Worlds.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan that is saved, shown and applied from its file does what it does in one go, in random
 * worlds. Give -Dworlds.seed to repeat a run.
 */
class SavedPlanWorldsTest {
  private static final long SEED = Long.getLong("worlds.seed", System.nanoTime());
  private static final int WORLDS = Integer.getInteger("worlds.count", 2_000);

  /** Those that go through the command line, the client and a sandbox. */
  private static final int REAL_WORLDS = 60;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theFileSaysWhatThePlanSays() throws InvalidPlanException {
    Worlds worlds = new Worlds(SEED);
    PlanText text = new PlanText(Style.PLAIN);
    for (int i = 0; i < WORLDS; i++) {
      World world = worlds.next();
      WaveOrder order = i % 2 == 0 ? WaveOrder.GRANT_FIRST : WaveOrder.REVOKE_FIRST;
      PlanOptions options =
          new PlanOptions(order, Selection.ALL, Guardrails.NONE, Set.of(), Worlds.NOW);
      Plan plan = Planner.plan(world.policy(), world.live(), options);
      SavedPlan saved =
          new SavedPlan("1.2.3", Worlds.NOW, Digests.of(world.policy().sources()), plan);
      Plan read = PlanFile.read(PlanFile.write(saved).getBytes(StandardCharsets.US_ASCII)).plan();

      String what = "world " + i + " of -Dworlds.seed=" + SEED;
      Assertions.assertThat(text.render(read)).as(what).isEqualTo(text.render(plan));
      Assertions.assertThat(sent(read)).as(what).isEqualTo(sent(plan));
      Assertions.assertThat(read.isDenied()).as(what).isEqualTo(plan.isDenied());
      Assertions.assertThat(read.hasErrors()).as(what).isEqualTo(plan.hasErrors());
    }
  }

  /** What apply takes from a plan, in its order. */
  private static List<Object> sent(Plan plan) {
    List<Object> sent = new ArrayList<>();
    for (TokenChange change : plan.tokenChanges()) {
      sent.addAll(
          List.of(change.wave(), change.liveId().orElseThrow(), change.before(), change.after()));
      sent.addAll(List.of(change.changedAfter(), change.steps().get(0).request().orElseThrow()));
    }
    return sent;
  }

  /** So that the requests have one order. */
  private static final String ONE_BY_ONE = "--parallelism=1";

  @Test
  void planSaveShowAndApplyIsPlanAndApplyInOneGo() throws IOException {
    Worlds worlds = new Worlds(SEED);
    int applied = 0;
    for (int i = 0; i < REAL_WORLDS; i++) {
      World world = worlds.next();
      String what = "world " + i + " of -Dworlds.seed=" + SEED + ": " + world;
      List<String> options = new ArrayList<>(List.of("--allow=wildcard-write"));
      if (i % 3 > 0) {
        options.add("--allow=lockout");
      }
      if (i % 2 > 0) {
        options.add("--order=revoke-first");
      }
      Result atOnce = inSandbox(world, cli -> List.of(cli.run(args("apply", options))));
      Result inSteps =
          inSandbox(
              world,
              cli -> {
                folder.resolve("plan.json").toFile().delete();
                Cli.Run plan = cli.run(args("plan", options, "--out=plan.json"));
                Cli.Run show = Cli.in(folder).run("show", "plan.json");
                if (plan.exit() != ExitCode.ERROR) {
                  assertThat(show).exited(0).printedExactly(plan.out());
                }
                return List.of(plan, cli.run("apply", "plan.json", ONE_BY_ONE, "--auto-approve"));
              });
      Assertions.assertThat(inSteps.writes()).as(what).isEqualTo(atOnce.writes());
      Assertions.assertThat(inSteps.tokens()).as(what).isEqualTo(atOnce.tokens());
      Assertions.assertThat(inSteps.exit()).as(what).isEqualTo(atOnce.exit());
      applied += atOnce.writes().size();
    }
    Assertions.assertThat(applied).as("seed " + SEED).isGreaterThan(REAL_WORLDS / 4);
  }

  private static String[] args(String command, List<String> options, String... more) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(options);
    args.addAll(
        List.of(command.equals("apply") ? new String[] {"--auto-approve", ONE_BY_ONE} : more));
    return args.toArray(String[]::new);
  }

  /** What command lines did to a cluster. */
  private record Result(int exit, List<String> writes, List<Token> tokens) {}

  /** Runs command lines, of which the last one's exit code counts. */
  private interface Steps {
    List<Cli.Run> run(Cli cli);
  }

  private Result inSandbox(World world, Steps steps) throws IOException {
    List<String> writes = new ArrayList<>();
    SandboxOptions options =
        SandboxOptions.builder()
            .clock(Clock.fixed(Worlds.NOW, ZoneOffset.UTC))
            .seedJson(seed(world))
            .listener(
                request -> {
                  if (!request.method().equals("GET")) {
                    writes.add(request.method() + " " + request.path() + " " + request.body());
                  }
                })
            .build();
    try (Sandbox sandbox = Sandbox.start(options)) {
      Files.writeString(folder.resolve("tokens.yaml"), policy(world, sandbox));
      List<Cli.Run> runs =
          steps.run(
              Cli.in(folder)
                  .withManagementToken()
                  .agreedTo(folder.resolve("configuration"), sandbox.url()));
      List<Token> tokens =
          world.live().tokens().stream().map(token -> sandbox.token(token.id())).toList();
      return new Result(runs.get(runs.size() - 1).exit(), writes, tokens);
    }
  }

  private static String seed(World world) {
    ObjectNode seed = JSON.createObjectNode();
    world.live().databases().forEach(seed.putArray("databases")::add);
    ArrayNode tokens = seed.putArray("tokens");
    for (Token token : world.live().tokens()) {
      ObjectNode node = tokens.addObject();
      node.put("id", token.id().toString());
      node.put("description", token.description());
      token.expiresAt().ifPresent(time -> node.put("expiresAt", time.toString()));
      token.revokedAt().ifPresent(time -> node.put("revokedAt", time.toString()));
      token.permissions().forEach(permission -> add(node.withArray("permissions"), permission));
      node.withArray("permissions");
    }
    return seed.toString();
  }

  /** The world's policy, in JSON. */
  private static String policy(World world, Sandbox sandbox) {
    ObjectNode policy = JSON.createObjectNode();
    policy.put("version", 1);
    policy
        .putObject("cluster")
        .put("product", "cloud-dedicated")
        .put("accountId", sandbox.accountId().toString())
        .put("clusterId", sandbox.clusterId().toString())
        .put("url", sandbox.url().toString());
    ObjectNode roles = policy.putObject("roles");
    for (Role role : world.policy().roles()) {
      add(roles.putArray(role.name()), role.permissions());
    }
    ObjectNode tokens = policy.putObject("tokens");
    for (DesiredToken token : world.policy().tokens()) {
      ObjectNode node = tokens.putObject(token.name().value());
      token.id().ifPresent(id -> node.put("id", id.value().toString()));
      token.description().ifPresent(text -> node.put("description", text.value()));
      token.ownPermissions().ifPresent(own -> add(node.putArray("permissions"), own));
      if (!token.roles().isEmpty()) {
        ArrayNode names = node.putArray("roles");
        token.roles().forEach(role -> names.add(role.name()));
      }
      node.put("mode", token.mode() == Mode.ADDITIVE ? "additive" : "authoritative");
    }
    return policy.toString();
  }

  private static void add(ArrayNode array, PermissionEntries entries) {
    entries.stream().forEach(permission -> add(array, permission));
  }

  private static void add(ArrayNode array, Permission permission) {
    array
        .addObject()
        .put("action", permission.action().name())
        .put("resource", permission.resource());
  }
}
