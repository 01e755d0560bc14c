package io.tokenform.report.access;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.report.text.Csv;
import io.tokenform.report.text.Printable;
import java.util.List;
import java.util.Set;

/**
 * An access report as comma-separated values with a row for each grant: a permission of a token. A
 * permission on all databases is one row, with {@code *}. What was lost since an earlier snapshot
 * has rows too, whose change is {@code gone}.
 */
public final class GrantsCsv implements AccessFormat {
  @Override
  public String render(AccessReport report) {
    boolean hasSince = report.hasSince();
    List<String> heading = CsvColumns.headings(report);
    heading.addAll(List.of("action", "database", "how", "in policy", "dangling"));
    if (hasSince) {
      heading.add("change");
    }
    boolean hasPast = report.hasPast();
    if (hasPast) {
      heading.addAll(PastColumns.headings());
    }
    CsvColumns.addReviews(report, heading);
    Csv csv = new Csv();
    csv.row(heading.toArray(String[]::new));
    for (ClusterAccess cluster : report.clusters()) {
      Set<String> dangling = cluster.dangling();
      for (ReportedToken token : cluster.rows()) {
        Permissions gained = token.change().map(AccessChange::gained).orElse(Permissions.NONE);
        Permissions lost = token.change().map(AccessChange::lost).orElse(Permissions.NONE);
        for (Permission permission : token.permissions().union(lost)) {
          List<String> cells = CsvColumns.of(token);
          cells.add(Printable.name(permission.action().name()));
          cells.add(Printable.name(permission.resource()));
          cells.add(permission.coversAllDatabases() ? "*" : "exact");
          cells.add(token.standing().isEmpty() ? "" : isInPolicy(token, permission) ? "yes" : "no");
          cells.add(dangling.contains(permission.resource()) ? "dangling" : "");
          if (hasSince) {
            cells.add(
                gained.contains(permission) ? "new" : lost.contains(permission) ? "gone" : "");
          }
          if (hasPast) {
            cells.addAll(PastColumns.of(token.pastOf(permission)));
          }
          CsvColumns.fill(cells, heading.size());
          csv.row(cells.toArray(String[]::new));
        }
      }
    }
    return csv.toString();
  }

  /** Whether the policy gives a permission that a token has. */
  private static boolean isInPolicy(ReportedToken token, Permission permission) {
    return token.standing().filter(Standing.MANAGED::equals).isPresent()
        && !token.beyondPolicy().contains(permission);
  }
}
