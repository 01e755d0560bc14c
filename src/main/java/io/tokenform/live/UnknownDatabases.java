package io.tokenform.live;

import io.tokenform.access.Permission;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import io.tokenform.finding.Suggestions;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.PermissionEntries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the permissions of a policy on databases that the cluster does not have. */
public final class UnknownDatabases {
  private UnknownDatabases() {}

  /** Where a database is named. */
  private record Mention(TokenName token, Location where) {}

  /** A warning for each such database, at the first place that names it. */
  public static List<Diagnostic> find(List<DesiredToken> tokens, Collection<String> databases) {
    Set<String> known = new HashSet<>(databases);
    Map<String, List<Mention>> mentions = new TreeMap<>();
    for (DesiredToken token : tokens) {
      for (PermissionEntries permissions : token.entries()) {
        for (Located<Permission> entry : permissions.entries()) {
          Permission permission = entry.value();
          if (!permission.coversAllDatabases() && !known.contains(permission.resource())) {
            mentions
                .computeIfAbsent(permission.resource(), key -> new ArrayList<>())
                .add(new Mention(token.name(), entry.where()));
          }
        }
      }
    }
    Suggestions suggestions = new Suggestions(new TreeSet<>(known));
    List<Diagnostic> warnings = new ArrayList<>();
    mentions.forEach((name, places) -> warnings.add(warning(name, places, suggestions)));
    return warnings;
  }

  private static Diagnostic warning(String name, List<Mention> mentions, Suggestions suggestions) {
    long tokens = mentions.stream().map(Mention::token).distinct().count();
    String who = "\"" + mentions.get(0).token() + "\"";
    String others =
        tokens == 1
            ? ""
            : tokens == 2 ? " and 1 more token" : " and " + (tokens - 1) + " more tokens";
    List<Subject> subjects = new ArrayList<>();
    subjects.add(Subject.ofDatabase(name));
    mentions.stream().map(Mention::token).distinct().map(Subject::of).forEach(subjects::add);
    return Diagnostic.of(
            Guardrail.UNKNOWN_DATABASE,
            mentions.get(0).where(),
            "the cluster has no database \"" + name + "\", named by " + who + others)
        .about(subjects)
        .hint(suggestions.hint(name).orElse("check the name, or create the database"));
  }
}
