package io.tokenform.policy;

import io.tokenform.access.SecretShapes;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Places;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.expect.ExpectationsParser;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.InvalidYamlException;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.LookalikeSpaces;
import io.tokenform.yaml.Placeholders;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import io.tokenform.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;

/** Reads the text of one file of a policy, and says everything that is wrong with it. */
final class PolicyFileParser {
  private static final Keys KEYS =
      new Keys(PolicyBeginning.KEYS, PolicyBeginning.OF_POLICY, Map.of(), Map.of());

  private final SourceText source;
  private final Findings findings = new Findings();
  private final Values values = new Values(findings);

  PolicyFileParser(SourceText source) {
    this.source = source;
  }

  PolicyFile parse() {
    PolicyFile file = parseOnce();
    Set<Integer> concealed = findings.concealed();
    if (concealed.stream().allMatch(source::isConcealed)) {
      return file;
    }
    // Every finding is about a text that knows which of its lines must not be shown.
    return new PolicyFileParser(source.concealing(concealed)).parse();
  }

  private PolicyFile parseOnce() {
    refuseSecrets();
    WritingCheck.checkText(source, findings);
    List<Diagnostic> leftOver = Placeholders.in(source);
    PolicyFile file = nothing();
    try {
      Optional<YamlNode> root = YamlReader.read(source);
      leftOver.removeIf(finding -> root.filter(node -> mayStand(finding, node)).isPresent());
      file = explained(root, leftOver);
    } catch (InvalidYamlException e) {
      boolean isOfTemplate =
          leftOver.stream().anyMatch(finding -> isAbout(finding.where().line(), e.diagnostic()));
      // Where sinks are, which may have such texts, is not known of a text that is no YAML.
      if (!isOfTemplate || source.content().contains("sinks")) {
        leftOver.removeIf(finding -> !isAbout(finding.where().line(), e.diagnostic()));
      }
      // Most of them are no YAML either, and what YAML says of them helps nobody.
      findings.addAll(leftOver.isEmpty() ? List.of(e.diagnostic()) : leftOver);
      if (e.diagnostic().where().isConcealed()) {
        findings.conceal(e.diagnostic().where());
      }
    }
    return new PolicyFile(
        start(),
        file.keys(),
        file.cluster(),
        file.guardrails(),
        file.expectations(),
        file.sinks(),
        file.roles(),
        file.tokens(),
        findings.sorted());
  }

  private static boolean isAbout(int line, Diagnostic syntaxError) {
    int at = syntaxError.where().line();
    int other = syntaxError.other().map(Location::line).orElse(at);
    return line >= Math.min(at, other) && line <= Math.max(at, other);
  }

  /**
   * The file, or what explains all that is wrong with it: placeholders that were left over, or what
   * only looks like a space. What other files name is there all the same.
   */
  private PolicyFile explained(Optional<YamlNode> root, List<Diagnostic> leftOver) {
    List<Diagnostic> before = findings.sorted();
    PolicyFile file = file(root);
    List<Diagnostic> reasons = new ArrayList<>(leftOver);
    if (reasons.isEmpty() && findings.haveErrors()) {
      reasons.addAll(LookalikeSpaces.in(source));
    }
    if (reasons.isEmpty()) {
      return file;
    }
    findings.keepOnly(before);
    findings.addAll(reasons);
    return new PolicyFile(
        start(),
        file.keys(),
        file.cluster(),
        file.guardrails(),
        file.expectations(),
        file.sinks(),
        file.roles(),
        List.of(),
        List.of());
  }

  /** Whether it stands where programs and expressions do, which have such texts of their own. */
  private static boolean mayStand(Diagnostic placeholder, YamlNode root) {
    if (!(root instanceof YamlNode.Mapping mapping)) {
      return false;
    }
    Location where = placeholder.where();
    boolean isInSinks = false;
    for (YamlNode.Entry entry : mapping.entries()) {
      if (isBefore(where, entry.key().where())) {
        break;
      }
      isInSinks = entry.key() instanceof YamlNode.Scalar key && key.text().equals("sinks");
    }
    return isInSinks || pattern(mapping).filter(pattern -> isAt(where, pattern)).isPresent();
  }

  private static Optional<Location> pattern(YamlNode.Mapping root) {
    return value(root, "guardrails")
        .flatMap(section -> value(section, Guardrail.DESCRIPTION.toString()))
        .flatMap(rule -> value(rule, "pattern"))
        .map(YamlNode::where);
  }

  private static Optional<YamlNode> value(YamlNode node, String key) {
    return node instanceof YamlNode.Mapping mapping
        ? mapping.entries().stream()
            .filter(entry -> entry.key() instanceof YamlNode.Scalar name && name.text().equals(key))
            .map(YamlNode.Entry::value)
            .findFirst()
        : Optional.empty();
  }

  private static boolean isBefore(Location one, Location other) {
    return one.line() < other.line()
        || (one.line() == other.line() && one.column() < other.column());
  }

  private static boolean isAt(Location one, Location value) {
    return one.line() == value.line()
        && one.column() >= value.column()
        && one.column() < value.column() + value.length();
  }

  private PolicyFile nothing() {
    return new PolicyFile(
        start(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        List.of());
  }

  /** What is wrong with a text that holds nothing, or only comments. */
  static Diagnostic empty(SourceText source) {
    return Diagnostic.error(Code.MISSING_KEY, new Location(source, 1, 1, 1), "the policy is empty")
        .hint("start with version: " + PolicyParser.VERSION + ", a cluster section and tokens");
  }

  private Location start() {
    return new Location(source, 1, 1, 1);
  }

  /** A secret in version control is lost already; comments count too. */
  private void refuseSecrets() {
    if (!SecretShapes.mayBeIn(source.content())) {
      return;
    }
    Places places = new Places(source);
    Matcher matcher = SecretShapes.matcher(source.content());
    while (matcher.find()) {
      findings.add(
          Diagnostic.secretInPolicy(
                  places.locate(matcher.start(), matcher.end() - matcher.start()),
                  "this looks like a secret, and a policy must not contain any")
              .hint(
                  "remove it and revoke it; the history of the repository may hold it too. If it is"
                      + " an example, write <secret> in its place"));
    }
  }

  private PolicyFile file(Optional<YamlNode> root) {
    if (root.isEmpty()) {
      findings.add(empty(source));
      return nothing();
    }
    Optional<YamlNode.Mapping> mapping =
        values.mapping(root.get(), "a policy", "version: 1, a cluster section and tokens");
    if (mapping.isEmpty()) {
      return nothing();
    }
    Fields fields = Fields.of(mapping.get(), "a policy", KEYS, findings);
    checkVersion(fields, mapping.get());
    return new PolicyFile(
        start(),
        keys(fields),
        section(fields, "cluster", new ClusterParser(findings)::parse),
        section(fields, "guardrails", new GuardrailsParser(findings)::parse),
        // Most policies have none, and then the class is not loaded.
        section(fields, "expect", node -> new ExpectationsParser(findings).parse(node)),
        section(fields, "sinks", new SinksParser(findings)::parse),
        roles(fields),
        tokens(fields),
        List.of());
  }

  private static List<Located<String>> keys(Fields fields) {
    List<Located<String>> keys = new ArrayList<>();
    for (String key : KEYS.known()) {
      fields.keyOf(key).ifPresent(where -> keys.add(new Located<>(key, where)));
    }
    return keys;
  }

  private void checkVersion(Fields fields, YamlNode.Mapping root) {
    Optional<YamlNode> version = fields.value("version");
    if (version.isEmpty()) {
      if (fields.mean("version")) {
        return;
      }
      findings.add(
          Diagnostic.error(Code.MISSING_KEY, root.where(), "the policy has no version")
              .hint("add version: " + PolicyParser.VERSION));
      return;
    }
    String expected = "the version must be a number";
    if (!(version.get() instanceof YamlNode.Scalar scalar) || !scalar.isNumber()) {
      findings.add(
          (Values.isNull(version.get())
                  ? Values.missingValue(version.get(), expected)
                  : Values.wrongType(version.get(), expected))
              .hint("write " + PolicyParser.VERSION));
      return;
    }
    String text = scalar.text();
    if (!isSupported(text)) {
      findings.add(
          Diagnostic.error(
                  Code.UNSUPPORTED_VERSION,
                  version.get().where(),
                  "this is version " + text + " of the policy language")
              .hint("this tokenform reads version " + PolicyParser.VERSION));
    }
  }

  /** Whether a number is this parser's version. To JSON and its schemas, 1.0 is the number 1. */
  private static boolean isSupported(String number) {
    String version = Integer.toString(PolicyParser.VERSION);
    return number.equals(version) || number.matches("[+]?0*" + version + "(\\.0*)?([eE][-+]?0+)?");
  }

  private static <T> Optional<PolicyFile.Section<T>> section(
      Fields fields, String name, Function<YamlNode, Optional<T>> parser) {
    return fields
        .keyOf(name)
        .map(key -> new PolicyFile.Section<>(key, fields.value(name).flatMap(parser)));
  }

  private Map<String, Role> roles(Fields fields) {
    Optional<YamlNode.Mapping> section =
        fields
            .value("roles")
            .flatMap(
                node ->
                    values.mapping(
                        node, "the roles section", "NAME: {read: [DATABASE]} for each role"));
    if (section.isEmpty()) {
      return Map.of();
    }
    PermissionsParser permissions = new PermissionsParser(findings);
    Map<String, Role> roles = new LinkedHashMap<>();
    Fields.byKey(section.get(), Code.DUPLICATE_ROLE, "the role", PolicyMerge.RENAME, findings)
        .forEach(
            (name, entry) -> {
              Location where = entry.key().where();
              values.name(new Located<>(name, where), "a role");
              // One that cannot be read is there all the same, for those that name it.
              roles.put(
                  name,
                  new Role(
                      name,
                      where,
                      permissions
                          .parse(
                              entry.value(),
                              "indent read and write below it; or write {} for a role that permits"
                                  + " nothing")
                          .orElse(PermissionEntries.NONE)));
            });
    return roles;
  }

  private List<PolicyFile.Entry> tokens(Fields fields) {
    Optional<YamlNode.Mapping> section =
        fields
            .value("tokens")
            .flatMap(
                node ->
                    values.mapping(
                        node,
                        "the tokens section",
                        "NAME: {id: UUID, permissions: {read: [DATABASE]}} for each token"));
    if (section.isEmpty()) {
      return List.of();
    }
    TokenParser parser = new TokenParser(findings);
    List<PolicyFile.Entry> tokens = new ArrayList<>();
    Fields.byKey(section.get(), Code.DUPLICATE_TOKEN, "the token", PolicyMerge.RENAME, findings)
        .forEach(
            (name, entry) ->
                tokens.add(parser.parse(new Located<>(name, entry.key().where()), entry.value())));
    return tokens;
  }
}
