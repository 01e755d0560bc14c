package io.tokenform.policy;

import io.tokenform.access.Flag;
import io.tokenform.access.HostPattern;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.database.DatabaseEntry;
import io.tokenform.policy.database.DatabasesParser;
import io.tokenform.policy.expect.ExpectationsParser;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the text of one file of a policy, and says everything that is wrong with it. */
final class PolicyFileParser extends DocumentParser<PolicyFile> {
  private static final String OF_FLEET =
      "it belongs in a fleet file, which " + Flag.FLEET + " names instead of -f";

  private static final Keys KEYS =
      new Keys(
          PolicyBeginning.KEYS,
          PolicyBeginning.OF_POLICY,
          Map.of(),
          Map.of("clusters", OF_FLEET, "waves", OF_FLEET));

  private final Findings findings = findings();
  private final Values values = values();

  PolicyFileParser(SourceText source) {
    super(source);
  }

  @Override
  protected PolicyFileParser again(SourceText text) {
    return new PolicyFileParser(text);
  }

  @Override
  protected String kind() {
    return "policy";
  }

  @Override
  protected PolicyFile with(PolicyFile file, List<Diagnostic> found) {
    return new PolicyFile(
        start(),
        file.keys(),
        file.cluster(),
        file.guardrails(),
        file.expectations(),
        file.sinks(),
        file.hosts(),
        file.databases(),
        file.roles(),
        file.tokens(),
        found);
  }

  /** What other files name is there all the same. */
  @Override
  protected PolicyFile explained(PolicyFile file) {
    return new PolicyFile(
        start(),
        file.keys(),
        file.cluster(),
        file.guardrails(),
        file.expectations(),
        file.sinks(),
        file.hosts(),
        file.databases(),
        file.roles(),
        List.of(),
        List.of());
  }

  /** Whether it stands where programs and expressions do, which have such texts of their own. */
  @Override
  protected boolean mayStand(Diagnostic placeholder, YamlNode root) {
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

  @Override
  protected PolicyFile nothing() {
    return new PolicyFile(
        start(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  /** What is wrong with a text that holds nothing, or only comments. */
  static Diagnostic empty(SourceText source) {
    return Diagnostic.error(Code.MISSING_KEY, new Location(source, 1, 1, 1), "the policy is empty")
        .hint("start with version: " + PolicyParser.VERSION + ", a cluster section and tokens");
  }

  @Override
  protected PolicyFile read(Optional<YamlNode> root) {
    if (root.isEmpty()) {
      findings.add(empty(source()));
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
        section(fields, "hosts", this::hosts),
        databases(fields),
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

  private static <T> Optional<PolicyFile.Section<T>> section(
      Fields fields, String name, Function<YamlNode, Optional<T>> parser) {
    return fields
        .keyOf(name)
        .map(key -> new PolicyFile.Section<>(key, fields.value(name).flatMap(parser)));
  }

  private Optional<List<HostPattern>> hosts(YamlNode node) {
    List<HostPattern> hosts = new ArrayList<>();
    for (Located<String> text : values.strings(node, "hosts", "a host")) {
      try {
        hosts.add(HostPattern.parse(text.value()));
      } catch (IllegalArgumentException e) {
        findings.add(
            Diagnostic.error(
                    Code.BAD_URL,
                    text.where(),
                    "\"" + text.value() + "\" cannot be used: " + e.getMessage())
                .hint(
                    "write https:// and the host, as in https://prod.example.com or"
                        + " https://*.example.com"));
      }
    }
    return Optional.of(hosts);
  }

  /** Most policies have none, and then the classes that read them are not loaded. */
  private List<DatabaseEntry> databases(Fields fields) {
    Optional<YamlNode> section = fields.value("databases");
    return section.isEmpty() ? List.of() : new DatabasesParser(findings).parse(section.get());
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
    Fields.eachByKey(
        section.get(),
        Code.DUPLICATE_TOKEN,
        "the token",
        PolicyMerge.RENAME,
        findings,
        (name, token) -> tokens.add(parser.parse(name, token)));
    return tokens;
  }
}
