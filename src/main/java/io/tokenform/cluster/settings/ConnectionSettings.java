package io.tokenform.cluster.settings;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Flag;
import io.tokenform.access.Product;
import io.tokenform.access.Uuids;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Decides which cluster is meant. A flag wins over the policy, and the decision says so; the policy
 * and the others may each be silent, and none of them may contradict the policy; defaults come
 * last.
 */
public final class ConnectionSettings {
  /** Where the Management API of Cloud Dedicated answers. */
  public static final ClusterUrl CLOUD_DEDICATED_URL =
      ClusterUrl.parse("https://console.influxdata.com");

  private static final String DEFAULT = "the default";

  private final SettingLayer flags;
  private final SettingLayer policy;
  private final List<SettingLayer> others;
  private final List<String> overrides = new ArrayList<>();
  private final Map<SettingName, Setting> settings = new EnumMap<>(SettingName.class);
  private Optional<Setting> hostNamedBy = Optional.empty();

  private ConnectionSettings(SettingLayer flags, SettingLayer policy, List<SettingLayer> others) {
    this.flags = flags;
    this.policy = policy;
    this.others = List.copyOf(others);
  }

  /**
   * What was decided.
   *
   * @param overrides a sentence for each setting of the policy or a profile that a flag overrode
   * @param settings what each part of the address was decided by
   * @param hostNamedBy who vouches for the host: the flag, the variable or the profile that names
   *     it, or Cloud Dedicated's own address; empty where a policy, a plan or a journal alone does
   */
  public record Decision(
      ClusterAddress address,
      List<String> overrides,
      Map<SettingName, Setting> settings,
      Optional<Setting> hostNamedBy) {
    public Decision {
      overrides = List.copyOf(overrides);
      settings = Collections.unmodifiableMap(new EnumMap<>(settings));
      Objects.requireNonNull(hostNamedBy, "hostNamedBy");
    }

    /**
     * The URL and its place where a file alone names the host: the author of the file could have
     * the management token sent there.
     */
    public Optional<Setting> hostOfFileAlone() {
      return hostNamedBy.isPresent()
          ? Optional.empty()
          : Optional.of(settings.get(SettingName.URL));
    }

    /**
     * Refuses any other cluster than the one that a platform file says; what it leaves out it
     * leaves open.
     *
     * @throws SettingsException with both places, if something is not as the file says
     */
    public void requireCluster(SettingLayer platform) throws SettingsException {
      for (SettingName name : SettingName.values()) {
        Optional<Setting> required = platform.get(name);
        if (required.isPresent()) {
          requireSame(name, settings.get(name), required.get());
        }
      }
    }
  }

  /** The same for the product alone, before there is more than that. */
  public static void requireProduct(
      SettingLayer policy, SettingLayer environment, SettingLayer platform)
      throws SettingsException {
    Optional<Setting> given =
        new ConnectionSettings(new SettingLayer(), policy, List.of(environment)).givenProduct();
    Optional<Setting> required = platform.get(SettingName.PRODUCT);
    if (given.isPresent() && required.isPresent()) {
      requireSame(SettingName.PRODUCT, given.get(), required.get());
    }
  }

  /** Refuses a snapshot of another cluster than the one that is meant, where one is. */
  static void requireSnapshot(SettingName name, Optional<Setting> taken, Optional<Setting> required)
      throws SettingsException {
    if (required.isPresent()
        && !(taken.isPresent() && same(taken.get(), required.get(), normal(name)))) {
      throw new SettingsException(
          "the snapshot is of "
              + (taken.isPresent()
                  ? "the " + name + " " + taken.get().value()
                  : "a cluster without " + name)
              + ", and "
              + required.get().origin()
              + " says "
              + required.get().value(),
          "take one of that cluster with tokenform snapshot");
    }
  }

  /** What two spellings of one setting have in common. */
  private static Function<String, Object> normal(SettingName name) {
    return name == SettingName.URL
        ? ConnectionSettings::normalUrl
        : text -> text.toLowerCase(Locale.ROOT);
  }

  private static void requireSame(SettingName name, Setting given, Setting required)
      throws SettingsException {
    if (given == null || !same(given, required, normal(name))) {
      throw new SettingsException(
          (given == null
                  ? "there is no " + name
                  : "the " + name + " is " + given.value() + " (" + given.origin() + ")")
              + ", and the platform file says "
              + required.value()
              + " ("
              + required.origin()
              + ")",
          "nothing was sent; use the policy of that cluster, or the platform file of this one");
    }
  }

  /**
   * The product alone, which says whether there is a cluster to connect to; empty where nobody
   * says.
   */
  public static Optional<Product> product(SettingLayer policy, SettingLayer environment)
      throws SettingsException {
    Optional<Setting> given =
        new ConnectionSettings(new SettingLayer(), policy, List.of(environment)).givenProduct();
    return given.isEmpty() ? Optional.empty() : Optional.of(product(given.get()));
  }

  /**
   * The cluster's address.
   *
   * @param others the environment, a profile and what else there is; the first that speaks wins
   * @param sandbox the account and cluster id of a sandbox, which a policy for it does not name
   * @throws SettingsException if something is missing or contradicts, or if the management token
   *     would cross the network unencrypted
   */
  public static Decision decide(
      SettingLayer flags, SettingLayer policy, List<SettingLayer> others, SettingLayer sandbox)
      throws SettingsException {
    return new ConnectionSettings(flags, policy, others).decide(sandbox);
  }

  private Decision decide(SettingLayer sandbox) throws SettingsException {
    Product product = product();
    if (product == Product.CLUSTERED) {
      refuseFlag(SettingName.ACCOUNT_ID);
      refuseFlag(SettingName.CLUSTER_ID);
    }
    ClusterAddress address =
        switch (product) {
          case CLOUD_DEDICATED ->
              new ClusterAddress(
                  product,
                  cloudDedicatedUrl(),
                  Optional.of(id(SettingName.ACCOUNT_ID, others)),
                  Optional.of(id(SettingName.CLUSTER_ID, others)));
          case CLUSTERED ->
              new ClusterAddress(
                  product,
                  url(others)
                      .orElseThrow(
                          () ->
                              new SettingsException(
                                  "no URL is given for the clustered product",
                                  "add url to the policy's cluster section, or give "
                                      + Flag.URL
                                      + " or"
                                      + " INFLUX_DB_INSTANCE_URL")),
                  Optional.empty(),
                  Optional.empty());
          case SANDBOX ->
              new ClusterAddress(
                  product,
                  url(List.of())
                      .orElseThrow(() -> new SettingsException("the sandbox has no URL", null)),
                  Optional.of(id(SettingName.ACCOUNT_ID, List.of(sandbox))),
                  Optional.of(id(SettingName.CLUSTER_ID, List.of(sandbox))));
        };
    settings.put(
        SettingName.URL,
        settings.getOrDefault(SettingName.URL, new Setting(address.url().toString(), DEFAULT)));
    return new Decision(address, overrides, settings, hostNamedBy(address));
  }

  /**
   * The token of any product is somebody's secret; only that of Cloud Dedicated is for its host.
   */
  private Optional<Setting> hostNamedBy(ClusterAddress address) {
    return isAtItsOwnHost(address)
        ? hostNamedBy.or(() -> Optional.of(new Setting(CLOUD_DEDICATED_URL.toString(), DEFAULT)))
        : hostNamedBy;
  }

  private static boolean isAtItsOwnHost(ClusterAddress address) {
    return address.product() == Product.CLOUD_DEDICATED
        && address.url().origin().equals(CLOUD_DEDICATED_URL.origin());
  }

  /**
   * The host that a command must name besides the file that says the cluster; nothing for Cloud
   * Dedicated's own, and for a sandbox.
   */
  public static Optional<ClusterUrl> hostToName(ClusterAddress address) {
    return isAtItsOwnHost(address) ? Optional.empty() : address.fixedUrl();
  }

  private ClusterUrl cloudDedicatedUrl() throws SettingsException {
    // The vendor's variable names the host of the data, which is another one here.
    ClusterUrl url = url(List.of()).orElse(CLOUD_DEDICATED_URL);
    Optional<Setting> flag = flags.get(SettingName.URL);
    if (flag.isPresent()
        && policy.get(SettingName.URL).isEmpty()
        && !url.equals(CLOUD_DEDICATED_URL)) {
      overrides.add(
          flag.get().origin() + " " + url + " overrides the default " + CLOUD_DEDICATED_URL);
    }
    return url;
  }

  private void refuseFlag(SettingName name) throws SettingsException {
    Optional<Setting> flag = flags.get(name);
    if (flag.isPresent()) {
      throw new SettingsException(
          "the product clustered does not use " + flag.get().origin(),
          "leave it out; a Clustered cluster is known by its URL alone");
    }
  }

  private Product product() throws SettingsException {
    return product(
        givenProduct()
            .orElseThrow(
                () ->
                    new SettingsException(
                        "nothing says which cluster to use",
                        "add a cluster section to the policy, name a profile of influxctl with"
                            + " "
                            + Flag.PROFILE
                            + ", or set INFLUX_DB_PRODUCT_TYPE and the ids or the URL of"
                            + " the cluster")));
  }

  private Optional<Setting> givenProduct() throws SettingsException {
    return pinned(SettingName.PRODUCT, others, word -> word);
  }

  private static Product product(Setting given) throws SettingsException {
    return Product.named(given.value())
        .orElseThrow(
            () ->
                new SettingsException(
                    given.origin() + ": there is no product \"" + given.value() + "\"",
                    "the products are " + String.join(", ", Product.words())));
  }

  private UUID id(SettingName key, List<SettingLayer> other) throws SettingsException {
    Setting given =
        chosen(key, other, text -> text.toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    new SettingsException(
                        "no " + key + " is given",
                        "add it to the policy's cluster section, or give "
                            + Flag.ACCOUNT
                            + " and "
                            + Flag.CLUSTER));
    try {
      return Uuids.parse(given.value());
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          given.origin() + ": \"" + given.value() + "\" is not a UUID",
          "an " + key + " has the form 01234567-89ab-4cde-8f01-23456789abcd");
    }
  }

  private Optional<ClusterUrl> url(List<SettingLayer> other) throws SettingsException {
    Optional<Setting> given = chosen(SettingName.URL, other, ConnectionSettings::normalUrl);
    // Other sources agree with the file at this point, or a flag has overridden it.
    hostNamedBy =
        flags
            .get(SettingName.URL)
            .or(
                () ->
                    other.stream()
                        .flatMap(layer -> layer.get(SettingName.URL).stream())
                        .findFirst());
    return given.isEmpty() ? Optional.empty() : Optional.of(parseUrl(given.get()));
  }

  /** The flag's setting, or else what the policy pins. */
  private Optional<Setting> chosen(
      SettingName key, List<SettingLayer> other, Function<String, Object> normal)
      throws SettingsException {
    Optional<Setting> flag = flags.get(key);
    if (flag.isEmpty()) {
      return pinned(key, other, normal);
    }
    settings.put(key, flag.get());
    Optional<Setting> overridden = policy.get(key).or(() -> profiled(key, other));
    if (overridden.isPresent() && !same(flag.get(), overridden.get(), normal)) {
      overrides.add(
          flag.get().origin()
              + " "
              + flag.get().value()
              + " overrides the "
              + key
              + " "
              + overridden.get().value()
              + " ("
              + overridden.get().origin()
              + ")");
    }
    return flag;
  }

  private static Optional<Setting> profiled(SettingName key, List<SettingLayer> layers) {
    return layers.stream()
        .filter(SettingLayer::isProfile)
        .flatMap(layer -> layer.get(key).stream())
        .findFirst();
  }

  /**
   * The policy's setting, or else the first of the others'. Other sources have to agree with the
   * policy, and a profile also with the sources before it.
   */
  private Optional<Setting> pinned(
      SettingName key, List<SettingLayer> other, Function<String, Object> normal)
      throws SettingsException {
    Optional<Setting> ours = policy.get(key);
    Optional<Setting> first = ours;
    for (SettingLayer layer : other) {
      Optional<Setting> theirs = layer.get(key);
      if (theirs.isEmpty()) {
        continue;
      }
      if (ours.isPresent() && !same(ours.get(), theirs.get(), normal)) {
        throw new SettingsException(
            theirs.get().origin()
                + " names the "
                + key
                + " "
                + theirs.get().value()
                + ", and the policy is for "
                + ours.get().value()
                + " ("
                + ours.get().origin()
                + ")",
            layer.remedy(theirs.get()) + ", or use the policy of that cluster");
      }
      if (layer.isProfile() && first.isPresent() && !same(first.get(), theirs.get(), normal)) {
        throw new SettingsException(
            first.get().origin()
                + " names the "
                + key
                + " "
                + first.get().value()
                + ", and the profile is for "
                + theirs.get().value()
                + " ("
                + theirs.get().origin()
                + ")",
            "unset " + first.get().origin() + ", or name another profile");
      }
      first = first.or(() -> theirs);
    }
    first.ifPresent(setting -> settings.put(key, setting));
    return first;
  }

  private static boolean same(Setting one, Setting other, Function<String, Object> normal) {
    return normal.apply(one.value()).equals(normal.apply(other.value()));
  }

  private static ClusterUrl parseUrl(Setting given) throws SettingsException {
    try {
      return ClusterUrl.parse(given.value());
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          given.origin() + ": \"" + given.value() + "\" cannot be used: " + e.getMessage(),
          "write https:// and the host, as in https://cluster.example.com");
    }
  }

  /** URLs that differ in a trailing slash, or in the case of scheme or host, are the same. */
  private static Object normalUrl(String url) {
    try {
      return ClusterUrl.parse(url);
    } catch (IllegalArgumentException e) {
      return url;
    }
  }
}
