package io.tokenform.policy;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Nearest;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads permissions in either form: a map from action to databases, or the API's own list of {@code
 * {action, resource}}.
 */
final class PermissionsParser {
  private static final List<String> ACTIONS = List.of("read", "write");

  /** What to do about a key that stands where an action should, and is right elsewhere. */
  private static final Map<String, String> NO_ACTIONS =
      Map.of(
          "action", "put a hyphen and a space before it: this form of permissions is a list",
          "resource", "indent it as far as the action of its entry",
          "permissions", "leave this line out, and indent what is below it one level less",
          "roles", "a role cannot have roles; name each of them in the token",
          "description", "make it a comment: a role has only read and write");

  private static final String WITHOUT_HYPHEN =
      "remove the hyphen before it, or write {action: read, resource: DATABASE} for each database";

  private static final Keys PAIR =
      new Keys(
          List.of("action", "resource"),
          Map.of("database", "resource", "databases", "resource", "db", "resource"),
          Map.of("read", WITHOUT_HYPHEN, "write", WITHOUT_HYPHEN));

  private final Findings findings;
  private final Values values;

  PermissionsParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  /**
   * The permissions, without those that could not be read; nothing if no form fits.
   *
   * @param ifEmpty what to do where there is nothing at all
   */
  Optional<PermissionEntries> parse(YamlNode node, String ifEmpty) {
    if (node instanceof YamlNode.Mapping mapping) {
      return Optional.of(new PermissionEntries(byAction(mapping)));
    }
    if (node instanceof YamlNode.Sequence sequence) {
      return Optional.of(new PermissionEntries(byPair(sequence)));
    }
    String expected = "permissions must be a map from action to databases";
    findings.add(
        Values.isNull(node)
            ? Diagnostic.error(
                    Code.MISSING_VALUE, node.where(), expected + ", but there is nothing here")
                .hint(ifEmpty)
            : Values.wrongType(node, expected)
                .hint("write them as {read: [metrics], write: [metrics, logs]}"));
    return Optional.empty();
  }

  private List<Located<Permission>> byAction(YamlNode.Mapping mapping) {
    List<Located<Permission>> permissions = new ArrayList<>();
    for (Map.Entry<String, YamlNode.Entry> byKey :
        Fields.byKey(
                mapping,
                Code.DUPLICATE_KEY,
                "the action",
                "put all databases in one list",
                findings)
            .entrySet()) {
      String word = byKey.getKey();
      YamlNode.Entry entry = byKey.getValue();
      if (ACTIONS.contains(word)) {
        for (Located<String> database : databases(entry.value(), word)) {
          permissions.add(database(database, Action.of(word)));
        }
        continue;
      }
      findings.add(unknownAction(word, entry));
      if (!NO_ACTIONS.containsKey(word) && !holdsActions(entry.value())) {
        databases(entry.value(), word);
      }
    }
    return permissions;
  }

  private static Diagnostic unknownAction(String word, YamlNode.Entry entry) {
    Optional<String> hint = Optional.ofNullable(NO_ACTIONS.get(word));
    if (hint.isEmpty() && holdsActions(entry.value())) {
      hint = Optional.of("the action comes first, as in read: [" + Values.inFlow(word) + "]");
    }
    return Diagnostic.error(
            Code.UNKNOWN_ACTION, entry.key().where(), "there is no action \"" + word + "\"")
        .hint(
            hint.or(() -> Nearest.hint(word, ACTIONS))
                .orElse("the actions are read and write; to permit both, write both"));
  }

  /** Whether actions stand where databases should. */
  private static boolean holdsActions(YamlNode node) {
    return node instanceof YamlNode.Sequence sequence
        ? !sequence.items().isEmpty()
            && sequence.items().stream().allMatch(PermissionsParser::isAction)
        : isAction(node);
  }

  private static boolean isAction(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && ACTIONS.contains(scalar.text());
  }

  private List<Located<String>> databases(YamlNode node, String action) {
    if (!(node instanceof YamlNode.Sequence sequence)) {
      String expected = "databases must be a list";
      findings.add(
          Values.isNull(node)
              ? Values.missingValue(node, expected)
              : Values.wrongType(node, expected)
                  .hint("write " + action + ": " + Values.asList(node)));
      return List.of();
    }
    List<Located<String>> names = new ArrayList<>(sequence.items().size());
    for (YamlNode item : sequence.items()) {
      Optional<Located<String>> name = databaseName(item);
      if (name.isPresent()) {
        names.add(name.get());
      }
    }
    return names;
  }

  private List<Located<Permission>> byPair(YamlNode.Sequence sequence) {
    List<Located<Permission>> permissions = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      pair(item).ifPresent(permissions::add);
    }
    return permissions;
  }

  private Optional<Located<Permission>> pair(YamlNode item) {
    Optional<YamlNode.Mapping> mapping =
        values.mapping(
            item,
            "a permission in a list",
            "{action: read, resource: DATABASE}, or a map such as {read: [DATABASE]}");
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = Fields.of(mapping.get(), "a permission", PAIR, findings);
    Optional<Action> action =
        required(fields, "action", item)
            .flatMap(node -> values.word(node, "action", Code.UNKNOWN_ACTION, ACTIONS))
            .map(word -> Action.of(word.value()));
    Optional<Located<String>> resource =
        required(fields, "resource", item).flatMap(this::databaseName);
    return action.flatMap(known -> resource.map(name -> database(name, known)));
  }

  private Optional<YamlNode> required(Fields fields, String key, YamlNode owner) {
    Optional<YamlNode> value = fields.value(key);
    // An unknown key stands where the missing one should.
    if (value.isEmpty() && !fields.hasUnknownKeys()) {
      findings.add(
          Diagnostic.error(Code.MISSING_KEY, owner.where(), "this permission has no " + key)
              .hint("write {action: read, resource: DATABASE}"));
    }
    return value;
  }

  private Optional<Located<String>> databaseName(YamlNode node) {
    if (node instanceof YamlNode.Sequence) {
      findings.add(
          Values.wrongType(node, "a database's name must be a string")
              .hint("write each name by itself, or all in one list, as in read: [metrics, logs]"));
      return Optional.empty();
    }
    Optional<Located<String>> name = values.words(node, "a database's name");
    boolean isOne =
        name.isPresent()
            && values.hasLengthOfDatabase(
                name.get(), "give the name that the cluster knows; \"*\" stands for all")
            && isNoPattern(name.get());
    return isOne ? name : Optional.empty();
  }

  /** The cluster would take a pattern for a name, and no database that was meant be permitted. */
  private boolean isNoPattern(Located<String> name) {
    if (!Permission.isPattern(name.value())) {
      return true;
    }
    findings.add(
        Diagnostic.error(
                Code.BAD_DATABASE_NAME,
                name.where(),
                "the * in \"" + name.value() + "\" would not stand for other characters")
            .hint("name each database, or write \"*\" alone for all of them"));
    return false;
  }

  private static Located<Permission> database(Located<String> name, Action action) {
    return new Located<>(new Permission(action, name.value()), name.where());
  }
}
