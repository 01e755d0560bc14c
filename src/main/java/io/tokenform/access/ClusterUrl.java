package io.tokenform.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a cluster's Management API answers: scheme, host, perhaps a port, and what stands before
 * {@code /api/v0} in the path. There is no trailing slash, and no way to have the management token
 * cross a network unencrypted.
 */
public final class ClusterUrl {
  private static final String API_PATH = "/api/v0";

  private static final int LAST_PORT = 65_535;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final URI value;

  private ClusterUrl(URI value) {
    this.value = value;
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is not an http or https URL of a host, if it has a user,
   *     a query, a fragment, a port that cannot be or the API's own path, or if it is http and
   *     leads to another machine; the message says which
   */
  public static ClusterUrl parse(String text) {
    URI url;
    try {
      url = new URI(withoutSlash(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          text.contains("://")
              ? "it is not a URL: " + e.getReason()
              : "it starts with neither https:// nor http://",
          e);
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException("it starts with neither https:// nor http://");
    }
    if (url.getHost() == null) {
      // Whatever stands there is not repeated: it may hold a password.
      throw new IllegalArgumentException(
          url.getRawAuthority() == null ? "it has no host" : "its host or its port is malformed");
    }
    if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
      throw new IllegalArgumentException("a port must be a number from 1 to " + LAST_PORT);
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("it has a user, a query or a fragment");
    }
    if (url.getPath().endsWith(API_PATH)) {
      throw new IllegalArgumentException("leave out " + API_PATH + ", which each call adds");
    }
    if (scheme.equals("http") && !leadsToThisMachine(url.getHost())) {
      throw new IllegalArgumentException(
          "the management token would cross the network unencrypted; use https");
    }
    return new ClusterUrl(url);
  }

  private static String withoutSlash(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  /** Whether a host is this machine by its very name; nothing is looked up. */
  private static boolean leadsToThisMachine(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return isAddress(host) && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("[0-9]+(\\.[0-9]+){3}");
  }

  /** Whether talking to it takes TLS. */
  public boolean isEncrypted() {
    return value.getScheme().equalsIgnoreCase("https");
  }

  public String host() {
    return value.getHost();
  }

  /** The port, which is the scheme's own where the URL names none. */
  public int port() {
    return value.getPort() < 0 ? (isEncrypted() ? HTTPS_PORT : HTTP_PORT) : value.getPort();
  }

  /**
   * The host that it leads to, in the one form that all its ways of writing share: scheme, name or
   * address, and port, such as {@code https://cluster.example.com:8443}. Upper case, the dot that
   * ends a full name, zeros of an address and the scheme's own port are gone. A name beyond ASCII
   * is in its {@code xn--} form, which is the only one that a URL of this class has.
   */
  public String origin() {
    String scheme = isEncrypted() ? "https" : "http";
    int own = isEncrypted() ? HTTPS_PORT : HTTP_PORT;
    return scheme + "://" + normalHost() + (port() == own ? "" : ":" + port());
  }

  private String normalHost() {
    String host = value.getHost().toLowerCase(Locale.ROOT);
    if (!isAddress(host)) {
      return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      String text = address.getHostAddress();
      return address instanceof Inet6Address ? "[" + text + "]" : text;
    } catch (UnknownHostException e) {
      // Such as an address with the name of an interface that is not there.
      return host;
    }
  }

  /** Whether it leads to this machine by its very name; nothing is looked up. */
  public boolean isThisMachine() {
    return leadsToThisMachine(value.getHost());
  }

  /** The URL of a path that starts with a slash. */
  public URI resolve(String path) {
    return URI.create(value + path);
  }

  /** Whether it is the same path on the same host, however the host is written. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ClusterUrl that
        && origin().equals(that.origin())
        && value.getRawPath().equals(that.value.getRawPath());
  }

  @Override
  public int hashCode() {
    return Objects.hash(origin(), value.getRawPath());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
