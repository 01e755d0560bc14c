package io.tokenform.report.access;

import java.util.List;
import java.util.Objects;

/**
 * Who can read and write a database by its name. Those that can do so on all databases can, too.
 *
 * @param name the database; {@code *} for all of them, present and future
 * @param isLive whether the cluster has it; one that is gone is dangling: permissions on it would
 *     be in force again if somebody made it anew
 * @param isNew whether it was not there at the time of an earlier snapshot
 * @param readers by their permission to read, in the order of the report
 * @param writers by their permission to write, in the order of the report
 */
public record DatabaseAccess(
    String name,
    boolean isLive,
    boolean isNew,
    List<ReportedToken> readers,
    List<ReportedToken> writers) {
  public DatabaseAccess {
    Objects.requireNonNull(name, "name");
    readers = List.copyOf(readers);
    writers = List.copyOf(writers);
  }
}
