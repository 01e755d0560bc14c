package io.tokenform.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names for things, no two of them alike. A thing that alone wants a name gets it. Of those that
 * want the same, none gets it: each has the beginning of its identity behind it, so that its name
 * stays when another comes or goes.
 */
final class UniqueNames {
  private static final int SHORTEST_SUFFIX = 8;

  private final Map<String, List<String>> identitiesByName = new LinkedHashMap<>();

  /**
   * Adds a thing.
   *
   * @param identity hexadecimal digits, at least eight, that no other thing has
   */
  void want(String name, String identity) {
    identitiesByName.computeIfAbsent(name, key -> new ArrayList<>()).add(identity);
  }

  /** The names by the things' identities. They depend on no order in which these were added. */
  Map<String, String> give() {
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    List<String> shared = new ArrayList<>();
    identitiesByName.forEach(
        (name, identities) -> {
          if (identities.size() == 1) {
            names.put(identities.get(0), name);
            taken.add(name);
          } else {
            shared.add(name);
          }
        });
    shared.stream()
        .sorted()
        .forEach(
            name ->
                identitiesByName.get(name).stream()
                    .sorted()
                    .forEach(identity -> names.put(identity, free(name, identity, taken))));
    return names;
  }

  private static String free(String name, String identity, Set<String> taken) {
    int length = SHORTEST_SUFFIX;
    String candidate = name + "-" + identity.substring(0, length);
    while (!taken.add(candidate)) {
      length++;
      // Beyond its end, only another thing's wish for this very name can be in the way.
      candidate =
          length <= identity.length()
              ? name + "-" + identity.substring(0, length)
              : name + "-" + identity + "-" + (length - identity.length() + 1);
    }
    return candidate;
  }
}
