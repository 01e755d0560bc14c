package io.tokenform.policy;

import io.tokenform.access.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The desired state.
 *
 * @param sources the texts of its files, in the order in which they were given; at least one
 * @param cluster the cluster that the policy is for, where it says so
 * @param tokens what it says of each token, by name; names and ids are unique
 * @param roles all roles, by name; names are unique
 * @param guardrails what a plan has to pass
 * @param warnings what is probably not meant, in the order of {@link Diagnostic#BY_PLACE}
 */
public record Policy(
    List<SourceText> sources,
    Optional<ClusterSection> cluster,
    List<DesiredToken> tokens,
    List<Role> roles,
    Guardrails guardrails,
    List<Diagnostic> warnings) {
  public Policy {
    sources = List.copyOf(sources);
    Objects.requireNonNull(cluster, "cluster");
    tokens = List.copyOf(tokens);
    roles = List.copyOf(roles);
    Objects.requireNonNull(guardrails, "guardrails");
    warnings = List.copyOf(warnings);
  }

  /** The finding that a file holds this secret, if one does. */
  public Optional<Diagnostic> disclosing(Secret secret) {
    return sources.stream().flatMap(source -> disclosing(source, secret).stream()).findFirst();
  }

  private static Optional<Diagnostic> disclosing(SourceText source, Secret secret) {
    OptionalInt index = secret.indexIn(source.content());
    if (index.isEmpty()) {
      return Optional.empty();
    }
    Location where = source.locate(index.getAsInt(), secret.reveal().length());
    source.conceal(where.line());
    return Optional.of(
        Diagnostic.error(
                Code.SECRET_IN_POLICY,
                where,
                "this is the management token, and a policy holds no secret")
            .hint(PolicyFileParser.SECRET_HINT));
  }

  /** The beginning of the first file, for what has no place of its own. */
  public Location start() {
    return new Location(sources.get(0), 1, 1, 1);
  }
}
