package io.tokenform.policy;

import io.tokenform.access.Masking;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.database.DesiredDatabase;
import io.tokenform.policy.expect.Expectation;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The desired state.
 *
 * @param sources the texts of its files, in the order in which they were given; at least one
 * @param cluster the cluster that the policy is for, where it says so
 * @param tokens what it says of each token, by name; names and ids are unique
 * @param databases what it says of each database of its cluster, by name; names are unique, and no
 *     former name is that of another
 * @param roles all roles, by name; names are unique
 * @param guardrails what a plan has to pass
 * @param expectations what must hold of access, in the order of the files
 * @param warnings what is probably not meant, in the order of {@link Diagnostic#BY_PLACE}
 * @param fleet the names of the tokens of all clusters of the fleet, its own among them, if it is
 *     for one of a fleet and somebody has to know them
 */
public record Policy(
    List<SourceText> sources,
    Optional<ClusterSection> cluster,
    List<DesiredToken> tokens,
    List<DesiredDatabase> databases,
    List<Role> roles,
    Guardrails guardrails,
    List<Expectation> expectations,
    List<Diagnostic> warnings,
    Set<TokenName> fleet) {
  public Policy {
    sources = List.copyOf(sources);
    Objects.requireNonNull(cluster, "cluster");
    tokens = List.copyOf(tokens);
    databases = List.copyOf(databases);
    roles = List.copyOf(roles);
    Objects.requireNonNull(guardrails, "guardrails");
    expectations = List.copyOf(expectations);
    warnings = List.copyOf(warnings);
    fleet = Set.copyOf(fleet);
  }

  /** A policy for a cluster alone, which says nothing of databases. */
  public Policy(
      List<SourceText> sources,
      Optional<ClusterSection> cluster,
      List<DesiredToken> tokens,
      List<Role> roles,
      Guardrails guardrails,
      List<Expectation> expectations,
      List<Diagnostic> warnings) {
    this(sources, cluster, tokens, List.of(), roles, guardrails, expectations, warnings, Set.of());
  }

  /** A policy that expects nothing. */
  public Policy(
      List<SourceText> sources,
      Optional<ClusterSection> cluster,
      List<DesiredToken> tokens,
      List<Role> roles,
      Guardrails guardrails,
      List<Diagnostic> warnings) {
    this(sources, cluster, tokens, roles, guardrails, List.of(), warnings);
  }

  /** Whether it stands in files, where somebody can change it; {@link UnwrittenPolicy} does not. */
  public boolean isWritten() {
    for (SourceText source : sources) {
      if (!source.content().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The finding that a file holds one of these secrets, if one does.
   *
   * @param what what they are, for people
   */
  public Optional<Diagnostic> disclosing(Masking secrets, String what) {
    return sources.stream()
        .flatMap(source -> source.disclosing(secrets, what).stream())
        .findFirst();
  }

  /** The names of all its tokens. */
  public Set<TokenName> tokenNames() {
    return tokens.stream().map(DesiredToken::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The names of all databases of which it says something. */
  public Set<DatabaseName> databaseNames() {
    Set<DatabaseName> names = new HashSet<>();
    for (DesiredDatabase database : databases) {
      names.add(database.name());
    }
    return Set.copyOf(names);
  }

  /** The same for another cluster. */
  public Policy on(ClusterSection other) {
    return new Policy(
        sources,
        Optional.of(other),
        tokens,
        databases,
        roles,
        guardrails,
        expectations,
        warnings,
        fleet);
  }

  /** The same with these databases and no others, by name. */
  public Policy with(List<DesiredDatabase> these) {
    return new Policy(
        sources, cluster, tokens, these, roles, guardrails, expectations, warnings, fleet);
  }

  /** The same in a fleet, whose clusters have tokens of these names. */
  public Policy in(Set<TokenName> names) {
    return new Policy(
        sources, cluster, tokens, databases, roles, guardrails, expectations, warnings, names);
  }

  /** The beginning of the first file, for what has no place of its own. */
  public Location start() {
    return new Location(sources.get(0), 1, 1, 1);
  }
}
