package io.tokenform.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Product;
import io.tokenform.access.Sha256;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.TokenChange;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Platform;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.testing.Worlds;
import io.tokenform.testing.Worlds.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Give -Dworlds.seed to repeat a run of the random worlds. */
class PlanFileTest {
  private static final long SEED = Long.getLong("worlds.seed", System.nanoTime());
  private static final int WORLDS = Integer.getInteger("worlds.count", 800);

  private static final PlanOptions OPTIONS =
      new PlanOptions(WaveOrder.GRANT_FIRST, Selection.ALL, Guardrails.NONE, Set.of(), Worlds.NOW);

  private static final Platform FILE = platform();

  private static SavedPlan saved(World world) {
    Plan plan = Planner.plan(world.policy(), world.live(), OPTIONS);
    return new SavedPlan("1.2.3", Worlds.NOW, Digests.of(world.policy().sources()), plan);
  }

  /** A plan in which anything may be: each kind of cluster, order, selection and allowance. */
  private static SavedPlan saved(World world, Random random) {
    Product product = oneOf(random, Product.values());
    boolean hasIds = product != Product.CLUSTERED;
    ClusterAddress address = world.live().cluster();
    Live live =
        new Live(
            new ClusterAddress(
                product,
                address.url(),
                address.accountId().filter(id -> hasIds),
                address.clusterId().filter(id -> hasIds)),
            world.live().tokens(),
            world.live().databases());
    Set<TokenName> excluded =
        world.policy().tokens().stream()
            .map(DesiredToken::name)
            .filter(name -> random.nextInt(4) == 0)
            .collect(Collectors.toSet());
    Set<Allowance> allowances = new HashSet<>();
    for (Guardrail rule : Guardrail.values()) {
      if (random.nextInt(3) == 0) {
        allowances.add(Allowance.of(rule));
      } else if (rule.isAboutOneToken()) {
        allowances.add(Allowance.of(rule, new TokenName("token-0")));
      }
    }
    WaveOrder order = oneOf(random, WaveOrder.values());
    Guardrails platform = random.nextBoolean() ? FILE.guardrails() : Guardrails.NONE;
    PlanOptions options =
        new PlanOptions(order, new Selection(Set.of(), excluded), platform, allowances, Worlds.NOW)
            .expecting(random.nextBoolean() ? FILE.expectations() : List.of());
    Plan plan = Planner.plan(world.policy(), live, options);
    return new SavedPlan("1.2.3", Worlds.NOW, Digests.of(world.policy().sources()), plan);
  }

  private static <T> T oneOf(Random random, T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private static Platform platform() {
    try {
      return PolicyParser.platform(
          PolicyFile.parse(
              new SourceText(
                  "platform.yaml",
                  """
                  version: 1
                  guardrails: {lockout: deny, widening: deny, wildcard-read: warn}
                  expect:
                    - {token: token-0, can: {read: any}, cannot: {write: [lgos]}}
                    - {database: "*", writers: ["token-*"]}
                    - {never: {read: "*"}, except: [token-1]}
                  """)));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A plan that has everything that a plan can have. */
  private static SavedPlan rich() {
    Worlds worlds = new Worlds(4711);
    Random random = new Random(4711);
    while (true) {
      SavedPlan saved = saved(worlds.next(), random);
      Plan plan = saved.plan();
      if (plan.changes().size() > 2
          && plan.cluster().product() == Product.CLOUD_DEDICATED
          && !plan.unchanged().isEmpty()
          && !plan.unselected().isEmpty()
          && !plan.unmanaged().isEmpty()
          && !plan.findings().isEmpty()
          && !plan.allowed().isEmpty()
          && plan.expectations().size() == 3
          && plan.tokenChanges().stream().anyMatch(change -> !change.roles().rolesOf().isEmpty())
          && plan.guardrails().stream().anyMatch(verdict -> verdict.where().isPresent())) {
        return saved;
      }
    }
  }

  /** Only the digest would tell: the file and its checksum are as tokenform writes them. */
  @Test
  void changesInAnotherOrderOrTwiceAreRefused() {
    List<Change> changes = rich().plan().changes();
    List<Change> turned = new ArrayList<>(changes);
    Collections.reverse(turned);
    for (List<Change> other : List.of(turned, List.of(changes.get(0), changes.get(0)))) {
      byte[] file = bytes(PlanFile.write(with(rich(), other)));
      assertThatThrownBy(() -> PlanFile.read(file)).isInstanceOf(InvalidPlanException.class);
    }
  }

  private static SavedPlan with(SavedPlan saved, List<Change> changes) {
    Plan plan = saved.plan();
    return new SavedPlan(
        saved.toolVersion(),
        saved.createdAt(),
        saved.policyDigest(),
        new Plan(
            plan.cluster(),
            plan.order(),
            changes,
            plan.unchanged(),
            plan.unselected(),
            plan.leftAlone(),
            plan.unmanaged(),
            plan.activeTokens(),
            plan.inactiveTokens(),
            plan.dueLeftOut(),
            List.of(),
            plan.allowed(),
            plan.guardrails(),
            plan.expectations()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws InvalidPlanException {
    Worlds worlds = new Worlds(SEED);
    Random random = new Random(SEED);
    for (int i = 0; i < WORLDS; i++) {
      SavedPlan saved = saved(worlds.next(), random);
      SavedPlan read = PlanFile.read(bytes(PlanFile.write(saved)));
      assertThat(read.plan().changes())
          .as("world %d of -Dworlds.seed=%d", i, SEED)
          .extracting(change -> everything(change.ofToken().orElseThrow()))
          .isEqualTo(
              saved.plan().tokenChanges().stream().map(change -> everything(change)).toList());
      assertThat(everything(read.plan())).isEqualTo(everything(saved.plan()));
      assertThat(read.plan().cluster().fixedUrl()).isEqualTo(saved.plan().cluster().fixedUrl());
      assertThat(read.digest()).isEqualTo(saved.digest());
    }
  }

  /** What a change is, and not where its name stands. */
  private static List<Object> everything(TokenChange change) {
    return List.of(
        change.address(),
        change.liveId().orElseThrow(),
        change.before(),
        change.after(),
        change.changedAfter(),
        change.steps().get(0).request().orElseThrow(),
        change.roles(),
        change.where().toString());
  }

  private static List<Object> everything(Plan plan) {
    return List.of(
        plan.order(),
        plan.cluster().product(),
        plan.cluster().accountId(),
        plan.cluster().clusterId(),
        plan.unchanged(),
        plan.unselected(),
        plan.leftAlone(),
        plan.unmanaged().stream()
            .map(token -> tuple(token.id(), token.description(), token.permissions()))
            .toList(),
        plan.activeTokens(),
        plan.inactiveTokens(),
        plan.dueLeftOut(),
        plan.findings().stream().map(finding -> tuple(finding.code(), finding.message())).toList(),
        plan.allowed(),
        plan.guardrails().stream().map(each -> tuple(each.rule(), each.verdict())).toList());
  }

  @Test
  void thePlanMadeAgainHasTheSameDigest() {
    Worlds worlds = new Worlds(SEED);
    for (int i = 0; i < WORLDS; i++) {
      World world = worlds.next();
      Plan plan = Planner.plan(world.policy(), world.live(), OPTIONS);
      World shuffled = new World(worlds.shuffled(world.live()), world.policy());
      assertThat(Digests.of(Planner.plan(shuffled.policy(), shuffled.live(), OPTIONS)))
          .as("seed " + SEED)
          .isEqualTo(Digests.of(plan));
    }
  }

  @Test
  void aFileWithAnyByteChangedIsRefused() {
    byte[] file = bytes(PlanFile.write(rich()));
    for (int i = 0; i < file.length; i++) {
      byte[] tampered = file.clone();
      // Another digit or letter, or the other case of the same letter.
      tampered[i] ^= (byte) (i % 2 == 0 ? 1 : 32);
      assertThatThrownBy(() -> PlanFile.read(tampered), "byte %d", i)
          .isInstanceOf(InvalidPlanException.class);
    }
  }

  @Test
  void aFileThatIsCutOffIsRefused() {
    String file = PlanFile.write(rich());
    for (int length = 0; length < file.length() - 1; length += 7) {
      byte[] part = bytes(file.substring(0, length));
      assertThatThrownBy(() -> PlanFile.read(part)).isInstanceOf(InvalidPlanException.class);
    }
  }

  /** The file with the checksum that its content should have. */
  private static byte[] mended(String text) {
    String zeros = text.replaceFirst("(\"checksum\" : \")[^\"]*", "$1" + Sha256.ZERO);
    return bytes(zeros.replace(Sha256.ZERO, Sha256.of(bytes(zeros))));
  }

  @Test
  void aChecksumThatWasMendedDoesNotHideAnotherContent() throws InvalidPlanException {
    SavedPlan saved = rich();
    String text = PlanFile.write(saved);
    assertThat(PlanFile.read(mended(text)).digest()).isEqualTo(saved.digest());
    String id = saved.plan().changes().get(0).liveId().orElseThrow().toString();
    String other = new TokenId(new UUID(1, 2)).toString();
    for (String tampered :
        List.of(text.replace(id, other), text.replace("console.influxdata", "elsewhere.example"))) {
      assertThat(tampered).isNotEqualTo(text);
      assertThatThrownBy(() -> PlanFile.read(mended(tampered)))
          .isInstanceOf(InvalidPlanException.class)
          .hasMessage("its digest does not match what it would do");
    }
  }

  /** Facts that nothing else in a plan tells: they are believed, and do nothing. */
  private static final Set<String> FACTS =
      Set.of(
          "toolVersion",
          "policyDigest",
          "activeTokens",
          "inactiveTokens",
          "file",
          "line",
          "column",
          "length",
          "message",
          "hint");

  /** Each line of a plan's file is a member: changed, doubled or left out, it is refused. */
  @Test
  void nothingInAPlanSaysAnythingElseThanWhatItDoes() {
    List<String> lines = PlanFile.write(rich()).lines().toList();
    Pattern member = Pattern.compile(" *\"(\\w+)\" : (\".*\"|\\d+|true|false)(,?)");
    Set<String> refused = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher found = member.matcher(lines.get(i));
      if (!found.matches() || found.group(1).equals("checksum")) {
        continue;
      }
      String key = found.group(1);
      List<List<String>> tampered =
          new ArrayList<>(List.of(List.of(), List.of(lines.get(i), lines.get(i))));
      // Of a token that the plan is not about, all is a fact.
      boolean isFact =
          FACTS.contains(key)
              || i > lines.indexOf("  \"unmanaged\" : [")
              // What an expectation found, and whether it holds: at least one denial says it.
              || key.equals("holds")
              || (Set.of("database", "can", "action").contains(key)
                  && i > lines.indexOf("  \"findings\" : [")
                  && i < lines.indexOf("  \"guardrails\" : ["));
      if (!isFact) {
        tampered.add(List.of(lines.get(i).replace(found.group(2), other(found.group(2)))));
      }
      for (List<String> instead : tampered) {
        List<String> file = new ArrayList<>(lines.subList(0, i));
        file.addAll(instead);
        file.addAll(lines.subList(i + 1, lines.size()));
        byte[] bytes = mended(String.join("\n", file) + "\n");
        assertThatThrownBy(
                () -> PlanFile.read(bytes), "line %d, %s, as %s", i + 1, lines.get(i), instead)
            .isInstanceOf(InvalidPlanException.class);
      }
      refused.add(key);
    }
    assertThat(refused)
        .contains(
            "address", "type", "effect", "wave", "method", "path", "body", "action", "resource")
        .contains("database", "change", "verdict", "level", "source", "severity", "createdAt")
        .contains("widens", "denied", "hasErrors", "unchanged", "unselected", "unmanaged");
  }

  private static String other(String value) {
    return switch (value.charAt(0)) {
      case '"' -> value.equals("\"\"") ? "\"x\"" : value.substring(0, value.length() - 1) + "x\"";
      case 't' -> "false";
      case 'f' -> "true";
      default -> value + "1";
    };
  }

  @Test
  void whatStandsBehindAPlanOrBesideItsMembersIsRefused() {
    String text = PlanFile.write(rich());
    for (String tampered :
        List.of(
            text + "{}\n",
            text + "\n",
            text.replaceFirst("\\{", "{ "),
            text.replaceFirst("\\{", "{\n  \"note\" : \"harmless\","),
            text.replaceFirst("\"changes\" : \\[", "\"changes\" : [],\n  \"changes\" : ["))) {
      assertThat(tampered).isNotEqualTo(text);
      assertThatThrownBy(() -> PlanFile.read(mended(tampered)))
          .isInstanceOf(InvalidPlanException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                    | it is empty",
        "'\uFEFF{}'                            | it begins with a byte order mark, so it was"
            + " changed after it was written",
        "version: 1                            | it is not JSON, so it is not a plan",
        "{}                                    | it is JSON, but not a plan",
        "[]                                    | it is JSON, but not a plan",
        "{\"version\": 2}                      | it is JSON, but not a plan",
        "{\"version\": 1, \"changes\": []}     | it is a plan of version 1",
        "{\"version\": 3, \"changes\": []}     | it is a plan of version 3",
        "{\"version\": 4294967296, \"changes\": []} | it is a plan of version 4294967296",
        "{\"version\": 1.5, \"changes\": []}   | it is JSON, but not a plan",
        "{\"version\": 2, \"changes\": []}     | it has been changed since it was written",
      })
  void whatIsNoPlanIsRefused(String text, String message) {
    assertThatThrownBy(() -> PlanFile.read(bytes(text)))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessage(message);
  }

  @Test
  void whyThereIsNoPlanIsTold() {
    assertThatThrownBy(
            () -> PlanFile.read(bytes(PlanJson.failure("it rains", Optional.empty(), List.of()))))
        .hasMessage("it says why no plan could be made: it rains");
  }

  @Test
  void theFileIsPrintableAscii() {
    Worlds worlds = new Worlds(SEED);
    for (int i = 0; i < 100; i++) {
      assertThat(PlanFile.write(saved(worlds.next()))).matches("[\\n -~]*").endsWith("\"\n}\n");
    }
  }
}
