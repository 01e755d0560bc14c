package io.tokenform.report.access;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.report.text.Csv;
import io.tokenform.report.text.Printable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An access report as comma-separated values with a row for each token; those that are gone come
 * last of their cluster. Times are RFC 3339.
 */
public final class TokensCsv implements AccessFormat {
  @Override
  public String render(AccessReport report) {
    boolean hasSince = report.hasSince();
    Csv csv = new Csv();
    List<String> heading = CsvColumns.headings(report);
    heading.addAll(List.of("read", "write", "other", "beyond policy", "below policy", "dangling"));
    if (hasSince) {
      heading.addAll(List.of("change", "gained", "lost"));
    }
    CsvColumns.addReviews(report, heading);
    csv.row(heading.toArray(String[]::new));
    for (ClusterAccess cluster : report.clusters()) {
      Set<String> dangling = cluster.dangling();
      for (ReportedToken token : cluster.rows()) {
        List<String> cells = CsvColumns.of(token);
        cells.add(AccessTexts.databases(token.permissions(), Action.READ));
        cells.add(AccessTexts.databases(token.permissions(), Action.WRITE));
        cells.add(AccessTexts.others(token.permissions()));
        cells.add(AccessTexts.all(token.beyondPolicy()));
        cells.add(AccessTexts.all(token.belowPolicy()));
        cells.add(
            token.on(dangling).stream()
                .map(Permission::resource)
                .distinct()
                .map(Printable::name)
                .collect(Collectors.joining(", ")));
        if (hasSince) {
          cells.add(token.change().map(change -> change.kind().toString()).orElse(""));
          cells.add(token.change().map(change -> AccessTexts.all(change.gained())).orElse(""));
          cells.add(token.change().map(change -> AccessTexts.all(change.lost())).orElse(""));
        }
        CsvColumns.fill(cells, heading.size());
        csv.row(cells.toArray(String[]::new));
      }
    }
    return csv.toString();
  }
}
