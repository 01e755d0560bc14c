package io.tokenform.fleet;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.policy.Policy;
import io.tokenform.policy.database.DesiredDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A database of which the policies of two clusters say different things.
 *
 * @param side whose policy has it
 * @param fields what they say otherwise, in the order of a policy
 */
public record DatabaseDifference(
    DatabaseName database, FleetDifference.Side side, List<FleetDifference.Field> fields) {
  private static final List<String> ORDER =
      List.of(
          "retention", "maxTables", "maxColumnsPerTable", "partitionTemplate", "state", "renamed");

  public DatabaseDifference {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(side, "side");
    fields = List.copyOf(fields);
  }

  /**
   * Those of several policies.
   *
   * @param differing those that differ, by name
   * @param same how many do not
   */
  public record All(List<DatabaseDifference> differing, int same) {
    public All {
      differing = List.copyOf(differing);
    }

    /** Whether neither policy says anything of databases. */
    public boolean isNone() {
      return differing.isEmpty() && same == 0;
    }

    /** How many that differ are there. */
    public int count(FleetDifference.Side side) {
      int count = 0;
      for (DatabaseDifference database : differing) {
        count += database.side() == side ? 1 : 0;
      }
      return count;
    }
  }

  /** Compares what two policies say of databases. */
  static All all(Policy first, Policy second) {
    Map<DatabaseName, DesiredDatabase> one = byName(first);
    Map<DatabaseName, DesiredDatabase> other = byName(second);
    Set<DatabaseName> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    List<DatabaseDifference> differing = new ArrayList<>();
    for (DatabaseName name : names) {
      DatabaseDifference difference =
          of(name, Optional.ofNullable(one.get(name)), Optional.ofNullable(other.get(name)));
      if (difference.side() != FleetDifference.Side.BOTH || !difference.fields().isEmpty()) {
        differing.add(difference);
      }
    }
    return new All(differing, names.size() - differing.size());
  }

  private static Map<DatabaseName, DesiredDatabase> byName(Policy policy) {
    Map<DatabaseName, DesiredDatabase> byName = new LinkedHashMap<>();
    policy.databases().forEach(database -> byName.put(database.name(), database));
    return byName;
  }

  private static DatabaseDifference of(
      DatabaseName name, Optional<DesiredDatabase> first, Optional<DesiredDatabase> second) {
    Map<String, String> one = first.map(DatabaseDifference::values).orElse(Map.of());
    Map<String, String> other = second.map(DatabaseDifference::values).orElse(Map.of());
    return new DatabaseDifference(
        name,
        FleetDifference.Side.of(first.isPresent(), second.isPresent()),
        FleetDifference.Field.differing(ORDER, one, other));
  }

  /** What a policy says of it, as it would write it. */
  private static Map<String, String> values(DesiredDatabase database) {
    Map<String, String> values = new LinkedHashMap<>();
    FleetDifference.put(values, "retention", database.retention(), retention -> retention.text());
    FleetDifference.put(values, "maxTables", database.maxTables(), Object::toString);
    FleetDifference.put(
        values, "maxColumnsPerTable", database.maxColumnsPerTable(), Object::toString);
    FleetDifference.put(
        values, "partitionTemplate", database.partitionTemplate(), Object::toString);
    if (database.isDeleted()) {
      values.put("state", "deleted");
    }
    FleetDifference.put(values, "renamed", database.renamed(), Object::toString);
    return values;
  }
}
