package io.tokenform.policy.expect;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Nearest;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the expect section: a list of expectations, each in one of three forms. */
public final class ExpectationsParser {
  private static final List<String> ACTIONS = List.of("read", "write");

  private static final String EXAMPLE = "{token: NAME, can: {read: [DATABASE]}}";

  /** What an expectation can be about, each with the keys that say what is expected. */
  private enum Form {
    TOKEN,
    DATABASE,
    NEVER;

    List<String> others() {
      return switch (this) {
        case TOKEN -> List.of("can", "cannot");
        case DATABASE -> List.of("writers", "readers");
        case NEVER -> List.of("except");
      };
    }

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Keys KEYS =
      new Keys(
          List.of("token", "can", "cannot", "database", "writers", "readers", "never", "except"),
          Map.of("tokens", "token", "databases", "database", "nobody", "never", "can't", "cannot"),
          Map.of());

  private final Findings findings;
  private final Values values;

  public ExpectationsParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  /** The expectations, in the order of the text, without those that could not be read. */
  public Optional<List<Expectation>> parse(YamlNode node) {
    if (!(node instanceof YamlNode.Sequence sequence)) {
      String expected = "the expect section must be a list";
      findings.add(
          (Values.isNull(node)
                  ? Values.missingValue(node, expected)
                  : Values.wrongType(node, expected))
              .hint("write - " + EXAMPLE + " for each expectation"));
      return Optional.empty();
    }
    return Optional.of(sequence.items().stream().flatMap(this::expectation).toList());
  }

  private Stream<Expectation> expectation(YamlNode node) {
    Optional<YamlNode.Mapping> mapping = values.mapping(node, "an expectation", EXAMPLE);
    if (mapping.isEmpty()) {
      return Stream.empty();
    }
    Fields fields = Fields.of(mapping.get(), "an expectation", KEYS, findings);
    List<Form> forms = Stream.of(Form.values()).filter(form -> fields.mean(form.key())).toList();
    if (forms.size() != 1) {
      refuseForms(mapping.get(), fields, forms);
      return Stream.empty();
    }
    Form form = forms.get(0);
    refuseKeysOfOthers(fields, form);
    Optional<? extends Expectation> read =
        switch (form) {
          case TOKEN -> ofToken(fields);
          case DATABASE -> ofDatabase(fields);
          case NEVER -> never(fields);
        };
    return read.<Expectation>map(one -> one).stream();
  }

  private void refuseForms(YamlNode.Mapping mapping, Fields fields, List<Form> forms) {
    if (forms.isEmpty()) {
      // A key that is not known may stand where the right one should.
      if (!fields.hasUnknownKeys()) {
        findings.add(
            Diagnostic.error(
                    Code.MISSING_KEY,
                    mapping.where(),
                    "this expectation does not say what it is about")
                .hint("begin it with token, database or never, as in " + EXAMPLE));
      }
      return;
    }
    findings.add(
        Diagnostic.error(
                Code.CONTRADICTION,
                fields.keyOf(forms.get(1).key()).orElse(mapping.where()),
                "an expectation has one of token, database and never, and this has "
                    + String.join(" and ", forms.stream().map(Form::key).toList()))
            .hint("make several expectations of it"));
  }

  private void refuseKeysOfOthers(Fields fields, Form form) {
    for (Form other : Form.values()) {
      if (other == form) {
        continue;
      }
      for (String key : other.others()) {
        fields
            .keyOf(key)
            .ifPresent(
                where ->
                    findings.add(
                        Diagnostic.error(
                                Code.MISPLACED_KEY,
                                where,
                                key + " belongs to " + other.key() + ", and not to " + form.key())
                            .hint("beside " + form.key() + " stands " + listed(form))));
      }
    }
  }

  private static String listed(Form form) {
    return String.join(" or ", form.others());
  }

  private Optional<Expectation.OfToken> ofToken(Fields fields) {
    List<Clause> can = clauses(fields, "can");
    List<Clause> cannot = clauses(fields, "cannot");
    requireOneOf(fields, Form.TOKEN, "can: {read: [DATABASE]} or cannot: {write: any}");
    return fields
        .value("token")
        .flatMap(this::token)
        .map(token -> new Expectation.OfToken(token, can, cannot));
  }

  private Optional<Expectation.OfDatabase> ofDatabase(Fields fields) {
    Optional<Located<List<Located<String>>>> writers = tokens(fields, "writers");
    Optional<Located<List<Located<String>>>> readers = tokens(fields, "readers");
    requireOneOf(fields, Form.DATABASE, "writers: [TOKEN] or readers: [TOKEN]");
    return fields
        .value("database")
        .flatMap(this::database)
        .map(database -> new Expectation.OfDatabase(database, writers, readers));
  }

  private Optional<Expectation.Never> never(Fields fields) {
    List<Clause> never = clauses(fields, "never");
    Optional<Located<List<Located<String>>>> except = tokens(fields, "except");
    if (fields.value("except").filter(ExpectationsParser::isEmptyList).isPresent()) {
      findings.add(
          Diagnostic.error(
                  Code.MISSING_VALUE,
                  fields.value("except").orElseThrow().where(),
                  "except names no token")
              .hint("leave it out"));
    }
    return fields
        .keyOf("never")
        .map(
            where ->
                new Expectation.Never(where, never, except.map(Located::value).orElse(List.of())));
  }

  private static boolean isEmptyList(YamlNode node) {
    return node instanceof YamlNode.Sequence sequence && sequence.items().isEmpty();
  }

  private void requireOneOf(Fields fields, Form form, String example) {
    if (form.others().stream().noneMatch(fields::mean) && fields.keyOf(form.key()).isPresent()) {
      findings.add(
          Diagnostic.error(
                  Code.MISSING_KEY,
                  fields.keyOf(form.key()).get(),
                  "this expectation expects nothing: it has no " + listed(form))
              .hint("add " + example));
    }
  }

  /** What a key says of each action. */
  private List<Clause> clauses(Fields fields, String key) {
    Optional<YamlNode.Mapping> mapping =
        fields.value(key).flatMap(node -> values.mapping(node, key, "{read: [DATABASE]}"));
    if (mapping.isEmpty()) {
      return List.of();
    }
    if (mapping.get().entries().isEmpty()) {
      findings.add(
          Diagnostic.error(Code.MISSING_VALUE, mapping.get().where(), key + " says nothing")
              .hint("write " + key + ": {read: [DATABASE]}, or {write: any}"));
    }
    List<Clause> clauses = new ArrayList<>();
    Fields.byKey(
            mapping.get(),
            Code.DUPLICATE_KEY,
            "the action",
            "put all databases in one list",
            findings)
        .forEach(
            (word, entry) -> {
              if (ACTIONS.contains(word)) {
                clause(Action.of(word), entry.key().where(), entry.value()).ifPresent(clauses::add);
              } else {
                findings.add(unknownAction(word, entry.key().where()));
              }
            });
    return clauses;
  }

  private static Diagnostic unknownAction(String word, Location where) {
    return Diagnostic.error(Code.UNKNOWN_ACTION, where, "there is no action \"" + word + "\"")
        .hint(Nearest.hint(word, ACTIONS).orElse("the actions are read and write"));
  }

  private Optional<Clause> clause(Action action, Location where, YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar && scalar.isString()) {
      if (scalar.text().equals(Clause.ANY)) {
        return Optional.of(new Clause(action, where, List.of()));
      }
      if (scalar.text().equals(Permission.ALL_DATABASES)) {
        return Optional.of(
            new Clause(action, where, List.of(new Located<>(scalar.text(), scalar.where()))));
      }
    }
    if (!(node instanceof YamlNode.Sequence sequence)) {
      String expected = "databases must be a list, any or \"*\"";
      findings.add(
          Values.isNull(node)
              ? Values.missingValue(node, expected)
              : Values.wrongType(node, expected)
                  .hint(
                      "write " + action + ": " + (isAny(node) ? Clause.ANY : Values.asList(node))));
      return Optional.empty();
    }
    if (sequence.items().isEmpty()) {
      findings.add(
          Diagnostic.error(Code.MISSING_VALUE, node.where(), "this list names no database")
              .hint("write " + action + ": any, for any database at all"));
      return Optional.empty();
    }
    List<Located<String>> databases =
        sequence.items().stream().flatMap(item -> database(item).stream()).toList();
    return databases.isEmpty()
        ? Optional.empty()
        : Optional.of(new Clause(action, where, databases));
  }

  private Optional<Located<String>> database(YamlNode node) {
    return values
        .string(node, "a database's name")
        .filter(
            name ->
                values.hasLengthOfDatabase(
                    name, "give the name that the cluster knows, or a pattern with *"));
  }

  private Optional<Located<String>> token(YamlNode node) {
    return values
        .string(node, "a token's name")
        .filter(name -> values.name(name, "a token").isPresent());
  }

  private static boolean isAny(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.text().equalsIgnoreCase(Clause.ANY);
  }

  private Optional<Located<List<Located<String>>>> tokens(Fields fields, String key) {
    if (fields.value(key).filter(ExpectationsParser::isAny).isPresent()) {
      findings.add(
          Values.wrongType(fields.value(key).get(), key + " must be a list")
              .hint("leave " + key + " out where any token may"));
      return Optional.empty();
    }
    return fields
        .value(key)
        .map(
            node ->
                new Located<>(
                    values.strings(node, key, "a token's name").stream()
                        .filter(name -> values.name(name, "a token").isPresent())
                        .toList(),
                    fields.keyOf(key).orElseThrow()));
  }
}
