package io.tokenform.policy;

import io.tokenform.finding.Guardrail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a policy says of the guardrails, each at most once. */
public final class Guardrails {
  /** What holds where nothing is said. */
  public static final Guardrails DEFAULTS = new Guardrails(Map.of()).withDefaults();

  /** The defaults, of changes behind which no policy stands, and of those changes alone. */
  public static final Guardrails WITHOUT_POLICY = DEFAULTS.ofChangesAlone();

  /** No guardrail at all. */
  public static final Guardrails NONE = new Guardrails(Map.of());

  /** The same as {@link #WITHOUT_POLICY}, as warnings. */
  public static final Guardrails ADVISORY = WITHOUT_POLICY.asAdvice();

  private final Map<Guardrail, GuardrailSetting> settings;

  Guardrails(Map<Guardrail, GuardrailSetting> settings) {
    this.settings =
        settings.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(settings));
  }

  /** The same, with the default of each guardrail that is not set. */
  Guardrails withDefaults() {
    Map<Guardrail, GuardrailSetting> all = new EnumMap<>(Guardrail.class);
    for (Guardrail rule : Guardrail.values()) {
      all.put(rule, settings.getOrDefault(rule, GuardrailSetting.byDefault(rule)));
    }
    return new Guardrails(all);
  }

  private Guardrails asAdvice() {
    Map<Guardrail, GuardrailSetting> all = new EnumMap<>(settings);
    all.replaceAll((rule, setting) -> setting.asAdvice());
    return new Guardrails(all);
  }

  /** The same, without those that judge what a policy does not name. */
  public Guardrails ofChangesAlone() {
    Map<Guardrail, GuardrailSetting> all = new EnumMap<>(Guardrail.class);
    all.putAll(settings);
    all.keySet().removeIf(rule -> !rule.needsNoPolicy());
    return new Guardrails(all);
  }

  /** The same, without the defaults of those that the other ones set. */
  public Guardrails withoutDefaultsOf(Guardrails others) {
    Map<Guardrail, GuardrailSetting> all = new EnumMap<>(Guardrail.class);
    settings.forEach(
        (rule, setting) -> {
          if (setting.where().isPresent() || !others.settings.containsKey(rule)) {
            all.put(rule, setting);
          }
        });
    return new Guardrails(all);
  }

  /** All settings, in the order of the rules. */
  Collection<GuardrailSetting> all() {
    return settings.values();
  }

  /** The settings of those that are not off, in the order of the rules. */
  public List<GuardrailSetting> active() {
    List<GuardrailSetting> active = new ArrayList<>(settings.values());
    active.removeIf(setting -> setting.level() == Guardrail.Level.OFF);
    return active;
  }
}
