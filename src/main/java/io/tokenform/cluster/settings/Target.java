package io.tokenform.cluster.settings;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Flag;
import io.tokenform.access.Product;
import io.tokenform.access.Token;
import io.tokenform.finding.Located;
import io.tokenform.policy.ClusterSection;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which cluster a policy or a plan is for.
 *
 * @param pinned what it says of the cluster
 * @param seed where an embedded sandbox begins, if it has not begun yet
 * @param told the tokens with which an embedded sandbox begins where it has neither begun yet nor a
 *     seed: those that a plan tells of
 * @param only the one cluster that it can be, where no option may name another
 * @param platform which cluster it must be; no option loosens that
 */
public record Target(
    SettingLayer pinned,
    Optional<Path> seed,
    List<Token> told,
    Optional<Only> only,
    SettingLayer platform) {
  private Target(SettingLayer pinned, Optional<Path> seed, Optional<Only> only) {
    this(pinned, seed, List.of(), only, new SettingLayer());
  }

  /** The cluster that flags and the environment name, and nothing else. */
  public static Target unpinned() {
    return new Target(new SettingLayer(), Optional.empty(), Optional.empty());
  }

  /** Whether it is for an embedded sandbox, which is on no host. */
  public boolean isEmbedded() {
    return pinned
        .get(SettingName.PRODUCT)
        .filter(product -> product.value().equals(Product.SANDBOX.word()))
        .isPresent();
  }

  /** The same, which must be the cluster that the platform file says, if it says one. */
  public Target within(Platform file) {
    return new Target(pinned, seed, told, only, pinned(file.cluster()));
  }

  /** The same, of which something tells these tokens. */
  public Target telling(List<Token> tokens) {
    return new Target(pinned, seed, List.copyOf(tokens), only, platform);
  }

  /**
   * The cluster of a policy.
   *
   * @param folder what the paths in it are relative to
   */
  public static Target of(Policy policy, Path folder) {
    return new Target(
        pinned(policy.cluster()),
        policy.cluster().flatMap(ClusterSection::seed).map(seed -> folder.resolve(seed.value())),
        Optional.empty());
  }

  /**
   * A cluster of a fleet.
   *
   * @param folder what the paths in the fleet file are relative to
   */
  public static Target of(ClusterSection cluster, Path folder) {
    return new Target(
        pinned(Optional.of(cluster)),
        cluster.seed().map(seed -> folder.resolve(seed.value())),
        Optional.empty());
  }

  /**
   * The cluster of a plan or a journal.
   *
   * @param what which one, for people
   * @param file its file
   */
  public static Target of(ClusterAddress cluster, String what, String file) {
    return new Target(layer(cluster, file), Optional.empty(), Optional.of(new Only(what, cluster)));
  }

  /**
   * The one cluster that something which was recorded can be carried out on.
   *
   * @param what what was recorded, for people
   */
  public record Only(String what, ClusterAddress cluster) {
    /**
     * Returns if the cluster that the options lead to is that one.
     *
     * @throws SettingsException if it is another
     */
    public void refuseOther(ClusterAddress other) throws SettingsException {
      if (!cluster.isSameCluster(other)) {
        throw new SettingsException(
            what + " is for " + name(cluster) + ", and the options name " + name(other),
            cluster
                .fixedUrl()
                .map(
                    url ->
                        "leave "
                            + Flag.ACCOUNT
                            + " and "
                            + Flag.CLUSTER
                            + " out; "
                            + Flag.URL
                            + ", if given, is "
                            + url)
                .orElse(
                    "leave " + Flag.ACCOUNT + ", " + Flag.CLUSTER + " and " + Flag.URL + " out"));
      }
    }

    private static String name(ClusterAddress address) {
      String where = address.fixedUrl().map(url -> " at " + url).orElse(", a sandbox");
      return address.clusterId().map(id -> "the cluster " + id).orElse("the cluster")
          + address.accountId().map(id -> " of the account " + id).orElse("")
          + where;
    }
  }

  /**
   * Returns if a snapshot is of the cluster that is meant; what nobody says is left open.
   *
   * @param cluster whose snapshot it is
   * @param flags what the options say
   * @throws SettingsException if it is of another
   */
  public void requireSnapshot(ClusterAddress cluster, SettingLayer flags) throws SettingsException {
    SettingLayer taken = layer(cluster, "the snapshot");
    boolean isAnywhere = cluster.fixedUrl().isEmpty();
    for (SettingLayer layer : List.of(flags, pinned, platform)) {
      for (SettingName name : SettingName.values()) {
        if (name != SettingName.URL || !isAnywhere) {
          ConnectionSettings.requireSnapshot(name, taken.get(name), layer.get(name));
        }
      }
    }
  }

  private static SettingLayer layer(ClusterAddress cluster, String origin) {
    return new SettingLayer()
        .with(SettingName.PRODUCT, given(cluster.product(), origin))
        .with(SettingName.ACCOUNT_ID, given(cluster.accountId().orElse(null), origin))
        .with(SettingName.CLUSTER_ID, given(cluster.clusterId().orElse(null), origin))
        .with(SettingName.URL, given(cluster.fixedUrl().orElse(null), origin));
  }

  private static SettingLayer pinned(Optional<ClusterSection> cluster) {
    SettingLayer layer = new SettingLayer();
    cluster.ifPresent(
        section ->
            layer
                .with(SettingName.PRODUCT, located(Optional.of(section.product())))
                .with(SettingName.URL, located(section.url()))
                .with(SettingName.ACCOUNT_ID, located(section.accountId()))
                .with(SettingName.CLUSTER_ID, located(section.clusterId())));
    return layer;
  }

  private static Optional<Setting> located(Optional<? extends Located<?>> value) {
    return value.map(at -> new Setting(at.value().toString(), at.where().toString()));
  }

  private static Optional<Setting> given(Object value, String origin) {
    return Optional.ofNullable(value).map(present -> new Setting(present.toString(), origin));
  }
}
