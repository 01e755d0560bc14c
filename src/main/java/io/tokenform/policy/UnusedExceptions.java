package io.tokenform.policy;

import io.tokenform.access.Glob;
import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Suggestions;
import io.tokenform.policy.database.DesiredDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds entries of {@code except} that except nothing: one is misspelt, or its token or database is
 * gone. The rule holds for all the same, so it is a warning.
 */
public final class UnusedExceptions {
  private UnusedExceptions() {}

  /**
   * Those of a policy's rules about its tokens, and of those about what becomes of its databases.
   *
   * @param tokens the names of all its tokens; in a fleet, of those of all its clusters
   * @param databases the names of all its databases, likewise
   */
  public static List<Diagnostic> ofNames(
      Guardrails rules, Collection<String> tokens, Collection<String> databases) {
    List<Diagnostic> found = new ArrayList<>();
    for (GuardrailSetting setting : rules.active()) {
      if (setting.except().isEmpty()) {
        continue;
      }
      if (setting.rule().isAboutOneToken()) {
        found.addAll(of(setting, tokens, "token", "no token of the policy has this name"));
      } else if (isAboutDatabaseOfPolicy(setting)) {
        found.addAll(of(setting, databases, "database", "no database of the policy has this name"));
      }
    }
    return found;
  }

  /** Whether a rule finds something of databases of the policy alone. */
  private static boolean isAboutDatabaseOfPolicy(GuardrailSetting setting) {
    return setting.rule().isAboutOneDatabase() && setting.rule() != Guardrail.DANGLING;
  }

  private static List<Diagnostic> of(
      GuardrailSetting setting, Collection<String> names, String what, String why) {
    Suggestions suggestions = new Suggestions(names);
    List<Diagnostic> found = new ArrayList<>();
    for (Located<String> entry : setting.except()) {
      if (names.stream().noneMatch(name -> Glob.matches(entry.value(), name))) {
        found.add(
            warning(entry, setting.rule(), what, why)
                .hint(suggestions.hint(entry.value()).orElse("correct it, or remove it")));
      }
    }
    return found;
  }

  /**
   * Those that are about what is live: of the rules about unmanaged tokens and about databases that
   * are gone, and of all rules of a platform file, which may serve other clusters too.
   *
   * @param live all live tokens, whatever their states
   * @param databases the names of all live databases; none where nobody has asked for them, and
   *     then nothing is said of exceptions for databases
   */
  public static List<Diagnostic> ofLive(
      Policy policy, Guardrails platform, Collection<Token> live, Collection<String> databases) {
    List<Diagnostic> found = new ArrayList<>();
    // Nearly all policies have no exceptions, and live may have 100,000 tokens.
    if (!haveExceptions(policy.guardrails()) && !haveExceptions(platform)) {
      return found;
    }
    Set<String> ids = live.stream().map(token -> token.id().toString()).collect(Collectors.toSet());
    Set<String> descriptions =
        live.stream().map(Token::description).collect(Collectors.toCollection(TreeSet::new));
    for (Guardrails rules : List.of(policy.guardrails(), platform)) {
      for (GuardrailSetting setting : rules.active()) {
        if (setting.except().isEmpty()) {
          continue;
        }
        boolean isAboutUnmanaged = setting.rule().about() == Guardrail.About.UNMANAGED;
        if (setting.rule().isAboutOneDatabase()) {
          if (!databases.isEmpty() && (rules == platform || !isAboutDatabaseOfPolicy(setting))) {
            found.addAll(ofDatabases(setting, policy, live, databases));
          }
        } else if (isAboutUnmanaged || rules == platform) {
          found.addAll(ofLive(setting, ids, isAboutUnmanaged ? descriptions : Set.of()));
        }
      }
    }
    return found;
  }

  private static List<Diagnostic> ofDatabases(
      GuardrailSetting setting, Policy policy, Collection<Token> live, Collection<String> there) {
    Set<String> names = new TreeSet<>(there);
    for (DesiredDatabase database : policy.databases()) {
      names.add(database.name().value());
    }
    if (isAboutDatabaseOfPolicy(setting)) {
      return of(
          setting,
          names,
          "database",
          "neither this cluster nor the policy has a database of this name");
    }
    for (Token token : live) {
      for (Permission permission : token.permissions()) {
        names.add(permission.resource());
      }
    }
    names.remove(Permission.ALL_DATABASES);
    return of(
        setting,
        names,
        "database",
        "this cluster has no database of this name, and no token has a permission on it");
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
            warning(entry, setting.rule(), "token", message)
                .hint(suggestions.hint(entry.value()).orElse("correct it, or remove it")));
      }
    }
    return found;
  }

  private static Diagnostic warning(
      Located<String> entry, Guardrail rule, String what, String why) {
    return Diagnostic.warning(
        Code.UNUSED_EXCEPTION,
        entry.where(),
        "\"" + entry.value() + "\" excepts no " + what + " from " + rule + ": " + why);
  }
}
