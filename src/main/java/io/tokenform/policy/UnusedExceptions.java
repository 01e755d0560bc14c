package io.tokenform.policy;

import io.tokenform.access.Glob;
import io.tokenform.access.Token;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds entries of {@code except} that except nobody: one is misspelt, or its token is gone. The
 * rule holds for all the same, so it is a warning.
 */
public final class UnusedExceptions {
  private UnusedExceptions() {}

  /**
   * Those of a policy's rules about its tokens.
   *
   * @param names the names of all of them; in a fleet, of those of all its clusters
   */
  public static List<Diagnostic> ofNames(Guardrails rules, Collection<String> names) {
    Suggestions suggestions = new Suggestions(names);
    List<Diagnostic> found = new ArrayList<>();
    for (GuardrailSetting setting : rules.active()) {
      if (!setting.rule().isAboutOneToken()) {
        continue;
      }
      for (Located<String> entry : setting.except()) {
        if (names.stream().noneMatch(name -> Glob.matches(entry.value(), name))) {
          found.add(
              warning(entry, setting.rule(), "no token of the policy has this name")
                  .hint(suggestions.hint(entry.value()).orElse("correct it, or remove it")));
        }
      }
    }
    return found;
  }

  /**
   * Those that are about live tokens: of the rule about unmanaged ones, and of all rules of a
   * platform file, which may serve other clusters too.
   *
   * @param live all live tokens, whatever their states
   */
  public static List<Diagnostic> ofLive(
      Guardrails policy, Guardrails platform, Collection<Token> live) {
    List<Diagnostic> found = new ArrayList<>();
    // Nearly all policies have no exceptions, and live may have 100,000 tokens.
    if (!haveExceptions(policy) && !haveExceptions(platform)) {
      return found;
    }
    Set<String> ids = live.stream().map(token -> token.id().toString()).collect(Collectors.toSet());
    Set<String> descriptions =
        live.stream().map(Token::description).collect(Collectors.toCollection(TreeSet::new));
    for (Guardrails rules : List.of(policy, platform)) {
      for (GuardrailSetting setting : rules.active()) {
        boolean isAboutUnmanaged = setting.rule().about() == Guardrail.About.UNMANAGED;
        // Of databases a platform file has the names, and other clusters may have others.
        if (isAboutUnmanaged || (rules == platform && !setting.rule().isAboutOneDatabase())) {
          found.addAll(ofLive(setting, ids, isAboutUnmanaged ? descriptions : Set.of()));
        }
      }
    }
    return found;
  }

  private static boolean haveExceptions(Guardrails rules) {
    for (GuardrailSetting setting : rules.active()) {
      if (!setting.except().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static List<Diagnostic> ofLive(
      GuardrailSetting setting, Set<String> ids, Set<String> descriptions) {
    List<Diagnostic> found = new ArrayList<>();
    Suggestions suggestions = new Suggestions(descriptions.isEmpty() ? ids : descriptions);
    for (Located<String> entry : setting.except()) {
      if (!ids.contains(entry.value().toLowerCase(Locale.ROOT))
          && descriptions.stream().noneMatch(text -> Glob.matches(entry.value(), text))) {
        String message =
            descriptions.isEmpty()
                ? "no token of this cluster has this id"
                : "no token of this cluster has this id or description";
        found.add(
            warning(entry, setting.rule(), message)
                .hint(suggestions.hint(entry.value()).orElse("correct it, or remove it")));
      }
    }
    return found;
  }

  private static Diagnostic warning(Located<String> entry, Guardrail rule, String why) {
    return Diagnostic.warning(
        Code.UNUSED_EXCEPTION,
        entry.where(),
        "\"" + entry.value() + "\" excepts no token from " + rule + ": " + why);
  }
}
