package io.tokenform.policy;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the cluster section. */
final class ClusterParser {
  private static final Keys KEYS =
      new Keys(
          List.of("product", "accountId", "clusterId", "url", "seed"),
          Map.of("host", "url", "address", "url", "type", "product"),
          Map.of());

  private final Findings findings;
  private final Values values;

  ClusterParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  Optional<ClusterSection> parse(YamlNode node) {
    Optional<YamlNode.Mapping> mapping =
        values.mapping(node, "the cluster section", "cluster: {product: sandbox}");
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = Fields.of(mapping.get(), "the cluster section", KEYS, findings);
    Optional<Located<UUID>> accountId =
        fields.value("accountId").flatMap(value -> values.uuid(value, "an account's id"));
    Optional<Located<UUID>> clusterId =
        fields.value("clusterId").flatMap(value -> values.uuid(value, "a cluster's id"));
    Optional<Located<ClusterUrl>> url = fields.value("url").flatMap(values::url);
    Optional<Located<String>> seed =
        fields.value("seed").flatMap(value -> values.string(value, "a seed file's path"));
    Optional<Located<Product>> product = product(fields, mapping.get());
    product.ifPresent(known -> checkKeys(known, fields));
    return product.map(known -> new ClusterSection(known, accountId, clusterId, url, seed));
  }

  private Optional<Located<Product>> product(Fields fields, YamlNode.Mapping section) {
    Optional<YamlNode> node = fields.value("product");
    if (node.isEmpty()) {
      if (fields.mean("product")) {
        return Optional.empty();
      }
      findings.add(
          Diagnostic.error(Code.MISSING_KEY, section.where(), "the cluster section has no product")
              .hint("add product: " + String.join(" or ", Product.words())));
      return Optional.empty();
    }
    return values
        .word(node.get(), "product", Code.UNKNOWN_PRODUCT, Product.words())
        .map(word -> new Located<>(Product.named(word.value()).orElseThrow(), word.where()));
  }

  private void checkKeys(Located<Product> product, Fields fields) {
    switch (product.value()) {
      case CLOUD_DEDICATED -> {
        require(product, fields, "accountId", "clusterId");
        forbid(product, fields, "seed");
      }
      case CLUSTERED -> {
        require(product, fields, "url");
        forbid(product, fields, "accountId", "clusterId", "seed");
      }
      case SANDBOX -> forbid(product, fields, "accountId", "clusterId", "url");
    }
  }

  private void require(Located<Product> product, Fields fields, String... keys) {
    for (String key : keys) {
      if (!fields.mean(key)) {
        findings.add(
            Diagnostic.error(
                    Code.MISSING_KEY,
                    product.where(),
                    "the product " + product.value() + " needs the key \"" + key + "\"")
                .hint("add " + key + " to the cluster section"));
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
