package io.tokenform.policy.placement;

import io.tokenform.access.TokenId;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a token says with {@code clusters} and {@code ids}. */
public final class PlacementParser {
  private final Findings findings;
  private final Values values;

  public PlacementParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  /** What the keys of a token say; nothing where it has neither. */
  public Optional<Placement> parse(Fields token) {
    List<Located<ClusterSelector>> clusters =
        token.value("clusters").map(this::clusters).orElse(List.of());
    SortedMap<ClusterName, Placement.Id> ids =
        token.value("ids").map(this::ids).orElseGet(TreeMap::new);
    Optional<Location> where = token.keyOf("clusters").or(() -> token.keyOf("ids"));
    return where.map(place -> new Placement(place, clusters, ids));
  }

  private List<Located<ClusterSelector>> clusters(YamlNode node) {
    String expected = "clusters must be a list of selectors or a map of labels";
    if (Values.isNull(node)) {
      findings.add(Values.missingValue(node, expected));
      return List.of();
    }
    if (node instanceof YamlNode.Scalar) {
      findings.add(Values.wrongType(node, expected).hint("write clusters: " + Values.asList(node)));
      return List.of();
    }
    return new SelectorParser(findings).selectors(node, "clusters");
  }

  private SortedMap<ClusterName, Placement.Id> ids(YamlNode node) {
    SortedMap<ClusterName, Placement.Id> ids = new TreeMap<>();
    Optional<YamlNode.Mapping> mapping = values.mapping(node, "ids", "ids: {CLUSTER: UUID}");
    if (mapping.isEmpty()) {
      return ids;
    }
    if (mapping.get().entries().isEmpty()) {
      findings.add(
          SelectorParser.empty(
              node, "ids must be a map of clusters", "write CLUSTER: UUID, or remove the key"));
    }
    Fields.byKey(mapping.get(), Code.DUPLICATE_KEY, "the cluster", "keep one of them", findings)
        .forEach(
            (key, entry) -> {
              Optional<ClusterName> name = name(new Located<>(key, entry.key().where()));
              Optional<Located<TokenId>> id = values.tokenId(entry.value());
              if (name.isPresent() && id.isPresent()) {
                ids.put(name.get(), new Placement.Id(entry.key().where(), id.get()));
              }
            });
    return ids;
  }

  private Optional<ClusterName> name(Located<String> key) {
    try {
      return Optional.of(new ClusterName(key.value()));
    } catch (IllegalArgumentException e) {
      findings.add(
          Diagnostic.error(Code.BAD_NAME, key.where(), e.getMessage())
              .hint("write the name that the cluster has in the fleet file"));
      return Optional.empty();
    }
  }
}
