package io.tokenform.cluster.transport;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Secret;
import io.tokenform.access.SecretShapes;
import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.SettingsException;
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
    String text = given.value();
    int scheme = text.indexOf("://");
    if (scheme >= 0 && !text.substring(0, scheme).equalsIgnoreCase("http")) {
      throw new SettingsException(
          given.origin() + " is not the URL of an http:// proxy",
          "other kinds of proxies are not supported: " + HINT);
    }
    String rest = scheme < 0 ? text : text.substring(scheme + 3);
    // People write passwords as they are, and the last @ is the only one that means anything.
    int at = rest.lastIndexOf('@');
    String user = at < 0 ? "" : rest.substring(0, at);
    URI url;
    try {
      url = new URI("http://" + rest.substring(at + 1));
    } catch (URISyntaxException e) {
      throw new SettingsException(given.origin() + " is not a URL", HINT);
    }
    if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
      throw new SettingsException(given.origin() + " has no host and port", HINT);
    }
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String password = colon < 0 ? "" : user.substring(colon + 1);
    return new HttpProxy(
        NoProxy.withoutBrackets(url.getHost()),
        url.getPort() < 0 ? 80 : url.getPort(),
        at < 0 ? Optional.empty() : Optional.of(decoded(name)),
        at < 0 ? Optional.empty() : Optional.of(Secret.of(decoded(password))),
        given.origin());
  }

  private static String decoded(String text) {
    try {
      // A plus is a plus here, and not a space as in a form.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // A percent sign that is one.
    }
  }

  /** Words of the proxy without the password, which may be a word in a text of somebody else. */
  public String mask(String text) {
    String value = password.map(Secret::reveal).orElse("");
    return value.isEmpty() ? text : text.replace(value, SecretShapes.MASK);
  }

  /** Its URL, without user and password. */
  @Override
  public String toString() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
