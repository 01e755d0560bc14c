package io.tokenform.policy;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the guardrails section: for each rule its level, or a map with the level and more. */
final class GuardrailsParser {
  private static final int MOST_DAYS = 3650;

  private static final Keys KEYS = Keys.of(Guardrail.words().toArray(String[]::new));

  private final Findings findings;
  private final Values values;

  GuardrailsParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  Optional<Guardrails> parse(YamlNode node) {
    Optional<YamlNode.Mapping> section =
        values.mapping(node, "the guardrails section", "RULE: deny, RULE: warn or RULE: off");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = Fields.of(section.get(), "the guardrails section", KEYS, findings);
    Map<Guardrail, GuardrailSetting> settings = new EnumMap<>(Guardrail.class);
    for (Guardrail rule : Guardrail.values()) {
      fields
          .value(rule.toString())
          .flatMap(value -> setting(rule, fields.keyOf(rule.toString()).orElseThrow(), value))
          .ifPresent(setting -> settings.put(rule, setting));
    }
    return Optional.of(new Guardrails(settings));
  }

  private Optional<GuardrailSetting> setting(Guardrail rule, Location key, YamlNode value) {
    if (!(value instanceof YamlNode.Mapping mapping)) {
      return level(value)
          .filter(level -> isComplete(rule, level, key, Set.of()))
          .map(level -> GuardrailSetting.of(rule, level, key));
    }
    Fields fields = Fields.of(mapping, "the guardrail " + rule, keys(rule), findings);
    // A rule that is given more than a level is wanted.
    Guardrail.Level stated =
        rule.byDefault() == Guardrail.Level.OFF ? Guardrail.Level.DENY : rule.byDefault();
    Guardrail.Level level = fields.value("level").flatMap(this::level).orElse(stated);
    GuardrailSetting setting =
        new GuardrailSetting(
            rule,
            level,
            Optional.of(key),
            fields.value("except").map(this::patterns).orElse(List.of()),
            fields.value("pattern").flatMap(this::pattern),
            number(fields, "changes", Integer.MAX_VALUE),
            number(fields, "percent", 100),
            number(fields, "least", Integer.MAX_VALUE),
            number(fields, "days", MOST_DAYS));
    Set<String> given =
        keys(rule).known().stream()
            .filter(name -> fields.value(name).isPresent())
            .collect(Collectors.toSet());
    return isComplete(rule, level, key, given) ? Optional.of(setting) : Optional.empty();
  }

  private static Keys keys(Guardrail rule) {
    return Keys.of(Stream.concat(Stream.of("level"), rule.keys().stream()).toArray(String[]::new));
  }

  /** Whether a rule that is wanted has what it needs; says what is missing. */
  private boolean isComplete(
      Guardrail rule, Guardrail.Level level, Location key, Set<String> given) {
    if (level == Guardrail.Level.OFF) {
      return true;
    }
    if (rule == Guardrail.DESCRIPTION && !given.contains("pattern")) {
      findings.add(incomplete(rule, key, "a pattern", "pattern: \"[a-z]+: .*\""));
      return false;
    }
    if (rule == Guardrail.MAX_CHANGES && !given.contains("changes") && !given.contains("percent")) {
      findings.add(incomplete(rule, key, "changes or percent", "changes: 20"));
      return false;
    }
    if (given.contains("least") && !given.contains("percent")) {
      findings.add(
          Diagnostic.error(
                  Code.CONTRADICTION, key, "least is about percent, and there is no percent here")
              .hint("add percent, or remove least"));
      return false;
    }
    return true;
  }

  private static Diagnostic incomplete(
      Guardrail rule, Location key, String missing, String example) {
    return Diagnostic.error(Code.MISSING_KEY, key, "the guardrail " + rule + " needs " + missing)
        .hint("write " + rule + ": {level: deny, " + example + "}");
  }

  private Optional<Guardrail.Level> level(YamlNode node) {
    return values
        .word(node, "level", Code.UNKNOWN_LEVEL, Guardrail.Level.words())
        .flatMap(word -> Guardrail.Level.named(word.value()));
  }

  private List<Located<String>> patterns(YamlNode node) {
    return values.strings(node, "except", "a pattern");
  }

  private Optional<DescriptionPattern> pattern(YamlNode node) {
    return values
        .string(node, "a pattern")
        .flatMap(
            text -> {
              try {
                return Optional.of(DescriptionPattern.compile(text.value()));
              } catch (PatternSyntaxException e) {
                findings.add(
                    Diagnostic.error(
                            Code.BAD_PATTERN,
                            text.where(),
                            "this is not a regular expression: " + e.getDescription())
                        .hint("the whole description has to match it, as in \"[a-z]+: .*\""));
                return Optional.empty();
              }
            });
  }

  private OptionalInt number(Fields fields, String key, int most) {
    Optional<Integer> number =
        fields.value(key).flatMap(node -> values.wholeNumber(node, key, most));
    return number.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
