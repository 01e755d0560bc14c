package io.tokenform.report.access;

import io.tokenform.report.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** The columns that both tables of comma-separated values have. */
final class CsvColumns {
  private static final List<String> OF_A_TOKEN =
      List.of(
          "id",
          "name",
          "description",
          "owner",
          "policy",
          "managed",
          "state",
          "until",
          "created",
          "expires");

  private CsvColumns() {}

  /** The first ones; a report over a fleet has the cluster before them. */
  static List<String> headings(AccessReport report) {
    List<String> headings = new ArrayList<>();
    if (report.fleet().isPresent()) {
      headings.add("cluster");
    }
    headings.addAll(OF_A_TOKEN);
    return headings;
  }

  /** The cells of a token; more can be added. */
  static List<String> of(ReportedToken token) {
    List<String> cells = new ArrayList<>();
    token.cluster().ifPresent(cluster -> cells.add(cluster.value()));
    cells.add(token.token().id().toString());
    cells.add(AccessTexts.line(token.name()));
    cells.add(Printable.line(token.text()));
    cells.add(AccessTexts.line(token.owner()));
    cells.add(AccessTexts.line(token.place()));
    cells.add(token.standing().map(Standing::toString).orElse(""));
    cells.add(token.state());
    cells.add(AccessTexts.time(token.label().flatMap(AccessTexts::until)));
    cells.add(AccessTexts.time(token.token().createdAt()));
    cells.add(AccessTexts.time(token.token().expiresAt()));
    return cells;
  }

  /** Adds a decision and a remark for each reviewer who is named. */
  static void addReviews(AccessReport report, List<String> headings) {
    for (String reviewer : report.imprint().reviewers()) {
      headings.add("decision of " + Printable.line(reviewer));
      headings.add("remark of " + Printable.line(reviewer));
    }
  }

  /** Adds blank cells for people to fill. */
  static void fill(List<String> cells, int width) {
    while (cells.size() < width) {
      cells.add("");
    }
  }
}
