package io.tokenform.policy;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
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
    String expected = "permissions are a map from action to databases";
    findings.add(
        Values.isNull(node)
            ? Diagnostic.error(
                    Code.MISSING_VALUE, node.where(), expected + ", and there is nothing here")
                .hint(ifEmpty)
            : Values.wrongType(node, expected)
                .hint("write them as {read: [metrics], write: [metrics, logs]}"));
    return Optional.empty();
  }

  private List<Located<Permission>> byAction(YamlNode.Mapping mapping) {
    List<Located<Permission>> permissions = new ArrayList<>();
    for (Map.Entry<String, YamlNode.Entry> byKey :
        Fields.byKey(mapping, Code.DUPLICATE_KEY, "the action", findings).entrySet()) {
      YamlNode.Entry entry = byKey.getValue();
      Optional<Action> action = action(new Located<>(byKey.getKey(), entry.key().where()));
      databases(entry.value(), byKey.getKey())
          .forEach(
              database -> action.ifPresent(known -> permissions.add(database(database, known))));
    }
    return permissions;
  }

  private List<Located<String>> databases(YamlNode node, String action) {
    if (!(node instanceof YamlNode.Sequence sequence)) {
      String expected = "databases are a list";
      if (Values.isNull(node)) {
        findings.add(Values.missingValue(node, expected));
      } else {
        Diagnostic finding = Values.wrongType(node, expected);
        findings.add(
            node instanceof YamlNode.Scalar scalar
                ? finding.hint("write " + action + ": [" + Values.inFlow(scalar.text()) + "]")
                : finding);
      }
      return List.of();
    }
    return sequence.items().stream().flatMap(item -> databaseName(item).stream()).toList();
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
    Fields fields =
        Fields.of(mapping.get(), "a permission", List.of("action", "resource"), findings);
    Optional<Action> action =
        required(fields, "action", item)
            .flatMap(node -> values.string(node, "an action"))
            .flatMap(this::action);
    Optional<Located<String>> resource =
        required(fields, "resource", item).flatMap(this::databaseName);
    return action.flatMap(known -> resource.map(name -> database(name, known)));
  }

  private Optional<YamlNode> required(Fields fields, String key, YamlNode owner) {
    Optional<YamlNode> value = fields.value(key);
    if (value.isEmpty()) {
      findings.add(
          Diagnostic.error(Code.MISSING_KEY, owner.where(), "this permission has no " + key));
    }
    return value;
  }

  private Optional<Action> action(Located<String> word) {
    if (ACTIONS.contains(word.value())) {
      return Optional.of(Action.of(word.value()));
    }
    findings.add(
        Diagnostic.error(
                Code.UNKNOWN_ACTION, word.where(), "there is no action \"" + word.value() + "\"")
            .hint(
                Nearest.hint(word.value(), ACTIONS)
                    .orElse("the actions are " + String.join(" and ", ACTIONS))));
    return Optional.empty();
  }

  private Optional<Located<String>> databaseName(YamlNode node) {
    return values
        .string(node, "a database's name")
        .filter(
            name -> {
              int length = name.value().codePointCount(0, name.value().length());
              boolean fits = length >= 1 && length <= Permission.MAX_DATABASE_NAME_LENGTH;
              if (!fits) {
                Diagnostic finding =
                    Diagnostic.error(
                        Code.BAD_DATABASE_NAME,
                        name.where(),
                        "a database's name has 1 to "
                            + Permission.MAX_DATABASE_NAME_LENGTH
                            + " characters, and this has "
                            + length);
                findings.add(
                    length == 0 ? finding.hint("\"*\" stands for all databases") : finding);
              }
              return fits;
            });
  }

  private static Located<Permission> database(Located<String> name, Action action) {
    return new Located<>(new Permission(action, name.value()), name.where());
  }
}
