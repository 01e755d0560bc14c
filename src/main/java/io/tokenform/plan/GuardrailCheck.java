package io.tokenform.plan;

import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.policy.Code;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Diagnostic;
import io.tokenform.policy.Guardrail;
import io.tokenform.policy.GuardrailSetting;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Located;
import io.tokenform.policy.Location;
import io.tokenform.policy.TokenName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds a plan against one set of guardrails. */
final class GuardrailCheck {
  /** Unmanaged tokens beyond this many are counted and not named. */
  private static final int MOST_NAMED = 5;

  /**
   * What the guardrails look at.
   *
   * @param start a place for what has none of its own
   * @param managed the policy's tokens that the plan is about, each with its live token
   * @param policyTokens how many tokens the policy names, whether the plan is about them or not
   */
  record Subject(
      Location start,
      List<Change> changes,
      List<Managed> managed,
      int policyTokens,
      List<DesiredToken> selected,
      List<Token> unmanaged,
      Collection<String> databases,
      Instant now) {}

  /** What is found; two sets of guardrails may find the same, each at its own place. */
  private record Key(Code code, String message) {}

  /** A token of the policy and the live token that it means. */
  record Managed(DesiredToken desired, Token live) {}

  private final Subject subject;
  private final Set<Allowance> allowances;
  private final Map<Key, Diagnostic> findings = new LinkedHashMap<>();
  private final SortedSet<Allowance> used = new TreeSet<>();

  GuardrailCheck(Subject subject, Set<Allowance> allowances) {
    this.subject = subject;
    this.allowances = allowances;
  }

  /** Finds what breaks the policy's guardrails or the platform's, which add up. */
  void check(Guardrails policy, Guardrails platform) {
    // Of two that find the same, the stricter one counts, and then the one that nobody can loosen.
    Stream.of(platform, policy)
        .flatMap(guardrails -> guardrails.active().stream())
        .sorted(Comparator.comparing(GuardrailSetting::level))
        .forEach(this::check);
  }

  /** What breaks them, and what was allowed to. */
  Collection<Diagnostic> findings() {
    return findings.values();
  }

  /** The allowances without which there would have been a denial. */
  SortedSet<Allowance> used() {
    return used;
  }

  private void check(GuardrailSetting setting) {
    switch (setting.rule()) {
      case WILDCARD_WRITE -> wildcards(setting, "write");
      case WILDCARD_READ -> wildcards(setting, "read");
      case LOCKOUT -> lockouts(setting);
      case WIDENING -> widening(setting);
      case UNKNOWN_DATABASE ->
          UnknownDatabases.find(subject.selected(), subject.databases())
              .forEach(finding -> add(setting, Optional.empty(), finding));
      case UNMANAGED_TOKEN -> unmanaged(setting);
      case DESCRIPTION -> descriptions(setting);
      case MAX_CHANGES -> maxChanges(setting);
      case EXPIRING -> expiring(setting);
    }
  }

  private void wildcards(GuardrailSetting setting, String action) {
    for (Change change : subject.changes()) {
      boolean gives =
          change.gained().stream()
              .anyMatch(
                  permission ->
                      permission.coversAllDatabases() && permission.action().name().equals(action));
      if (gives) {
        add(setting, change, "would get \"" + action + " " + Permission.ALL_DATABASES + "\"");
      }
    }
  }

  private void lockouts(GuardrailSetting setting) {
    for (Change change : subject.changes()) {
      if (!change.permissionsBefore().isEmpty() && change.permissionsAfter().isEmpty()) {
        add(setting, change, "would lose all its access");
      }
    }
  }

  private void widening(GuardrailSetting setting) {
    for (Change change : subject.changes()) {
      if (!change.accessGained().isEmpty()) {
        String gained =
            change.accessGained().stream()
                .map(Permission::toString)
                .collect(Collectors.joining(", "));
        add(setting, change, "would gain access: " + gained);
      }
    }
  }

  private void unmanaged(GuardrailSetting setting) {
    List<Token> found =
        subject.unmanaged().stream()
            .filter(
                token ->
                    !setting.excepts(token.id().toString())
                        && !setting.excepts(token.description()))
            .toList();
    if (found.isEmpty()) {
      return;
    }
    String names =
        found.stream()
            .limit(MOST_NAMED)
            .map(token -> "\"" + token.description() + "\" (" + token.id() + ")")
            .collect(Collectors.joining(", "));
    String more = found.size() > MOST_NAMED ? " and " + (found.size() - MOST_NAMED) + " more" : "";
    String what =
        found.size() == 1
            ? "an active token is not in the policy: "
            : found.size() + " active tokens are not in the policy: ";
    Diagnostic finding =
        Diagnostic.warning(setting.rule().code(), place(setting), what + names + more)
            .hint("add it to the policy, or to the rule's except list");
    add(setting, Optional.empty(), finding);
  }

  private void descriptions(GuardrailSetting setting) {
    for (Managed managed : subject.managed()) {
      DesiredToken desired = managed.desired();
      String description =
          desired.description().map(Located::value).orElse(managed.live().description());
      boolean fits = setting.pattern().orElseThrow().matcher(description).matches();
      if (!fits && !setting.excepts(desired.name().value())) {
        Location where = desired.description().map(Located::where).orElse(desired.where());
        Diagnostic finding =
            Diagnostic.warning(
                    setting.rule().code(),
                    where,
                    "the description \""
                        + description
                        + "\" of \""
                        + desired.name()
                        + "\" does not match "
                        + setting.pattern().orElseThrow())
                .hint("choose another description");
        add(setting, Optional.of(desired.name()), finding);
      }
    }
  }

  private void maxChanges(GuardrailSetting setting) {
    long changes = subject.changes().size();
    long managed = subject.policyTokens();
    boolean tooMany = setting.changes().isPresent() && changes > setting.changes().getAsInt();
    boolean tooLarge =
        setting.percent().isPresent() && changes * 100 > setting.percent().getAsInt() * managed;
    if (!tooMany && !tooLarge) {
      return;
    }
    String limit =
        tooMany
            ? "at most " + setting.changes().getAsInt()
            : "at most " + setting.percent().getAsInt() + " % of the policy's " + managed;
    Diagnostic finding =
        Diagnostic.warning(
                setting.rule().code(),
                place(setting),
                "there are " + changes + " changes, and there should be " + limit)
            .hint("apply them in parts with --target");
    add(setting, Optional.empty(), finding);
  }

  private void expiring(GuardrailSetting setting) {
    int days = setting.days().orElse(GuardrailSetting.DEFAULT_DAYS);
    Instant soon = subject.now().plus(Duration.ofDays(days));
    for (Managed managed : subject.managed()) {
      Token live = managed.live();
      boolean expires = !live.isExpired(subject.now()) && live.isExpired(soon);
      if (expires && !setting.excepts(managed.desired().name().value())) {
        Diagnostic finding =
            Diagnostic.warning(
                    setting.rule().code(),
                    managed.desired().where(),
                    "the token of \""
                        + managed.desired().name()
                        + "\" expires soon, at "
                        + live.expiresAt().orElseThrow())
                .hint("make a new token, and give its id here");
        add(setting, Optional.of(managed.desired().name()), finding);
      }
    }
  }

  private void add(GuardrailSetting setting, Change change, String what) {
    if (!setting.excepts(change.token().value())) {
      Diagnostic finding =
          Diagnostic.warning(
              setting.rule().code(), change.where(), "\"" + change.token() + "\" " + what);
      add(setting, Optional.of(change.token()), finding);
    }
  }

  private void add(GuardrailSetting setting, Optional<TokenName> token, Diagnostic warning) {
    Diagnostic finding =
        setting.where().filter(place -> !place.equals(warning.where())).isPresent()
            ? warning.alsoAt(setting.where().get())
            : warning;
    if (setting.level() != Guardrail.Level.DENY) {
      put(finding);
      return;
    }
    Optional<Allowance> allowed =
        allowances.stream()
            .sorted()
            .filter(allowance -> allowance.covers(setting.rule(), token))
            .findFirst();
    if (allowed.isPresent()) {
      used.add(allowed.get());
      put(finding.hint("allowed once with " + allowed.get().option()));
      return;
    }
    String option = new Allowance(setting.rule(), token).option();
    String hint = warning.hint().map(text -> text + "; ").orElse("");
    put(finding.asDenied().hint(hint + "allow it once with " + option));
  }

  private void put(Diagnostic finding) {
    findings.putIfAbsent(new Key(finding.code(), finding.message()), finding);
  }

  private Location place(GuardrailSetting setting) {
    return setting.where().orElse(subject.start());
  }
}
