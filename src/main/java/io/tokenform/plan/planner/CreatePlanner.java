package io.tokenform.plan.planner;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.finding.Nearest;
import io.tokenform.finding.Subject;
import io.tokenform.plan.Create;
import io.tokenform.plan.Making;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Edges;
import io.tokenform.policy.Expiry;
import io.tokenform.policy.SinkDefinition;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the tokens of the policy that are not there and are to be made. */
final class CreatePlanner implements ChangePlanner<Create> {
  /** Descriptions are compared one by one, which takes its time. */
  private static final int MOST_COMPARED = 200;

  @Override
  public Class<Create> type() {
    return Create.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    Map<Permissions, List<Token>> unmanaged =
        world.unmanaged().stream()
            .filter(token -> !token.permissions().isEmpty())
            .collect(Collectors.groupingBy(Token::permissions));
    Map<String, Token> rewritten = new HashMap<>();
    for (Lineage lineage : world.lineages()) {
      boolean isMade =
          !lineage.hasSuccessor() && lineage.desired().lifecycle().deliver().isPresent();
      if (isMade && (world.plansPolicy() || lineage.hasExpired())) {
        if (rewritten.isEmpty()) {
          world.unmanaged().forEach(token -> rewritten.putIfAbsent(essence(token), token));
        }
        Optional<Token> same =
            lineage.desired().description().map(text -> rewritten.get(essence(text.value())));
        if (same.isPresent()) {
          draft.add(rewritten(lineage.desired(), same.get()));
          continue;
        }
        making(lineage, world, draft)
            .ifPresent(
                making -> {
                  DesiredToken desired = lineage.desired();
                  draft.add(
                      Create.of(
                          world.endpoints(),
                          desired.name(),
                          desired.where(),
                          making,
                          RoleOrigins.of(desired),
                          needsRename(making, world)));
                  similar(making, unmanaged)
                      .ifPresent(token -> draft.add(perhapsTheSame(desired, token)));
                });
      } else if (isMade) {
        draft.unselected(lineage.desired().name());
      }
    }
  }

  /** Whether a new token may use a database that gets its name in the same plan. */
  private static boolean needsRename(Making making, PlannedWorld world) {
    for (Permission permission : making.permissions()) {
      if (world.databases().isNewName(permission.resource())) {
        return true;
      }
    }
    return false;
  }

  /** How a new token of a lineage is made; where its sink is unknown, a finding says so. */
  static Optional<Making> making(Lineage lineage, PlannedWorld world, Draft draft) {
    DesiredToken desired = lineage.desired();
    Located<SinkName> sink = desired.lifecycle().deliver().orElseThrow();
    SinkDefinition definition = world.options().sinks().get(sink.value());
    if (definition == null) {
      draft.add(unknownSink(desired, sink, world.options()));
      return Optional.empty();
    }
    Optional<Expiry> expires = desired.lifecycle().expires().map(Located::value);
    Instant now = world.options().now();
    if (expires.filter(expiry -> !expiry.of(now).isAfter(now)).isPresent()) {
      draft.add(over(desired));
      return Optional.empty();
    }
    Duration overlap = world.options().asked().overlap().orElseGet(lineage::overlap);
    return Optional.of(
        new Making(
            lineage.succession(overlap), expires, sink.value(), definition, lineage.settle()));
  }

  private static Diagnostic over(DesiredToken desired) {
    Located<Expiry> expires = desired.lifecycle().expires().orElseThrow();
    return Diagnostic.error(
            Code.EXPIRES_TOO_SOON,
            expires.where(),
            "a new token of \""
                + desired.name()
                + "\" would expire at "
                + expires.value()
                + ", which is over")
        .about(Subject.of(desired.name()))
        .hint("give a later instant, or a duration such as 120d");
  }

  private static Diagnostic unknownSink(
      DesiredToken desired, Located<SinkName> sink, PlanOptions options) {
    List<String> known = options.sinks().keySet().stream().map(SinkName::value).toList();
    String hint =
        known.isEmpty()
            ? "name the platform file that defines it, with --platform"
            : Nearest.hint(sink.value().value(), known)
                .orElse(
                    "the platform file defines "
                        + known.stream().collect(Collectors.joining(", ")));
    return Diagnostic.error(
            Code.UNKNOWN_SINK,
            sink.where(),
            "there is no sink \""
                + sink.value()
                + "\" for the secret of \""
                + desired.name()
                + "\"")
        .about(Subject.of(desired.name()))
        .hint(hint);
  }

  /**
   * What is left of a description whatever a cluster does to blanks, to characters that nobody sees
   * and to those that can be written in several ways.
   */
  private static String essence(String description) {
    return Normalizer.normalize(description, Normalizer.Form.NFKC)
        .codePoints()
        .filter(character -> !Edges.isBlank(character))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String essence(Token token) {
    return essence(LiveDescription.parse(token.description()).text());
  }

  /** A cluster that rewrites descriptions would get one more token with each apply. */
  private static Diagnostic rewritten(DesiredToken desired, Token token) {
    Located<String> description = desired.description().orElseThrow();
    return Diagnostic.error(
            Code.SIMILAR_TOKEN,
            description.where(),
            "\""
                + desired.name()
                + "\" would be made with the description \""
                + description.value()
                + "\", and the live token "
                + token.id()
                + " has almost the same, \""
                + token.description()
                + "\": the cluster may have changed it")
        .about(Subject.of(desired.name()))
        .hint(
            "if that is the token, write the description as the cluster has it; if not, revoke it"
                + " (tokenform token revoke "
                + token.id()
                + ") or give one of the two another description");
  }

  /** An unmanaged token that may be the one that is to be made, under an older description. */
  private static Optional<Token> similar(Making making, Map<Permissions, List<Token>> unmanaged) {
    List<Token> sameAccess =
        unmanaged.getOrDefault(making.permissions(), List.of()).stream()
            .limit(MOST_COMPARED)
            .toList();
    List<String> descriptions = sameAccess.stream().map(Token::description).toList();
    return Nearest.to(making.description(), descriptions)
        .flatMap(
            nearest ->
                sameAccess.stream()
                    .filter(token -> token.description().equals(nearest))
                    .findFirst());
  }

  private static Diagnostic perhapsTheSame(DesiredToken desired, Token token) {
    return Diagnostic.warning(
            Code.SIMILAR_TOKEN,
            desired.where(),
            "\""
                + desired.name()
                + "\" would be made, and \""
                + token.description()
                + "\" ("
                + token.id()
                + "), which the policy does not name, has the same permissions")
        .about(Subject.of(desired.name()))
        .hint(
            "if that is the same token under an old description, add was: [\""
                + token.description()
                + "\"]");
  }
}
