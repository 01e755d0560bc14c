package io.tokenform.policy.placement;

import io.tokenform.access.Glob;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.finding.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** All clusters of a fleet, as selectors see them. May be used on any thread. */
public final class Places {
  /** How many names a hint lists. */
  private static final int MOST_NAMES = 20;

  private final String what;
  private final List<Place> places;
  private final Map<ClusterName, Place> byName;

  /** What was found of each selector, for many tokens have the same. */
  private final Map<ClusterSelector, Optional<Mistake>> known = new ConcurrentHashMap<>();

  public Places(List<Place> places) {
    this("the fleet", places);
  }

  /**
   * Clusters of which not all need to be here.
   *
   * @param what what has them, for messages
   */
  public Places(String what, List<Place> places) {
    this.what = what;
    this.places = List.copyOf(places);
    this.byName =
        places.stream().collect(Collectors.toMap(Place::name, place -> place, (a, b) -> a));
  }

  /**
   * Why a selector cannot be meant.
   *
   * @param message as one sentence without a full stop
   * @param hint what to do about it
   */
  public record Mistake(String message, String hint) {}

  /** The cluster of that name, if the fleet has it. */
  public Optional<Place> named(ClusterName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * What is wrong with a selector: it means no cluster, or it names a label that no cluster has.
   * The latter matters for {@code LABEL!=VALUE} too, which would mean every cluster.
   */
  public Optional<Mistake> mistake(ClusterSelector selector) {
    return known.computeIfAbsent(selector, this::find);
  }

  /** The same as a finding. */
  public Optional<Diagnostic> unknown(Located<ClusterSelector> selector) {
    return mistake(selector.value())
        .map(
            found ->
                Diagnostic.error(Code.UNKNOWN_CLUSTER, selector.where(), found.message())
                    .hint(found.hint()));
  }

  /** The finding that the fleet has no cluster of that name, if it has none. */
  public Optional<Diagnostic> unknownName(Located<ClusterName> name) {
    if (byName.containsKey(name.value())) {
      return Optional.empty();
    }
    Mistake found = noCluster(name.value().value());
    return Optional.of(
        Diagnostic.error(Code.UNKNOWN_CLUSTER, name.where(), found.message()).hint(found.hint()));
  }

  private Optional<Mistake> find(ClusterSelector selector) {
    for (ClusterSelector.Term term : selector.terms()) {
      Optional<Mistake> found = term.mistakeIn(this);
      if (found.isPresent()) {
        return found;
      }
    }
    return places.stream().anyMatch(selector::selects)
        ? Optional.empty()
        : Optional.of(nothingMeant(selector.toString()));
  }

  Mistake nothingMeant(String selector) {
    return new Mistake(
        "no cluster of " + what + " is meant by \"" + selector + "\"",
        "correct it, or remove it; " + clusters());
  }

  /** Whether the name or the pattern means a cluster. */
  boolean have(String glob) {
    return places.stream().anyMatch(place -> Glob.matches(glob, place.name().value()));
  }

  /** The keys of all labels. */
  Collection<String> labelKeys() {
    return places.stream()
        .flatMap(place -> place.labels().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The values that clusters have for a label. */
  Collection<String> labelValues(String key) {
    return places.stream()
        .flatMap(place -> Optional.ofNullable(place.labels().get(key)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Mistake noCluster(String name) {
    return new Mistake(
        what + " has no cluster \"" + name + "\"",
        Nearest.hint(name, names()).orElseGet(this::clusters));
  }

  /**
   * The same of a name in a selector, where it may be the value of a label that is meant.
   *
   * @param relation what stands between a label and such a value
   */
  Mistake notNamed(String name, String relation) {
    return labelKeys().stream()
        .filter(key -> labelValues(key).contains(name))
        .findFirst()
        .map(
            key ->
                new Mistake(
                    noCluster(name).message(), "did you mean " + key + relation + name + "?"))
        .orElseGet(() -> noCluster(name));
  }

  private List<String> names() {
    return places.stream().map(place -> place.name().value()).toList();
  }

  private String clusters() {
    String first = names().stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = places.size() - MOST_NAMES;
    return places.isEmpty()
        ? what + " has no clusters"
        : places.size() == 1
            ? "the only cluster is " + first
            : "the clusters are " + first + (more > 0 ? ", and " + more + " more" : "");
  }
}
