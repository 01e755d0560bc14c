package io.tokenform.plan;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A plan from the databases' side: who gains and who loses access to each. */
public final class AccessByDatabase {
  private AccessByDatabase() {}

  /**
   * One token's gain or loss of one action.
   *
   * @param token its name in the policy
   * @param kept for a loss on all databases, those on which the token keeps the action
   */
  public record Entry(boolean gained, String token, Action action, List<String> kept) {
    public Entry {
      kept = List.copyOf(kept);
    }
  }

  /**
   * The entries by resource; {@code *}, which comes first, stands for all databases. Within a
   * resource they stand in the order of the plan's changes, gains before losses.
   */
  public static SortedMap<String, List<Entry>> of(Plan plan) {
    SortedMap<String, List<Entry>> byResource = new TreeMap<>(AccessByDatabase::allFirst);
    for (TokenChange change : plan.tokenChanges()) {
      if (change.isAboutOldGeneration()) {
        // By its name, a token has the same access as before.
        continue;
      }
      for (Permission gained : change.accessGained().withoutCovered()) {
        add(
            byResource,
            gained,
            new Entry(true, change.token().value(), gained.action(), List.of()));
      }
      for (Permission lost : change.accessLost().withoutCovered()) {
        add(
            byResource,
            lost,
            new Entry(false, change.token().value(), lost.action(), kept(change, lost)));
      }
    }
    return byResource;
  }

  private static void add(
      SortedMap<String, List<Entry>> byResource, Permission permission, Entry entry) {
    byResource.computeIfAbsent(permission.resource(), key -> new ArrayList<>()).add(entry);
  }

  private static List<String> kept(TokenChange change, Permission lost) {
    if (!lost.coversAllDatabases()) {
      return List.of();
    }
    return change.permissionsAfter().stream()
        .filter(permission -> permission.action().equals(lost.action()))
        .map(Permission::resource)
        .toList();
  }

  private static int allFirst(String one, String other) {
    boolean oneIsAll = one.equals(Permission.ALL_DATABASES);
    boolean otherIsAll = other.equals(Permission.ALL_DATABASES);
    return oneIsAll || otherIsAll ? Boolean.compare(otherIsAll, oneIsAll) : one.compareTo(other);
  }
}
