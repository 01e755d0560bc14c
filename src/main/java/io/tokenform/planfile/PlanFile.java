package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Action;
import io.tokenform.access.Checksum;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Flag;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import io.tokenform.live.ClusterJson;
import io.tokenform.plan.Change;
import io.tokenform.plan.GuardrailVerdict;
import io.tokenform.plan.HeldExpectation;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlannedDatabases;
import io.tokenform.plan.RenameDatabase;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.TokenChange;
import io.tokenform.plan.Update;
import io.tokenform.plan.WaveOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plans in files. What is read is exactly what was written, or is refused: the file ends in a
 * checksum of all its bytes, and the plan that is read has to give the same file again. So no file
 * says one thing and does another. Neither value proves who wrote the file: anyone who can write it
 * can write another plan, and only its {@link SavedPlan#digest digest}, kept elsewhere, tells the
 * two apart.
 */
public final class PlanFile {
  private static final Checksum CHECKSUM = new Checksum("\"checksum\" : \"");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String MAKE_ANEW = "make it again with plan " + Flag.OUT;

  private final Map<String, SourceText> sources = new HashMap<>();

  private PlanFile() {}

  /** The file for a plan. */
  public static String write(SavedPlan saved) {
    return CHECKSUM.sealed(PlanJson.withoutChecksum(saved));
  }

  /**
   * The plan in a file.
   *
   * @throws InvalidPlanException if it is no plan, one of a newer form, or not as it was written
   */
  public static SavedPlan read(byte[] bytes) throws InvalidPlanException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new InvalidPlanException("it is empty", MAKE_ANEW);
    }
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw new InvalidPlanException(
          "it begins with a byte order mark, so it was changed after it was written", MAKE_ANEW);
    }
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidPlanException("it is not JSON, so it is not a plan", MAKE_ANEW, e);
    }
    JsonNode version = root.path("version");
    if (!version.isIntegralNumber() || !(root.has("changes") || root.has("error"))) {
      throw new InvalidPlanException("it is JSON, but not a plan", MAKE_ANEW);
    }
    if (root.has("error")) {
      throw new InvalidPlanException(
          "it says why no plan could be made: " + root.path("error").path("message").asText(),
          MAKE_ANEW);
    }
    if (!version.asText().equals(Integer.toString(PlanJson.VERSION))) {
      throw new InvalidPlanException(
          "it is a plan of version " + version.asText(),
          "this tokenform reads version "
              + PlanJson.VERSION
              + "; use the tokenform that made it, or make it again");
    }
    if (!CHECKSUM.isIntact(text)) {
      throw new InvalidPlanException("it has been changed since it was written", MAKE_ANEW);
    }
    try {
      SavedPlan saved = new PlanFile().saved(root);
      if (!saved.digest().equals(text(root, "digest"))) {
        throw new InvalidPlanException("its digest does not match what it would do", MAKE_ANEW);
      }
      if (!saved.plan().isInOrder()) {
        throw notAPlan();
      }
      checkSubjects(saved.plan());
      checkExpectations(saved.plan());
      checkRenames(saved.plan());
      if (!write(saved).equals(text)) {
        throw new InvalidPlanException("what it says is not what it would do", MAKE_ANEW);
      }
      return saved;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidPlanException(
          "it is not exactly what tokenform writes for a plan", MAKE_ANEW, e);
    }
  }

  private SavedPlan saved(JsonNode root) {
    ClusterAddress cluster = ClusterJson.read(root.path("cluster"));
    List<Change> changes = new ArrayList<>();
    for (JsonNode node : root.path("changes")) {
      changes.add(change(node, cluster));
    }
    JsonNode summary = root.path("summary");
    Plan plan =
        new Plan(
            cluster,
            oneOf(WaveOrder.values(), text(root, "order")),
            changes,
            list(root.path("unchanged"), node -> new TokenName(node.asText())),
            list(root.path("unselected"), node -> new TokenName(node.asText())),
            list(root.path("leftAlone"), node -> new TokenName(node.asText())),
            list(root.path("unmanaged"), PlanFile::unmanaged),
            summary.path("activeTokens").asInt(),
            summary.path("inactiveTokens").asInt(),
            summary.path("dueLeftOut").asInt(),
            list(root.path("findings"), node -> FindingJson.read(node, this::source)),
            list(root.path("allowed"), node -> Allowance.parse(node.asText())),
            list(root.path("guardrails"), this::guardrail),
            list(root.path("expectations"), this::expectation),
            databases(root.path("databases")));
    return new SavedPlan(
        text(root, "toolVersion"),
        Instant.parse(text(root, "createdAt")),
        text(root, "policyDigest"),
        root.has("snapshot") ? Optional.of(snapshot(root.path("snapshot"))) : Optional.empty(),
        plan);
  }

  private static PlannedDatabases databases(JsonNode node) {
    return node.isMissingNode()
        ? PlannedDatabases.NONE
        : new PlannedDatabases(
            list(node.path("unchanged"), name -> new DatabaseName(name.asText())),
            list(node.path("unselected"), name -> new DatabaseName(name.asText())));
  }

  private static SnapshotSource snapshot(JsonNode node) {
    return new SnapshotSource(Instant.parse(text(node, "takenAt")), text(node, "digest"));
  }

  private Change change(JsonNode node, ClusterAddress cluster) {
    SortedMap<Permission, List<String>> roles = new TreeMap<>();
    for (JsonNode origin : node.path("roles")) {
      roles.put(permission(origin), list(origin.path("roles"), JsonNode::asText));
    }
    Change change =
        ChangeJson.read(node, location(node.path("source")), new RoleOrigins(roles), cluster);
    if (change.steps().isEmpty()) {
      throw notAPlan();
    }
    return change;
  }

  private static Token unmanaged(JsonNode node) {
    return new Token(
        TokenId.parse(text(node, "id")),
        text(node, "description"),
        ManagedFieldsJson.readPermissions(node.path("permissions")),
        Optional.empty(),
        Optional.empty());
  }

  private static Permission permission(JsonNode node) {
    return new Permission(Action.of(text(node, "action")), text(node, "resource"));
  }

  /**
   * @throws IllegalArgumentException if an expectation fails and nothing denies the plan for it, or
   *     the other way round
   */
  private static void checkExpectations(Plan plan) {
    boolean isDenied =
        plan.findings().stream()
            .anyMatch(finding -> finding.isDenied() && finding.code() == Code.EXPECTATION);
    if (isDenied != plan.failsExpectations()) {
      throw notAPlan();
    }
  }

  /**
   * What a token may do in the middle of a plan is what it had, and the same under new names.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  private static void checkRenames(Plan plan) {
    Map<String, String> names = new HashMap<>();
    for (Change change : plan.changes()) {
      if (change instanceof RenameDatabase rename) {
        names.put(rename.from().value(), rename.database().value());
      }
    }
    for (Change change : plan.changes()) {
      if (change instanceof RenameDatabase rename) {
        for (RenameDatabase.Carried carried : rename.carried()) {
          checkMeanwhile(carried.before(), carried.meanwhile(), names);
        }
      } else if (change instanceof Update update && update.meanwhile().isPresent()) {
        checkMeanwhile(
            update.before().permissions().orElse(Permissions.NONE),
            update.meanwhile().get(),
            names);
      }
    }
  }

  private static void checkMeanwhile(
      Permissions before, Permissions meanwhile, Map<String, String> names) {
    Permissions renamed = before.under(name -> names.getOrDefault(name, name));
    if (!before.minus(meanwhile).isEmpty() || !meanwhile.minus(before).minus(renamed).isEmpty()) {
      throw notAPlan();
    }
  }

  /**
   * What a finding is about decides which changes are marked as denied.
   *
   * @throws IllegalArgumentException if one is about a token that the plan does not have, or says
   *     less of it than the planner does
   */
  private static void checkSubjects(Plan plan) {
    Map<TokenName, Set<Optional<TokenId>>> changed = new HashMap<>();
    for (TokenChange change : plan.tokenChanges()) {
      Set<Optional<TokenId>> ids = changed.computeIfAbsent(change.token(), name -> new HashSet<>());
      ids.add(change.liveId());
      change.predecessors().forEach(old -> ids.add(Optional.of(old.id())));
      if (change.kind() == Kind.CLEAN_UP) {
        // Its token may be the only one, and not be in use yet.
        ids.add(Optional.empty());
      }
    }
    Set<TokenId> unmanaged = plan.unmanaged().stream().map(Token::id).collect(Collectors.toSet());
    for (Diagnostic finding : plan.findings()) {
      if (finding.code() == Code.UNREADABLE_TOKEN && !finding.isError()) {
        // It is about tokens that nothing else in the plan tells of.
        continue;
      }
      List<Subject.OfToken> tokens =
          finding.subjects().stream()
              .filter(Subject.OfToken.class::isInstance)
              .map(Subject.OfToken.class::cast)
              .toList();
      boolean isWhole =
          finding
              .rule()
              .map(rule -> isWhole(rule, finding, tokens))
              .orElseGet(
                  () ->
                      finding.code() == Code.EXPECTATION
                          ? isWholeExpectation(finding, tokens)
                          : !finding.code().needsCluster()
                              || finding.isError()
                              || areOne(tokens)
                              || isOfDatabase(finding));
      boolean areKnown =
          tokens.stream()
              .allMatch(
                  token ->
                      token.id().isPresent()
                          || finding.isError()
                          || plan.hasErrors()
                          || !isAboutOne(finding)
                          || mayHaveNoId(token.name().orElseThrow(), plan, changed));
      boolean areTold =
          tokens.stream()
              .allMatch(
                  token ->
                      token.name().isEmpty()
                          ? unmanaged.contains(token.id().orElseThrow())
                          : plan.hasErrors()
                              || plan.unchanged().contains(token.name().get())
                              || plan.unselected().contains(token.name().get())
                              || plan.leftAlone().contains(token.name().get())
                              // It is about a token that the plan does not touch.
                              || finding.code() == Code.FALSE_LABEL
                              // It may be about an old generation that the plan does not touch.
                              || (finding.code() == Code.EXPECTATION
                                  && changed.containsKey(token.name().get()))
                              || isThat(token, changed));
      if (!isWhole || !areKnown || !areTold) {
        throw notAPlan();
      }
    }
  }

  /** A counterexample is a token and a database; what a rename takes a database from has none. */
  private static boolean isWholeExpectation(Diagnostic finding, List<Subject.OfToken> tokens) {
    return (isOfDatabase(finding) && finding.counterexample().isEmpty())
        || (tokens.isEmpty() == finding.subjects().isEmpty()
            && tokens.size() * 2 == finding.subjects().size()
            && isCounterexample(finding));
  }

  /** Whether it says by which access the expectation fails, where it is about a token. */
  private static boolean isCounterexample(Diagnostic finding) {
    return finding.subjects().isEmpty()
        || finding
            .counterexample()
            .map(access -> Subject.ofDatabase(access.database()))
            .filter(finding.subjects()::contains)
            .isPresent();
  }

  private static boolean isWhole(Guardrail rule, Diagnostic finding, List<Subject.OfToken> tokens) {
    return switch (rule.about()) {
      case TOKEN -> finding.isError() || areOne(tokens);
      case DATABASE -> !tokens.isEmpty() && tokens.size() < finding.subjects().size();
      case ONE_DATABASE -> isOfDatabase(finding);
      case UNMANAGED -> !tokens.isEmpty();
      case PLAN -> true;
      case COMMENT -> tokens.isEmpty();
    };
  }

  /** Whether there is one token, of which the name is told; one that is not there has no id. */
  private static boolean areOne(List<Subject.OfToken> tokens) {
    return tokens.size() == 1 && tokens.get(0).name().isPresent();
  }

  /** Whether it is about a database, and nothing else. */
  private static boolean isOfDatabase(Diagnostic finding) {
    return finding.subjects().size() == 1 && finding.subjects().get(0).database().isPresent();
  }

  private static boolean isAboutOne(Diagnostic finding) {
    return finding
        .rule()
        .map(Guardrail::isAboutOneToken)
        .orElse(finding.code().needsCluster() || finding.code() == Code.EXPECTATION);
  }

  /** Whether it is still to be made, or is not there. */
  private static boolean mayHaveNoId(
      TokenName name, Plan plan, Map<TokenName, Set<Optional<TokenId>>> changed) {
    return plan.leftAlone().contains(name)
        || plan.unselected().contains(name)
        || changed.getOrDefault(name, Set.of()).contains(Optional.<TokenId>empty());
  }

  private static boolean isThat(
      Subject.OfToken token, Map<TokenName, Set<Optional<TokenId>>> changed) {
    Set<Optional<TokenId>> ids = changed.getOrDefault(token.name().orElseThrow(), Set.of());
    return !ids.isEmpty() && (token.id().isEmpty() || ids.contains(token.id()));
  }

  private GuardrailVerdict guardrail(JsonNode node) {
    return new GuardrailVerdict(
        oneOf(Guardrail.values(), text(node, "rule")),
        oneOf(Guardrail.Level.values(), text(node, "level")),
        oneOf(GuardrailVerdict.Source.values(), text(node, "source")),
        node.has("place") ? Optional.of(location(node.path("place"))) : Optional.empty(),
        oneOf(GuardrailVerdict.Verdict.values(), text(node, "verdict")));
  }

  private HeldExpectation expectation(JsonNode node) {
    return new HeldExpectation(
        oneOf(GuardrailVerdict.Source.values(), text(node, "source")),
        text(node, "text"),
        location(node.path("place")),
        node.path("holds").asBoolean());
  }

  private Location location(JsonNode node) {
    return FindingJson.place(node, this::source);
  }

  private SourceText source(String file) {
    return sources.computeIfAbsent(file, FindingJson::source);
  }

  private static <T> T oneOf(T[] values, String word) {
    return Arrays.stream(values)
        .filter(value -> value.toString().equals(word))
        .findFirst()
        .orElseThrow(PlanFile::notAPlan);
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> item) {
    List<T> items = new ArrayList<>();
    array.forEach(node -> items.add(item.apply(node)));
    return items;
  }

  private static String text(JsonNode node, String field) {
    if (!node.path(field).isTextual()) {
      throw notAPlan();
    }
    return node.path(field).textValue();
  }

  private static IllegalArgumentException notAPlan() {
    return new IllegalArgumentException("something that every plan has is missing");
  }
}
