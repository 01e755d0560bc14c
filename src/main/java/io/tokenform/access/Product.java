package io.tokenform.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What kind of cluster the tokens live on. */
public enum Product {
  /**
   * InfluxDB Cloud Dedicated: its Management API names the account and the cluster in each path.
   */
  CLOUD_DEDICATED("cloud-dedicated"),
  /** InfluxDB Clustered: its Management API stands on the cluster's own host. */
  CLUSTERED("clustered"),
  /** tokenform's own embedded cluster, which speaks Cloud Dedicated's paths. */
  SANDBOX("sandbox");

  private final String word;

  Product(String word) {
    this.word = word;
  }

  /** The word for it in a policy and in {@code INFLUX_DB_PRODUCT_TYPE}. */
  public String word() {
    return word;
  }

  /** The product that {@code word} names, if it names one. */
  public static Optional<Product> named(String word) {
    return Arrays.stream(values()).filter(product -> product.word.equals(word)).findFirst();
  }

  /** The words for all products, in the order of their declaration. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Product::word).toList();
  }

  @Override
  public String toString() {
    return word;
  }
}
