package io.tokenform.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

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
          .flatMap(
              level -> {
                GuardrailSetting setting = GuardrailSetting.byDefault(rule);
                return complete(
                    new GuardrailSetting(
                        rule,
                        level,
                        Optional.of(key),
                        setting.except(),
                        setting.pattern(),
                        setting.changes(),
                        setting.percent(),
                        setting.days()));
              });
    }
    Fields fields = Fields.of(mapping, "the guardrail " + rule, Keys.of(keys(rule)), findings);
    // A rule that is given more than a level is wanted.
    Guardrail.Level stated =
        rule.byDefault() == Guardrail.Level.OFF ? Guardrail.Level.DENY : rule.byDefault();
    return complete(
        new GuardrailSetting(
            rule,
            fields.value("level").flatMap(this::level).orElse(stated),
            Optional.of(key),
            fields.value("except").map(this::patterns).orElse(List.of()),
            fields.value("pattern").flatMap(this::pattern),
            number(fields, "changes", Integer.MAX_VALUE),
            number(fields, "percent", 100),
            number(fields, "days", MOST_DAYS)));
  }

  private static String[] keys(Guardrail rule) {
    return switch (rule) {
      case MAX_CHANGES -> new String[] {"level", "changes", "percent"};
      case DESCRIPTION -> new String[] {"level", "except", "pattern"};
      case EXPIRING -> new String[] {"level", "except", "days"};
      case UNKNOWN_DATABASE -> new String[] {"level"};
      default -> new String[] {"level", "except"};
    };
  }

  /** The setting, unless it lacks what it needs. */
  private Optional<GuardrailSetting> complete(GuardrailSetting setting) {
    boolean off = setting.level() == Guardrail.Level.OFF;
    String missing =
        switch (setting.rule()) {
          case DESCRIPTION -> setting.pattern().isPresent() ? "" : "a pattern";
          case MAX_CHANGES ->
              setting.changes().isPresent() || setting.percent().isPresent()
                  ? ""
                  : "changes or percent";
          default -> "";
        };
    if (off || missing.isEmpty()) {
      return Optional.of(setting);
    }
    String example =
        setting.rule() == Guardrail.DESCRIPTION
            ? "{level: deny, pattern: \"[a-z]+: .*\"}"
            : "{level: deny, changes: 20}";
    findings.add(
        Diagnostic.error(
                Code.MISSING_KEY,
                setting.where().orElseThrow(),
                "the guardrail " + setting.rule() + " needs " + missing)
            .hint("write " + setting.rule() + ": " + example));
    return Optional.empty();
  }

  private Optional<Guardrail.Level> level(YamlNode node) {
    return values
        .word(node, "level", Code.UNKNOWN_LEVEL, Guardrail.Level.words())
        .flatMap(word -> Guardrail.Level.named(word.value()));
  }

  private List<String> patterns(YamlNode node) {
    return values.strings(node, "except", "a pattern").stream().map(Located::value).toList();
  }

  private Optional<Pattern> pattern(YamlNode node) {
    return values
        .string(node, "a pattern")
        .flatMap(
            text -> {
              try {
                return Optional.of(Pattern.compile(text.value()));
              } catch (PatternSyntaxException e) {
                findings.add(
                    Diagnostic.error(
                            Code.BAD_PATTERN,
                            text.where(),
                            "this is no regular expression: " + e.getDescription())
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
