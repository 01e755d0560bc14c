package io.tokenform.policy;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads what a policy or a fleet file says of a cluster. */
public final class ClusterParser {
  /** The keys that say which cluster it is. */
  public static final List<String> KEYS =
      List.of("product", "accountId", "clusterId", "url", "seed");

  /** The keys for words that people write instead. */
  public static final Map<String, String> SYNONYMS =
      Map.of("host", "url", "address", "url", "type", "product");

  private static final String SECTION = "the cluster section";
  private static final Keys OF_SECTION = new Keys(KEYS, SYNONYMS, Map.of());

  private final Findings findings;
  private final Values values;

  public ClusterParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  Optional<ClusterSection> parse(YamlNode node) {
    Optional<YamlNode.Mapping> mapping =
        values.mapping(node, SECTION, "cluster: {product: sandbox}");
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    return parse(
        Fields.of(mapping.get(), SECTION, OF_SECTION, findings), mapping.get().where(), SECTION);
  }

  /**
   * Reads the keys that say which cluster it is.
   *
   * @param fields the map that has them, and maybe others
   * @param where the place of the map
   * @param what the map's name in messages
   */
  public Optional<ClusterSection> parse(Fields fields, Location where, String what) {
    Optional<Located<UUID>> accountId =
        fields.value("accountId").flatMap(value -> values.uuid(value, "an account's id"));
    Optional<Located<UUID>> clusterId =
        fields.value("clusterId").flatMap(value -> values.uuid(value, "a cluster's id"));
    Optional<Located<ClusterUrl>> url = fields.value("url").flatMap(values::url);
    Optional<Located<String>> seed =
        fields.value("seed").flatMap(value -> values.string(value, "a seed file's path"));
    Optional<Located<Product>> product = product(fields, where, what);
    product.ifPresent(known -> checkKeys(known, fields, what));
    return product.map(
        known -> new ClusterSection(known, accountId, clusterId, url, seed, Optional.empty()));
  }

  private Optional<Located<Product>> product(Fields fields, Location where, String what) {
    Optional<YamlNode> node = fields.value("product");
    if (node.isEmpty()) {
      if (fields.mean("product")) {
        return Optional.empty();
      }
      findings.add(
          Diagnostic.error(Code.MISSING_KEY, where, what + " has no product")
              .hint("add product: " + String.join(" or ", Product.words())));
      return Optional.empty();
    }
    return values
        .word(node.get(), "product", Code.UNKNOWN_PRODUCT, Product.words())
        .map(word -> new Located<>(Product.named(word.value()).orElseThrow(), word.where()));
  }

  private void checkKeys(Located<Product> product, Fields fields, String what) {
    switch (product.value()) {
      case CLOUD_DEDICATED -> {
        require(product, fields, what, "accountId", "clusterId");
        forbid(product, fields, "seed");
      }
      case CLUSTERED -> {
        require(product, fields, what, "url");
        forbid(product, fields, "accountId", "clusterId", "seed");
      }
      case SANDBOX -> forbid(product, fields, "accountId", "clusterId", "url");
    }
  }

  private void require(Located<Product> product, Fields fields, String what, String... keys) {
    for (String key : keys) {
      if (!fields.mean(key)) {
        findings.add(
            Diagnostic.error(
                    Code.MISSING_KEY,
                    product.where(),
                    "the product " + product.value() + " needs the key \"" + key + "\"")
                .hint("add " + key + " to " + what));
      }
    }
  }

  private void forbid(Located<Product> product, Fields fields, String... keys) {
    for (String key : keys) {
      fields
          .keyOf(key)
          .ifPresent(
              where ->
                  findings.add(
                      Diagnostic.error(
                              Code.MISPLACED_KEY,
                              where,
                              "the product " + product.value() + " does not use \"" + key + "\"")
                          .hint("remove it")));
    }
  }
}
