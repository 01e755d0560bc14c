package io.tokenform.cluster.transport;

import io.tokenform.access.ClusterUrl;
import io.tokenform.cluster.settings.Setting;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code NO_PROXY} says, separated by commas or blanks: {@code *} for everything, a host with
 * all that is below it, {@code .suffix} for what is below it alone, an IP address or a range of
 * them as in {@code 10.0.0.0/8}; all but ranges with {@code :port} behind if that port alone is
 * meant. No name is looked up, so addresses match only a URL that names an address.
 */
final class NoProxy {
  private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]]*]|[^:]*)(?::([0-9]+))?");

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final List<String> entries;

  private NoProxy(List<String> entries) {
    this.entries = entries;
  }

  static NoProxy parse(Optional<Setting> variable) {
    return new NoProxy(
        variable.stream()
            .flatMap(given -> Stream.of(given.value().split("[,\\s]+", -1)))
            .map(entry -> entry.toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  /** Whether the cluster is to be reached without a proxy. */
  boolean holds(ClusterUrl url) {
    String host = withoutDot(withoutBrackets(url.host().toLowerCase(Locale.ROOT)));
    return entries.stream().anyMatch(entry -> holds(entry, host, url.port()));
  }

  private static boolean holds(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    if (entry.contains("/")) {
      return isInRange(entry, host);
    }
    // An IPv6 address is the one entry with colons that are no port's.
    boolean isAddress = entry.indexOf(':') != entry.lastIndexOf(':') && !entry.startsWith("[");
    Matcher parts = HOST_AND_PORT.matcher(isAddress ? "[" + entry + "]" : entry);
    if (!parts.matches() || (parts.group(2) != null && !isPort(parts.group(2), port))) {
      return false;
    }
    String name = withoutDot(withoutBrackets(parts.group(1)));
    Optional<InetAddress> address = literal(name);
    if (address.isPresent()) {
      return address.equals(literal(host));
    }
    if (name.startsWith("*.")) {
      name = name.substring(1);
    }
    return name.startsWith(".")
        ? host.endsWith(name)
        : !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
  }

  private static boolean isPort(String digits, int port) {
    return digits.length() <= 5 && Integer.parseInt(digits) == port;
  }

  private static boolean isInRange(String range, String host) {
    int slash = range.indexOf('/');
    Optional<InetAddress> network = literal(withoutBrackets(range.substring(0, slash)));
    Optional<InetAddress> address = literal(host);
    String bits = range.substring(slash + 1);
    if (network.isEmpty() || address.isEmpty() || !bits.matches("[0-9]{1,3}")) {
      return false;
    }
    byte[] one = network.get().getAddress();
    byte[] other = address.get().getAddress();
    int length = Integer.parseInt(bits);
    if (one.length != other.length || length > one.length * 8) {
      return false;
    }
    for (int bit = 0; bit < length; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The address that a text is; a name is none, and is not looked up. */
  private static Optional<InetAddress> literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
