package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.access.Durations;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.SettingLayer;
import io.tokenform.cluster.settings.SettingName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The schema that editors use and the parser are two descriptions of one language. Give
 * -Dschema.seed to repeat a run of the random documents, and -Dschema.count for a longer one.
 */
class SchemaTest {
  private static final int DOCUMENTS = Integer.getInteger("schema.count", 6_000);
  private static final long SEED = Long.getLong("schema.seed", System.nanoTime());

  private static final Path FILE = Path.of("schemas", "policy.schema.json");
  private static final String ID =
      "https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json";

  private static final String ROTATE = "/properties/tokens/additionalProperties/properties/rotate";

  private static final String DATABASE = "/properties/databases/additionalProperties";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ID, text(FILE))));
  private static final Schema SCHEMA = REGISTRY.getSchema(SchemaLocation.of(ID));
  private static final JsonNode ROOT = json(text(FILE));

  /** What the schema refuses as well: what can be said of a single file's keys and values. */
  private static final Set<Code> SEEN =
      Set.of(
          Code.UNKNOWN_KEY,
          Code.MISSING_KEY,
          Code.MISPLACED_KEY,
          Code.WRONG_TYPE,
          Code.MISSING_VALUE,
          Code.UNSUPPORTED_VERSION,
          Code.UNKNOWN_PRODUCT,
          Code.UNKNOWN_ACTION,
          Code.UNKNOWN_MODE,
          Code.UNKNOWN_LEVEL,
          Code.BAD_UUID,
          Code.BAD_DATABASE_NAME,
          Code.BAD_NAME,
          Code.BAD_TEXT,
          Code.BAD_SELECTOR,
          Code.BAD_TEMPLATE,
          Code.UNKNOWN_STATE,
          Code.CONTRADICTION,
          Code.UNIDENTIFIED_TOKEN);

  /** What the schema refuses at times, and the parser whenever the schema does. */
  private static final Map<Code, String> SEEN_IN_PART =
      Map.of(
          Code.PLACEHOLDER, "a pattern may refuse it, or a type",
          Code.SYNTAX, "what only looks like a space is a part of a key to a schema",
          Code.NOT_A_POLICY, "a tag or an anchor may stand before the first key to a schema",
          Code.BAD_URL, "a pattern sees how a URL starts, and not where it leads",
          Code.BAD_DURATION, "a pattern sees the form of a duration, and not how long it is",
          Code.BAD_INSTANT, "a pattern sees the form of an instant, and knows no calendar",
          Code.SECRET_IN_POLICY, "a password: is a key that is not known; comments are not seen");

  private static final Map<Code, String> UNSEEN = unseen();

  /** Random documents have neither placeholders nor what only looks like a space. */
  private static Set<Code> inRandomDocuments() {
    Set<Code> codes = new HashSet<>(SEEN_IN_PART.keySet());
    codes.removeAll(Set.of(Code.PLACEHOLDER, Code.SYNTAX));
    return codes;
  }

  private static Map<Code, String> unseen() {
    Map<Code, String> unseen = new LinkedHashMap<>();
    String text = "about the text, before there are keys and values";
    Stream.of(
            Code.UNREADABLE_FILE,
            Code.OUTSIDE_FOLDER,
            Code.FILE_TOO_LARGE,
            Code.NOT_UTF8,
            Code.INVALID_CHARACTER,
            Code.UNCLEAR_LINE_BREAK,
            Code.TAB_INDENTATION,
            Code.UNKNOWN_ALIAS,
            Code.SEVERAL_DOCUMENTS,
            Code.TOO_DEEP,
            Code.TOO_MANY_ALIASES,
            Code.UNSUPPORTED_TAG,
            Code.MERGE_KEY)
        .forEach(code -> unseen.put(code, text));
    unseen.put(Code.CUT_TEXT, "comments are not seen");
    String twice = "in the data that a schema judges, a key stands once";
    unseen.put(Code.DUPLICATE_KEY, twice);
    unseen.put(Code.DUPLICATE_TOKEN, twice);
    unseen.put(Code.DUPLICATE_ROLE, twice);
    unseen.put(Code.DUPLICATE_DATABASE, twice);
    String compared = "a schema cannot compare values in two places";
    unseen.put(Code.DUPLICATE_ID, compared);
    unseen.put(Code.FORMER_DESCRIPTION, compared);
    unseen.put(Code.UNUSED_EXCEPTION, compared);
    unseen.put(Code.EXPIRES_TOO_SOON, compared);
    unseen.put(Code.RESERVED_ENDING, "a label has a grammar of its own");
    unseen.put(Code.BAD_SINK, "a policy has no sinks");
    String letters = "a schema does not know how letters look";
    unseen.put(Code.HIDDEN_CHARACTER, letters);
    unseen.put(Code.MIXED_SCRIPTS, letters);
    unseen.put(Code.CONFUSABLE_NAME, letters);
    unseen.put(Code.DUPLICATE_CLUSTER, "about several files");
    String fleet = "about the fleet";
    unseen.put(Code.NO_FLEET, fleet);
    unseen.put(Code.NO_WAVE, fleet);
    unseen.put(Code.UNKNOWN_CLUSTER, fleet);
    unseen.put(Code.SHARED_SINK, fleet);
    unseen.put(Code.DUPLICATE_GUARDRAILS, "about several files");
    unseen.put(Code.BAD_PATTERN, "a schema's regular expressions are of another kind");
    unseen.put(Code.UNKNOWN_ROLE, "the role may stand in another file");
    unseen.put(Code.UNUSED_ROLE, "the token may stand in another file");
    unseen.put(Code.BLANK_AT_EDGE, "a schema does not know what a blank is");
    unseen.put(Code.EXPECTATION, "a schema does not know what a policy gives");
    String live = "about the live tokens";
    Stream.of(
            Code.AMBIGUOUS_DESCRIPTION,
            Code.TOKEN_MATCHED_TWICE,
            Code.EXPIRED_TOKEN,
            Code.UNKNOWN_AGE,
            Guardrail.UNKNOWN_DATABASE.code(),
            Code.UNDOCUMENTED_ACTION,
            Code.UNKNOWN_SINK,
            Code.SIMILAR_TOKEN,
            Code.FALSE_LABEL,
            Code.SECRET_ON_CLUSTER,
            Code.UNREADABLE_TOKEN,
            Code.UNREADABLE_DATABASE,
            Code.RENAME_CONFLICT,
            Code.PARTITION_TEMPLATE,
            Guardrail.DATA_LOSS.code(),
            Guardrail.DANGLING.code(),
            Guardrail.STRANDED.code(),
            Guardrail.WILDCARD_WRITE.code(),
            Guardrail.WILDCARD_READ.code(),
            Guardrail.LOCKOUT.code(),
            Guardrail.MISSING_TOKEN.code(),
            Guardrail.REVOKE.code(),
            Guardrail.PARKED_TOKEN.code(),
            Guardrail.PENDING_TOKEN.code(),
            Guardrail.CREATE.code(),
            Guardrail.NO_EXPIRY.code(),
            Guardrail.WIDENING.code(),
            Guardrail.UNMANAGED_TOKEN.code(),
            Guardrail.DESCRIPTION.code(),
            Guardrail.MAX_CHANGES.code(),
            Guardrail.EXPIRING.code(),
            Guardrail.REQUIRE_ID.code(),
            Guardrail.CUT_COMMENT.code())
        .forEach(code -> unseen.put(code, live));
    return unseen;
  }

  @Test
  void everyCodeIsOneThatASchemaSeesOrOneThatItCannotSee() {
    List<Code> classified = new ArrayList<>(SEEN);
    classified.addAll(SEEN_IN_PART.keySet());
    classified.addAll(UNSEEN.keySet());
    assertThat(classified).containsExactlyInAnyOrderElementsOf(Code.values());
  }

  @Test
  void theSchemaIsASchema() {
    String dialect = SpecificationVersion.DRAFT_2020_12.getDialectId();
    assertThat(ROOT.path("$schema").asText()).isEqualTo(dialect);
    assertThat(ROOT.path("$id").asText()).isEqualTo(ID);
    assertThat(REGISTRY.getSchema(SchemaLocation.of(dialect)).validate(ROOT)).isEmpty();
  }

  /** The schemas of all values, by their JSON pointers. */
  private static Map<String, JsonNode> schemas() {
    Map<String, JsonNode> schemas = new LinkedHashMap<>();
    collect("", ROOT, schemas);
    ROOT.path("$defs")
        .properties()
        .forEach(entry -> collect("/$defs/" + entry.getKey(), entry.getValue(), schemas));
    return schemas;
  }

  private static void collect(String pointer, JsonNode schema, Map<String, JsonNode> schemas) {
    schemas.put(pointer, schema);
    schema
        .path("properties")
        .properties()
        .forEach(
            entry -> collect(pointer + "/properties/" + entry.getKey(), entry.getValue(), schemas));
    Stream.of("items", "additionalProperties")
        .filter(keyword -> schema.path(keyword).isObject())
        .forEach(keyword -> collect(pointer + "/" + keyword, schema.get(keyword), schemas));
  }

  static Stream<Map.Entry<String, JsonNode>> everyValue() {
    // What stands in $defs itself is explained where it is used.
    return schemas().entrySet().stream().filter(entry -> !entry.getKey().matches("/\\$defs/\\w+"));
  }

  @ParameterizedTest
  @MethodSource("everyValue")
  void everyValueIsExplainedAndHasExamplesThatHold(Map.Entry<String, JsonNode> value) {
    JsonNode schema = value.getValue();
    assertThat(schema.path("title").asText()).isNotBlank();
    assertThat(schema.path("description").asText()).endsWith(".").hasSizeGreaterThan(15);
    assertThat(schema.path("examples")).isNotEmpty();
    Schema own = REGISTRY.getSchema(SchemaLocation.of(ID + "#" + value.getKey()));
    for (JsonNode example : schema.path("examples")) {
      assertThat(own.validate(example)).as(example.toString()).isEmpty();
    }
  }

  @Test
  void noMapTakesAKeyThatIsNotKnown() {
    Map<String, JsonNode> maps = schemas();
    maps.values().removeIf(schema -> !schema.has("properties"));
    assertThat(maps.values())
        .allMatch(schema -> schema.path("additionalProperties").equals(json("false")));
    Guardrail.words()
        .forEach(
            rule ->
                assertThat(maps.remove("/properties/guardrails/properties/" + rule)).isNotNull());
    assertThat(maps)
        .containsOnlyKeys(
            "",
            "/properties/guardrails",
            "/properties/cluster",
            "/properties/expect/items",
            DATABASE,
            DATABASE + "/properties/partitionTemplate/items",
            DATABASE + "/properties/partitionTemplate/items/properties/value",
            "/properties/tokens/additionalProperties",
            ROTATE,
            "/$defs/clauses",
            "/$defs/permissions",
            "/$defs/permissions/items");
  }

  @Test
  void theParserReadsTheExamplesOfAWholePolicy() {
    for (JsonNode example : ROOT.path("examples")) {
      assertThat(codes(example.toString())).isEmpty();
    }
  }

  @Test
  void aDefaultIsWhatAnAbsentKeyMeans() throws Exception {
    Map<String, JsonNode> defaults = new LinkedHashMap<>();
    collectDefaults("", ROOT, defaults);
    for (Guardrail rule : Guardrail.values()) {
      assertThat(defaults.remove("/properties/guardrails/properties/" + rule).asText())
          .isEqualTo(rule.byDefault().toString());
    }
    assertThat(defaults)
        .containsOnlyKeys(
            "/properties/guardrails",
            "/properties/guardrails/properties/expiring/properties/days",
            "/properties/guardrails/properties/max-changes/properties/least",
            "/properties/cluster/allOf/0/then/properties/url",
            "/properties/databases",
            "/properties/roles",
            "/properties/tokens",
            "/properties/tokens/additionalProperties/properties/mode",
            ROTATE + "/properties/overlap",
            ROTATE + "/properties/park",
            ROTATE + "/properties/settle");

    assertThat(ROOT.at("/properties/cluster/allOf/0/if/properties/product/const").asText())
        .isEqualTo("cloud-dedicated");
    assertThat(defaults.get("/properties/cluster/allOf/0/then/properties/url").asText())
        .isEqualTo(urlOfCloudDedicated());
    assertThat(defaults.get("/properties/guardrails")).isEqualTo(json("{}"));
    assertThat(defaults.get("/properties/guardrails/properties/expiring/properties/days").asInt())
        .isEqualTo(GuardrailSetting.DEFAULT_DAYS);
    assertThat(
            defaults.get("/properties/guardrails/properties/max-changes/properties/least").asInt())
        .isEqualTo(GuardrailSetting.DEFAULT_LEAST);
    assertThat(defaults.get("/properties/databases")).isEqualTo(json("{}"));
    assertSameMeaning("version: 1", "{version: 1, databases: {}}");
    assertThat(defaults.get("/properties/roles")).isEqualTo(json("{}"));
    assertSameMeaning("version: 1", "{version: 1, roles: {}}");
    assertThat(defaults.get("/properties/tokens")).isEqualTo(json("{}"));
    assertSameMeaning("version: 1", "{version: 1, tokens: {}}");
    DesiredToken token = Reading.token("{version: 1, tokens: {a: {description: d}}}");
    assertThat(defaults.get("/properties/tokens/additionalProperties/properties/mode").asText())
        .isEqualTo(token.mode().toString());
    assertThat(defaults.get(ROTATE + "/properties/overlap").asText())
        .isEqualTo(Durations.text(Rotation.DEFAULT_OVERLAP));
    assertThat(defaults.get(ROTATE + "/properties/park").asText())
        .isEqualTo(Durations.text(Rotation.DEFAULT_PARK));
    assertThat(defaults.get(ROTATE + "/properties/settle").asText())
        .isEqualTo(Durations.text(Rotation.DEFAULT_SETTLE));
  }

  private static void assertSameMeaning(String one, String other) throws InvalidPolicyException {
    assertThat(Reading.policy(one))
        .usingRecursiveComparison()
        .ignoringFields("sources")
        .isEqualTo(Reading.policy(other));
  }

  private static void collectDefaults(String pointer, JsonNode node, Map<String, JsonNode> found) {
    if (node.has("default")) {
      found.put(pointer, node.get("default"));
    }
    node.properties()
        .forEach(entry -> collectDefaults(pointer + "/" + entry.getKey(), entry.getValue(), found));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collectDefaults(pointer + "/" + i, node.get(i), found);
    }
  }

  private static String urlOfCloudDedicated() throws Exception {
    String id = "11111111-1111-4111-8111-111111111111";
    SettingLayer policy =
        new SettingLayer()
            .with(SettingName.PRODUCT, Optional.of(new Setting("cloud-dedicated", "test")))
            .with(SettingName.ACCOUNT_ID, Optional.of(new Setting(id, "test")))
            .with(SettingName.CLUSTER_ID, Optional.of(new Setting(id, "test")));
    SettingLayer silent = new SettingLayer();
    return ConnectionSettings.decide(silent, policy, List.of(), silent).address().url().toString();
  }

  @Test
  void aLineIsForTheSchemaWhatItIsForTheParser() {
    Pattern line = Pattern.compile(ROOT.at("/$defs/line/pattern").asText());
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.getType(c) == Character.SURROGATE) {
        continue;
      }
      String alone = Character.toString(c);
      String inside = "a" + alone + "b";
      if (line.matcher(alone).find() != isLine(alone)
          || line.matcher(inside).find() != isLine(inside)) {
        throw new AssertionError(String.format("U+%04X is judged differently", c));
      }
    }
  }

  private static boolean isLine(String text) {
    Findings findings = new Findings();
    Location where = new Location(new SourceText("p.yaml", ""), 1, 1, 1);
    PlainLine.check(new Located<>(text, where), "an owner", findings);
    return !findings.haveErrors();
  }

  @Test
  void aNameIsForTheSchemaWhatItIsForTheParser() {
    Pattern name = Pattern.compile(ROOT.at("/$defs/name/pattern").asText());
    Pattern notBlank =
        Pattern.compile(
            ROOT.at("/properties/tokens/additionalProperties/then/properties/description/pattern")
                .asText());
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = Character.toString(c);
      boolean surrogate = Character.getType(c) == Character.SURROGATE;
      if (!surrogate
          && (name.matcher(text).find() != isName(text)
              || notBlank.matcher(text).find() == text.isBlank())) {
        throw new AssertionError(String.format("U+%04X is judged differently", c));
      }
    }
  }

  @Test
  void aDatabasesNameIsForTheSchemaWhatItIsForTheParser() {
    Pattern name = Pattern.compile(ROOT.at("/$defs/databaseName/pattern").asText());
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = Character.toString(c);
      boolean surrogate = Character.getType(c) == Character.SURROGATE;
      if (!surrogate && name.matcher(text).find() != (isName(text) && c != '*')) {
        throw new AssertionError(String.format("U+%04X is judged differently", c));
      }
    }
  }

  private static boolean isName(String text) {
    return !text.isBlank() && text.codePoints().noneMatch(Character::isISOControl);
  }

  static Stream<Path> writtenPolicies() throws IOException {
    try (Stream<Path> fixtures = Files.walk(Path.of("tests-fixtures"));
        Stream<Path> examples = Files.walk(Path.of("examples"))) {
      return Stream.concat(
              fixtures.filter(file -> file.endsWith("policy.yaml")).sorted().toList().stream(),
              examples.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream())
          .filter(SchemaTest::isData);
    }
  }

  /** Whether both can read a file: as YAML, not too deep, whose keys are strings as in JSON. */
  private static boolean isData(Path file) {
    try {
      String text = Files.readString(file);
      return hasStringsForKeys(load(text)) && !codes(text).contains(Code.TOO_DEEP);
    } catch (IOException | YamlEngineException e) {
      return false;
    }
  }

  private static boolean hasStringsForKeys(Object data) {
    return !(data instanceof Map<?, ?> map)
        || map.entrySet().stream()
            .allMatch(e -> e.getKey() instanceof String && hasStringsForKeys(e.getValue()));
  }

  private static Object load(String text) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    return new Load(settings).loadFromString(text);
  }

  @ParameterizedTest
  @MethodSource("writtenPolicies")
  void parserAndSchemaAgreeOnEveryPolicyOfThisProject(Path file) {
    Set<Code> codes = codes(text(file));
    List<Error> errors = SCHEMA.validate(JSON.<JsonNode>valueToTree(load(text(file))));
    assertThat(agrees(codes, errors.isEmpty())).as("%s, %s", codes, errors).isTrue();
  }

  @Test
  void aPolicyThatTheSchemaRefusesIsAmongThoseOfThisProject() throws IOException {
    assertThat(writtenPolicies().filter(file -> !codes(text(file)).isEmpty()))
        .contains(Path.of("tests-fixtures", "bad-policy", "policy.yaml"));
  }

  @Test
  void parserAndSchemaAgreeOnRandomDocuments() throws IOException {
    RandomDocuments documents = new RandomDocuments(new Random(SEED));
    Set<Code> met = new HashSet<>();
    int accepted = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String document = yaml(documents.next());
      Set<Code> codes = codes(document);
      // The very text that the parser had.
      boolean valid = SCHEMA.validate(JSON.readTree(document), OutputFormat.BOOLEAN);
      if (!agrees(codes, valid)) {
        throw new AssertionError(disagreement(document, codes, valid));
      }
      met.addAll(codes);
      accepted += valid ? 1 : 0;
    }

    assertThat(accepted)
        .as("accepted of %d, seed %d", DOCUMENTS, SEED)
        .isBetween(DOCUMENTS / 5, DOCUMENTS * 4 / 5);
    assertThat(met).as("seed %d", SEED).containsAll(SEEN).containsAll(inRandomDocuments());
    // A text that cannot be read would hide what else is wrong with the document.
    assertThat(met).as("seed %d", SEED).doesNotContain(Code.SYNTAX, Code.INVALID_CHARACTER);
  }

  /** Whether a schema may say so of a document in which the parser finds that. */
  private static boolean agrees(Set<Code> codes, boolean valid) {
    if (codes.stream().anyMatch(SEEN::contains)) {
      return !valid;
    }
    return valid || codes.stream().anyMatch(SEEN_IN_PART::containsKey);
  }

  private static String disagreement(String document, Set<Code> codes, boolean valid) {
    return "seed %d: the parser finds %s, and the schema %s in\n%s"
        .formatted(SEED, codes, valid ? "nothing" : SCHEMA.validate(json(document)), document);
  }

  private static Set<Code> codes(String text) {
    PolicyFile file = PolicyFile.parse("p.yaml", text.getBytes(StandardCharsets.UTF_8));
    Set<Code> codes = new HashSet<>();
    for (Diagnostic finding : file.findings()) {
      codes.add(finding.code());
    }
    // The file is read before it is known whether it is a policy's or the platform file.
    PolicyMerge.misplacedInPolicy(file).stream().map(Diagnostic::code).forEach(codes::add);
    return codes;
  }

  /** A document as JSON that is YAML as well, which some characters are only as escapes. */
  private static String yaml(JsonNode document) {
    return Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff]")
        .matcher(document.toString())
        .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
