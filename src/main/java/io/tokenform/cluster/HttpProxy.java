package io.tokenform.cluster;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A forward proxy. What goes through it is encrypted from here to the cluster: it learns the
 * cluster's host and port and nothing more.
 *
 * @param host its name or address, without brackets
 * @param port its port
 * @param user the user's name, where it asks for one
 * @param password the user's password; present where the user is
 * @param origin the variable that names it
 */
public record HttpProxy(
    String host, int port, Optional<String> user, Optional<Secret> password, String origin) {
  private static final String HINT = "write it as in http://proxy.example.com:3128";

  public HttpProxy {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(origin, "origin");
  }

  /**
   * The proxy for a cluster, from {@code HTTPS_PROXY} and {@code NO_PROXY}, each in capitals or in
   * small letters. This machine is never reached through one, and plain HTTP goes nowhere else, so
   * {@code HTTP_PROXY} has no use.
   *
   * @throws SettingsException if the variable holds what is no proxy's URL; the message does not
   *     repeat it, for it may hold a password
   */
  public static Optional<HttpProxy> of(Map<String, String> environment, ClusterUrl url)
      throws SettingsException {
    if (!url.isEncrypted() || url.isThisMachine()) {
      return Optional.empty();
    }
    Optional<Setting> given = variable(environment, "HTTPS_PROXY", "https_proxy");
    Optional<Setting> exceptions = variable(environment, "NO_PROXY", "no_proxy");
    if (given.isEmpty() || NoProxy.parse(exceptions).holds(url)) {
      return Optional.empty();
    }
    return Optional.of(parse(given.get()));
  }

  private static Optional<Setting> variable(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return Optional.of(new Setting(value, name));
      }
    }
    return Optional.empty();
  }

  private static HttpProxy parse(Setting given) throws SettingsException {
    String text = given.value().contains("://") ? given.value() : "http://" + given.value();
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new SettingsException(
          given.origin() + " is not a URL",
          HINT + "; what is special in a user's name or password is written as in %40");
    }
    if (!"http".equalsIgnoreCase(url.getScheme())) {
      throw new SettingsException(
          given.origin() + " is not the URL of an http:// proxy",
          "other kinds of proxies are not supported: " + HINT);
    }
    if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
      throw new SettingsException(given.origin() + " names no host and port", HINT);
    }
    Optional<String> userInfo = Optional.ofNullable(url.getRawUserInfo());
    int port = url.getPort() < 0 ? 80 : url.getPort();
    return new HttpProxy(
        NoProxy.withoutBrackets(url.getHost()),
        port,
        userInfo.map(info -> decoded(info.split(":", 2)[0])),
        userInfo.map(info -> Secret.of(decoded(info.contains(":") ? info.split(":", 2)[1] : ""))),
        given.origin());
  }

  private static String decoded(String text) {
    // A plus is a plus here, and not a space as in a form.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Its URL, without user and password. */
  @Override
  public String toString() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
