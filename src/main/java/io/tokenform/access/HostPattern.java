package io.tokenform.access;

import java.util.Objects;

/**
 * Hosts to which something may go: one, or all below a domain. It is written as the URL of one, in
 * which {@code *} may stand for the first part of the name, as in {@code https://*.example.com}.
 */
public final class HostPattern {
  private static final String ANY = "*.";

  /** What stands for the first part while the rest is read. */
  private static final String SOME = "any.";

  private final String text;
  private final ClusterUrl url;
  private final boolean isDomain;

  private HostPattern(String text, ClusterUrl url, boolean isDomain) {
    this.text = text;
    this.url = url;
    this.isDomain = isDomain;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is not the URL of a host, or has a path, or a {@code *}
   *     elsewhere than before the first dot of a domain; the message says which
   */
  public static HostPattern parse(String text) {
    int host = text.indexOf("//") + 2;
    boolean isDomain = host > 1 && text.startsWith(ANY, host);
    String plain =
        isDomain ? text.substring(0, host) + SOME + text.substring(host + ANY.length()) : text;
    if (plain.indexOf('*') >= 0) {
      throw new IllegalArgumentException("a * can only be the first part of a host's name");
    }
    ClusterUrl url = ClusterUrl.parse(plain);
    if (!url.resolve("").getRawPath().isEmpty()) {
      throw new IllegalArgumentException("it has a path, and is about a host");
    }
    if (isDomain && url.host().indexOf('.', SOME.length()) < 0) {
      throw new IllegalArgumentException("a * must stand before a domain of two parts or more");
    }
    return new HostPattern(text, url, isDomain);
  }

  /** Whether the host of a URL is one of them: with the same scheme and port. */
  public boolean matches(ClusterUrl other) {
    String wanted = url.origin();
    String origin = other.origin();
    if (!isDomain) {
      return origin.equals(wanted);
    }
    int name = wanted.indexOf(SOME);
    String domain = wanted.substring(name + SOME.length() - 1);
    return origin.startsWith(wanted.substring(0, name))
        && origin.endsWith(domain)
        && origin.length() > name + domain.length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text);
  }

  /** As somebody wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
