package io.tokenform.cluster.settings;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.access.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connection profiles of influxctl, from its {@code config.toml}. Keys that have nothing to do
 * with the connection are left to influxctl, and so are mistakes in profiles that are not asked
 * for. No message repeats a value, which may be the token at the wrong place.
 */
public final class ProfileFile {
  private static final Map<String, Product> PRODUCTS =
      Map.of(
          "dedicated", Product.CLOUD_DEDICATED,
          "cloud-dedicated", Product.CLOUD_DEDICATED,
          "clustered", Product.CLUSTERED);

  private final String name;
  private final ProfilePlaces places;
  private final List<JsonNode> profiles = new ArrayList<>();

  private ProfileFile(String name, String text) {
    this.name = name;
    this.places = new ProfilePlaces(text);
  }

  /**
   * Reads a file.
   *
   * @param name what messages call the file
   * @param text what it holds
   * @throws SettingsException if it is not TOML, or if its profiles are no list of tables
   */
  public static ProfileFile parse(String name, String text) throws SettingsException {
    ProfileFile file = new ProfileFile(name, text);
    JsonNode root;
    try {
      root = new TomlMapper().readTree(text);
    } catch (JsonProcessingException e) {
      // Neither its message nor it as a cause: they may quote the line, and that may be the
      // token's.
      JsonLocation where = e.getLocation();
      String place =
          where == null || where.getLineNr() < 1
              ? name
              : name + ":" + where.getLineNr() + ":" + Math.max(1, where.getColumnNr());
      throw new SettingsException(
          place + ": this is not valid TOML",
          "text needs quotes, a profile begins with [[profile]], and no key may appear twice");
    }
    JsonNode profiles = root.path("profile");
    if (!profiles.isMissingNode() && !profiles.isArray()) {
      throw new SettingsException(
          name + ":" + file.places.of("profile") + ": the profiles are not a list of tables",
          "begin each profile with [[profile]]");
    }
    for (JsonNode profile : profiles) {
      file.profiles.add(profile);
    }
    return file;
  }

  /** All management tokens in the file, so that none of them is printed. */
  public List<Secret> secrets() {
    return profiles.stream()
        .map(profile -> profile.path("mgmt_token").asText("").strip())
        .filter(token -> !token.isEmpty())
        .map(Secret::of)
        .toList();
  }

  /** The names of the profiles, in their order. */
  public List<String> names() {
    return profiles.stream()
        .map(profile -> profile.path("name").asText(""))
        .filter(profile -> !profile.isBlank())
        .toList();
  }

  /**
   * The profile of that name, if there is one.
   *
   * @throws SettingsException if there are several, or if what it says cannot be used
   */
  public Optional<Profile> profile(String wanted) throws SettingsException {
    Optional<Table> found = Optional.empty();
    for (int i = 0; i < profiles.size(); i++) {
      if (profiles.get(i).path("name").asText("").equals(wanted)) {
        if (found.isPresent()) {
          throw new SettingsException(
              at(i, "name") + ": there is a second profile \"" + wanted + "\"",
              "give each profile a name of its own");
        }
        found = Optional.of(new Table(i, profiles.get(i)));
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(profile(wanted, found.get()));
  }

  private Profile profile(String wanted, Table table) throws SettingsException {
    String origin = "profile \"" + wanted + "\" in " + name;
    Product product = product(table);
    SettingLayer settings =
        SettingLayer.ofProfile()
            .with(
                SettingName.PRODUCT,
                Optional.of(new Setting(product.word(), at(table.index(), "product"))));
    if (product == Product.CLOUD_DEDICATED) {
      settings
          .with(SettingName.ACCOUNT_ID, text(table, "account_id"))
          .with(SettingName.CLUSTER_ID, text(table, "cluster_id"));
    } else {
      settings.with(SettingName.URL, url(table));
    }
    return new Profile(
        origin,
        product,
        settings,
        text(table, "mgmt_token").map(token -> Secret.of(token.value())),
        tls(table));
  }

  private Product product(Table table) throws SettingsException {
    Setting word =
        text(table, "product")
            .orElseThrow(
                () ->
                    new SettingsException(
                        at(table.index(), "name") + ": this profile has no product",
                        "add product = \"dedicated\" or product = \"clustered\""));
    Product product = PRODUCTS.get(word.value());
    if (product == null) {
      throw new SettingsException(
          word.origin() + ": this product is not known",
          "a profile's product is \"dedicated\" or \"clustered\"");
    }
    return product;
  }

  private Optional<Setting> url(Table table) throws SettingsException {
    Optional<Setting> host = text(table, "host");
    if (host.isEmpty()) {
      return Optional.empty();
    }
    Optional<Setting> port = text(table, "port");
    String where = "https://" + host.get().value();
    String suffix =
        port.map(given -> ":" + given.value()).filter(p -> !p.equals(":443")).orElse("");
    try {
      ClusterUrl url = ClusterUrl.parse(where + suffix);
      return Optional.of(new Setting(url.toString(), host.get().origin()));
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          host.get().origin() + ": this host and port cannot be used: " + e.getMessage(),
          "write them as in host = \"cluster.example.com\" and port = \"443\"");
    }
  }

  private TlsFiles tls(Table table) throws SettingsException {
    JsonNode node = table.node().path("tls");
    if (node.isMissingNode()) {
      return TlsFiles.none();
    }
    if (!node.isObject()) {
      throw new SettingsException(
          at(table.index(), "tls") + ": tls is not a table", "write it as [profile.tls]");
    }
    Table tls = new Table(table.index(), node);
    JsonNode insecure = node.path("insecure");
    if (!insecure.isMissingNode() && !insecure.isBoolean()) {
      throw new SettingsException(
          at(table.index(), "insecure") + ": insecure is neither true nor false",
          "write true or false, without quotes");
    }
    return new TlsFiles(
        text(tls, "ca"),
        text(tls, "cert"),
        text(tls, "key"),
        insecure.asBoolean()
            ? Optional.of(new Setting("true", at(table.index(), "insecure")))
            : Optional.empty());
  }

  /** A key's text, where it has any: influxctl's template leaves empty what is not used. */
  private Optional<Setting> text(Table table, String key) throws SettingsException {
    JsonNode value = table.node().path(key);
    boolean isPort = key.equals("port") && value.isIntegralNumber();
    if (!value.isMissingNode() && !value.isTextual() && !isPort) {
      throw new SettingsException(
          at(table.index(), key) + ": " + key + " is not a text", "put its value in quotes");
    }
    return Optional.of(value.asText("").strip())
        .filter(text -> !text.isEmpty())
        .map(text -> new Setting(text, at(table.index(), key)));
  }

  private String at(int profile, String key) {
    return name + ":" + places.of(profile, key);
  }

  /** A table of the file. */
  private record Table(int index, JsonNode node) {}
}
