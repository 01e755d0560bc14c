package io.tokenform.cluster;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.access.Uuids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Decides which cluster is meant. A flag wins over the policy, and the decision says so; the policy
 * and the environment may each be silent, and may not contradict each other; defaults come last.
 */
public final class ConnectionSettings {
  private static final ClusterUrl CLOUD_DEDICATED_URL =
      ClusterUrl.parse("https://console.influxdata.com");

  private final SettingLayer flags;
  private final SettingLayer policy;
  private final SettingLayer environment;
  private final List<String> overrides = new ArrayList<>();

  private ConnectionSettings(SettingLayer flags, SettingLayer policy, SettingLayer environment) {
    this.flags = flags;
    this.policy = policy;
    this.environment = environment;
  }

  /**
   * What was decided.
   *
   * @param overrides a sentence for each setting of the policy that a flag overrode
   */
  public record Decision(ClusterAddress address, List<String> overrides) {}

  /** The product alone, which says whether there is a cluster to connect to. */
  public static Product product(SettingLayer policy, SettingLayer environment)
      throws SettingsException {
    return new ConnectionSettings(new SettingLayer(), policy, environment).product();
  }

  /**
   * The cluster's address.
   *
   * @param sandbox the account and cluster id of a sandbox, which a policy for it does not name
   * @throws SettingsException if something is missing or contradicts, or if the management token
   *     would cross the network unencrypted
   */
  public static Decision decide(
      SettingLayer flags, SettingLayer policy, SettingLayer environment, SettingLayer sandbox)
      throws SettingsException {
    return new ConnectionSettings(flags, policy, environment).decide(sandbox);
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
                  Optional.of(id(SettingName.ACCOUNT_ID, environment)),
                  Optional.of(id(SettingName.CLUSTER_ID, environment)));
          case CLUSTERED ->
              new ClusterAddress(
                  product,
                  url(environment)
                      .orElseThrow(
                          () ->
                              new SettingsException(
                                  "no URL is given for the clustered product",
                                  "add url to the policy's cluster section, or give --url or"
                                      + " INFLUX_DB_INSTANCE_URL")),
                  Optional.empty(),
                  Optional.empty());
          case SANDBOX ->
              new ClusterAddress(
                  product,
                  url(new SettingLayer())
                      .orElseThrow(() -> new SettingsException("the sandbox has no URL", null)),
                  Optional.of(id(SettingName.ACCOUNT_ID, sandbox)),
                  Optional.of(id(SettingName.CLUSTER_ID, sandbox)));
        };
    return new Decision(address, List.copyOf(overrides));
  }

  private ClusterUrl cloudDedicatedUrl() throws SettingsException {
    // The vendor's variable names the host of the data, which is another one here.
    ClusterUrl url = url(new SettingLayer()).orElse(CLOUD_DEDICATED_URL);
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
          "the product clustered has no use for " + flag.get().origin(),
          "leave it out; a Clustered cluster is its URL");
    }
  }

  private Product product() throws SettingsException {
    Setting given =
        pinned(SettingName.PRODUCT, environment, word -> word)
            .orElseThrow(
                () ->
                    new SettingsException(
                        "nothing says which cluster is meant",
                        "add a cluster section to the policy, or set INFLUX_DB_PRODUCT_TYPE and"
                            + " the ids or the URL of the cluster"));
    return Product.named(given.value())
        .orElseThrow(
            () ->
                new SettingsException(
                    given.origin() + ": there is no product \"" + given.value() + "\"",
                    "the products are " + String.join(", ", Product.words())));
  }

  private UUID id(SettingName key, SettingLayer other) throws SettingsException {
    Setting given =
        chosen(key, other, text -> text.toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    new SettingsException(
                        "no " + key + " is given",
                        "add it to the policy's cluster section, or give --account and --cluster"));
    try {
      return Uuids.parse(given.value());
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          given.origin() + ": \"" + given.value() + "\" is not a UUID",
          "an " + key + " has the form 01234567-89ab-4cde-8f01-23456789abcd");
    }
  }

  private Optional<ClusterUrl> url(SettingLayer other) throws SettingsException {
    Optional<Setting> given = chosen(SettingName.URL, other, ConnectionSettings::normalUrl);
    return given.isEmpty() ? Optional.empty() : Optional.of(parseUrl(given.get()));
  }

  /** The flag's setting, or else what the policy pins. */
  private Optional<Setting> chosen(
      SettingName key, SettingLayer other, Function<String, Object> normal)
      throws SettingsException {
    Optional<Setting> flag = flags.get(key);
    if (flag.isEmpty()) {
      return pinned(key, other, normal);
    }
    Optional<Setting> overridden = policy.get(key);
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

  /** The policy's setting, or else the other's; both may speak only if they agree. */
  private Optional<Setting> pinned(
      SettingName key, SettingLayer other, Function<String, Object> normal)
      throws SettingsException {
    Optional<Setting> ours = policy.get(key);
    Optional<Setting> theirs = other.get(key);
    if (ours.isPresent() && theirs.isPresent() && !same(ours.get(), theirs.get(), normal)) {
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
          "unset " + theirs.get().origin() + ", or use the policy of that cluster");
    }
    return ours.or(() -> theirs);
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
