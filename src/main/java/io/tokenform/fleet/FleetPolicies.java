package io.tokenform.fleet;

import io.tokenform.access.Glob;
import io.tokenform.access.TokenName;
import io.tokenform.access.Uuids;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.FleetMember;
import io.tokenform.policy.PlacementCheck;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.Role;
import io.tokenform.policy.UnusedExceptions;
import io.tokenform.policy.expect.Expectation;
import io.tokenform.policy.placement.ClusterName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policies of the clusters of a fleet. What is wrong with one of them hides no other.
 *
 * @param all in the order of the fleet file
 */
public record FleetPolicies(Fleet fleet, List<ClusterPolicy> all) {
  /** Fewer are made one after another: starting threads would take longer. */
  private static final int WORTH_THREADS = 8;

  /** Clusters beyond this many are counted and not named. */
  private static final int MOST_NAMES = 5;

  public FleetPolicies {
    all = List.copyOf(all);
  }

  /**
   * Makes the policy of each cluster.
   *
   * @param chosen some or all clusters of the fleet, in its order
   * @param files the files of a cluster; asked on several threads at the same time
   */
  public static FleetPolicies of(
      Fleet fleet, List<FleetCluster> chosen, Function<FleetCluster, ClusterFiles> files) {
    Stream<FleetCluster> clusters =
        chosen.size() >= WORTH_THREADS ? chosen.parallelStream() : chosen.stream();
    Merges merges = new Merges(fleet);
    return new FleetPolicies(
        fleet, clusters.map(cluster -> policy(cluster, files.apply(cluster), merges)).toList());
  }

  private static ClusterPolicy policy(FleetCluster cluster, ClusterFiles files, Merges merges) {
    Findings findings = new Findings();
    findings.addAll(files.problems());
    Optional<Policy> policy = Optional.empty();
    if (!files.files().isEmpty()) {
      Merged merged = merges.of(cluster, files.files());
      policy = merged.policy();
      findings.addAll(merged.findings());
    }
    return new ClusterPolicy(
        cluster, findings.haveErrors() ? Optional.empty() : policy, findings.sorted());
  }

  /** The policy of some files, or what is wrong with it. */
  private record Merged(Optional<Policy> policy, List<Diagnostic> findings) {}

  /**
   * Makes one policy of several files, once for all clusters that have the same files, unless these
   * tell clusters apart. May be used on any thread.
   */
  private static final class Merges {
    private final PlacementCheck placements;
    private final Map<SameFiles, Merged> made = new ConcurrentHashMap<>();

    Merges(Fleet fleet) {
      this.placements = new PlacementCheck(fleet.places());
    }

    Merged of(FleetCluster cluster, List<PolicyFile> files) {
      if (files.stream().anyMatch(PolicyFile::dependsOnCluster)) {
        return make(cluster, files);
      }
      Merged first = made.computeIfAbsent(new SameFiles(files), same -> make(cluster, files));
      return new Merged(
          first.policy().map(policy -> policy.on(cluster.cluster())), first.findings());
    }

    private Merged make(FleetCluster cluster, List<PolicyFile> files) {
      FleetMember member = new FleetMember(cluster.place(), cluster.cluster(), placements);
      try {
        Policy policy = PolicyParser.merge(files, member);
        return new Merged(Optional.of(policy), policy.warnings());
      } catch (InvalidPolicyException e) {
        return new Merged(Optional.empty(), e.findings());
      }
    }
  }

  /**
   * Files in their order; a file that clusters share is one object, and its content is not asked.
   */
  private record SameFiles(List<PolicyFile> files) {}

  /**
   * The same beside a platform file and the other clusters of the fleet. Each delivery whose secret
   * would replace that of another cluster is an error: to a sink that does not tell clusters apart,
   * of a token that several clusters have. Where somebody expects something of a token that a
   * cluster does not have, its policy knows the names of those of all others.
   *
   * @param whole the policies of all clusters of the fleet; asked only where they matter
   */
  public FleetPolicies within(Platform platform, Supplier<FleetPolicies> whole) {
    SharedSinks sinks = new SharedSinks(platform.sinks());
    boolean mayMeet = all.stream().anyMatch(one -> !sinks.deliveries(one).isEmpty());
    boolean meansOthers = all.stream().anyMatch(one -> meansOthers(one, platform.expectations()));
    if (!mayMeet && !meansOthers) {
      return this;
    }
    List<ClusterPolicy> everywhere =
        all.size() == fleet.clusters().size() ? all : whole.get().all();
    FleetPolicies checked = new FleetPolicies(fleet, sinks.checked(all, everywhere));
    return meansOthers ? checked.in(names(everywhere)) : checked;
  }

  /** Whether something is expected of a token that is no token of the cluster. */
  private static boolean meansOthers(ClusterPolicy one, List<Expectation> everywhere) {
    if (one.policy().isEmpty()) {
      return false;
    }
    Policy policy = one.policy().get();
    return Stream.concat(everywhere.stream(), policy.expectations().stream())
        .flatMap(expectation -> expectation.tokens().stream())
        .map(Located::value)
        .filter(pattern -> !Uuids.isUuid(pattern))
        .anyMatch(
            pattern ->
                policy.tokens().stream()
                    .noneMatch(token -> Glob.matches(pattern, token.name().value())));
  }

  private static Set<TokenName> names(List<ClusterPolicy> clusters) {
    return clusters.stream()
        .flatMap(one -> one.policy().stream())
        .flatMap(policy -> policy.tokens().stream())
        .map(DesiredToken::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private FleetPolicies in(Set<TokenName> names) {
    return new FleetPolicies(
        fleet,
        all.stream()
            .map(
                one ->
                    new ClusterPolicy(
                        one.cluster(),
                        one.policy().map(policy -> policy.in(names)),
                        one.findings()))
            .toList());
  }

  /**
   * Everything that was found, by its place: what is wrong with a file that several clusters share
   * is there once. Also roles that no cluster uses, and exceptions that except no token of any, if
   * all clusters of the fleet are here and valid.
   */
  public List<Diagnostic> findings() {
    Findings findings = new Findings();
    all.forEach(one -> findings.addAll(one.findings()));
    findings.addAll(findingsOfFleet());
    return findings.sorted();
  }

  /**
   * What is found in no cluster, and in the fleet as a whole: roles that no cluster uses, and
   * exceptions that except no token of any; nothing unless all clusters of the fleet are here and
   * valid.
   */
  public List<Diagnostic> findingsOfFleet() {
    Findings findings = new Findings();
    if (all.size() == fleet.clusters().size() && areValid()) {
      findings.addAll(unusedRoles());
      findings.addAll(unusedExceptions());
    }
    return findings.sorted();
  }

  /**
   * Warnings of tokens that have one id on several of these clusters: it is that of a token on one
   * of them, and on the others nobody has it.
   */
  public List<Diagnostic> sharedIds() {
    Map<Location, List<ClusterName>> clusters = new LinkedHashMap<>();
    Map<Location, DesiredToken> tokens = new LinkedHashMap<>();
    for (ClusterPolicy one : all) {
      for (DesiredToken token : one.policy().map(Policy::tokens).orElse(List.of())) {
        token
            .id()
            .ifPresent(
                id -> {
                  tokens.putIfAbsent(id.where(), token);
                  clusters.computeIfAbsent(id.where(), any -> new ArrayList<>()).add(one.name());
                });
      }
    }
    clusters.values().removeIf(names -> names.size() < 2);
    return clusters.entrySet().stream()
        .map(shared -> sharedId(shared.getKey(), tokens.get(shared.getKey()), shared.getValue()))
        .toList();
  }

  private static Diagnostic sharedId(Location where, DesiredToken token, List<ClusterName> names) {
    int more = names.size() - MOST_NAMES;
    return Diagnostic.warning(
            Code.DUPLICATE_ID,
            where,
            "\""
                + token.name()
                + "\" has this id on "
                + names.stream()
                    .limit(MOST_NAMES)
                    .map(ClusterName::value)
                    .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "")
                + ", and each cluster gives its tokens ids of their own")
        .about(Subject.of(token.name()))
        .hint(
            "give the id on each cluster, ids: {"
                + names.get(0)
                + ": ID, "
                + names.get(1)
                + ": ID}, or limit the token to one of them with clusters");
  }

  /** Whether the policy of each cluster is valid. */
  public boolean areValid() {
    return all.stream().allMatch(one -> one.policy().isPresent());
  }

  private List<Diagnostic> unusedRoles() {
    Map<Location, Role> roles = new LinkedHashMap<>();
    Set<Location> used = new HashSet<>();
    for (ClusterPolicy one : all) {
      Policy policy = one.policy().orElseThrow();
      policy.roles().forEach(role -> roles.put(role.where(), role));
      policy.tokens().forEach(token -> token.roles().forEach(role -> used.add(role.where())));
    }
    return roles.values().stream()
        .filter(role -> !used.contains(role.where()))
        .map(
            role ->
                Diagnostic.warning(
                        Code.UNUSED_ROLE,
                        role.where(),
                        "no token of the fleet has the role \"" + role.name() + "\"")
                    .hint("remove it, or name it in the roles of a token"))
        .toList();
  }

  private List<Diagnostic> unusedExceptions() {
    Set<String> names = new TreeSet<>();
    Set<String> databases = new TreeSet<>();
    for (ClusterPolicy one : all) {
      Policy policy = one.policy().orElseThrow();
      policy.tokens().forEach(token -> names.add(token.name().value()));
      policy.databases().forEach(database -> databases.add(database.name().value()));
    }
    return all.stream()
        .map(one -> one.policy().orElseThrow().guardrails())
        .flatMap(rules -> UnusedExceptions.ofNames(rules, names, databases).stream())
        .toList();
  }
}
