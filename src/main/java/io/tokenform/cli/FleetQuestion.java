package io.tokenform.cli;

import io.tokenform.access.Glob;
import io.tokenform.access.Permission;
import io.tokenform.access.TokenListing;
import io.tokenform.access.TokenName;
import io.tokenform.access.Uuids;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.fleet.FleetReading;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cluster.ApiException;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.policy.Policy;
import io.tokenform.report.fleet.FleetWhoCan;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who can do something with a database, as each cluster of a fleet is asked. */
final class FleetQuestion implements FleetReading.Question<FleetWhoCan.Found> {
  private final WhoCanQuestion question;
  private final Set<TokenName> names;
  private final Instant now;
  private final String apply;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Of what is expected, whether any cluster of the fleet has a token of such a name. */
  private final Map<String, Boolean> fitsAny = new ConcurrentHashMap<>();

  /**
   * @param names those of all tokens that any of the clusters has
   * @param now the time by which tokens count as expired
   * @param apply the command that makes the fleet what its policies say
   */
  FleetQuestion(WhoCanQuestion question, Set<TokenName> names, Instant now, String apply) {
    this.question = question;
    this.names = names;
    this.now = now;
    this.apply = apply;
  }

  WhoCanQuestion question() {
    return question;
  }

  @Override
  public FleetWhoCan.Found ask(ClusterPolicy cluster, LiveReader reader, Run teller)
      throws ApiException, InputException, InvalidPolicyException {
    Policy policy = cluster.valid();
    TokenListing live = reader.listing();
    FleetReading.tellUnreadable(cluster.name(), live, teller);
    Optional<List<String>> databases =
        question.wanted().resource().equals(Permission.ALL_DATABASES)
            ? Optional.empty()
            : Optional.of(reader.databases());
    return new FleetWhoCan.Found(
        question.answer(
            Optional.of(policy),
            reader,
            live,
            now,
            entry -> isHere(entry, policy.tokenNames(), live),
            apply),
        databases);
  }

  /**
   * Whether a token that is expected to can be expected on a cluster: an id is that of one cluster,
   * and a name that only other clusters have is not missing on this one.
   */
  private boolean isHere(String entry, Set<TokenName> own, TokenListing live) {
    if (!Uuids.isUuid(entry)) {
      return !fitsAny.computeIfAbsent(entry, it -> fits(it, names)) || fits(entry, own);
    }
    String id = entry.toLowerCase(Locale.ROOT);
    boolean isLive = live.tokens().stream().anyMatch(token -> token.id().toString().equals(id));
    if (isLive) {
      seen.add(id);
    }
    return isLive;
  }

  private static boolean fits(String entry, Collection<TokenName> names) {
    return names.stream().anyMatch(name -> Glob.matches(entry, name.value()));
  }

  /** The ids of those that are expected to which no cluster has that answered. */
  List<String> unknownIds() {
    return question.expected().ids().stream()
        .filter(id -> !seen.contains(id.toLowerCase(Locale.ROOT)))
        .toList();
  }
}
