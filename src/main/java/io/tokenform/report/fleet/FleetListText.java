package io.tokenform.report.fleet;

import io.tokenform.access.Product;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.finding.Located;
import io.tokenform.policy.ClusterSection;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.List;
import java.util.stream.Collectors;

/** The clusters of a fleet for a person: a line that names each, and below it what is known. */
public final class FleetListText {
  private final Style style;

  public FleetListText(Style style) {
    this.style = style;
  }

  /** The clusters and a summary, as lines that each end in a line break. */
  public String render(List<FleetRow> rows) {
    StringBuilder out = new StringBuilder();
    rows.forEach(row -> append(row, out));
    return out.append(summary(rows)).append('\n').toString();
  }

  private void append(FleetRow row, StringBuilder out) {
    out.append(style.bold(row.cluster().name().value())).append('\n');
    Columns facts = new Columns("  ", "  ");
    facts.row("wave", Counts.number(row.wave()));
    if (!row.cluster().place().labels().isEmpty()) {
      facts.row(
          "labels",
          row.cluster().place().labels().entrySet().stream()
              .map(label -> label.getKey() + "=" + label.getValue())
              .collect(Collectors.joining(", ")));
    }
    facts.row("files", Printable.line(String.join(", ", row.files())));
    facts.row(
        "policy",
        row.tokens().isPresent()
            ? Counts.of(row.tokens().getAsInt(), "token", "tokens")
            : style.red(Counts.of(row.errors(), "error", "errors")));
    facts.row("cluster", Printable.line(address(row.cluster().cluster())));
    facts.row("token", row.tokenFrom().map(Printable::line).orElse(style.red("none")));
    facts.row("answers", answer(row.answer()));
    facts.lines().forEach(line -> out.append(line).append('\n'));
    row.answer()
        .hint()
        .ifPresent(
            hint -> out.append("           hint: ").append(Printable.line(hint)).append('\n'));
    out.append('\n');
  }

  private String answer(FleetRow.Answer answer) {
    String fact = Printable.line(answer.fact());
    return switch (answer.kind()) {
      case ANSWERS -> style.green("yes") + ", " + fact;
      case FAILS -> style.red("no") + ", " + fact;
      case NOT_ASKED -> fact;
    };
  }

  private static String address(ClusterSection cluster) {
    Product product = cluster.product().value();
    return switch (product) {
      case CLOUD_DEDICATED ->
          product
              + " "
              + cluster.clusterId().map(id -> id.value().toString()).orElse("")
              + " at "
              + cluster.url().map(Located::value).orElse(ConnectionSettings.CLOUD_DEDICATED_URL);
      case CLUSTERED ->
          product + " at " + cluster.url().map(url -> url.value().toString()).orElse("");
      case SANDBOX -> product + ", embedded";
    };
  }

  private static String summary(List<FleetRow> rows) {
    StringBuilder summary = new StringBuilder(Counts.of(rows.size(), "cluster", "clusters"));
    long answer = count(rows, FleetRow.Answer.Kind.ANSWERS);
    long fail = count(rows, FleetRow.Answer.Kind.FAILS);
    if (answer + fail > 0) {
      summary.append(": ").append(Counts.of((int) answer, "answers", "answer"));
      if (fail > 0) {
        summary.append(", ").append(Counts.of((int) fail, "does not", "do not"));
      }
    }
    int wrong = (int) rows.stream().filter(row -> row.errors() > 0).count();
    if (wrong > 0) {
      summary
          .append("; ")
          .append(Counts.of(wrong, "has a policy with errors", "have policies with errors"));
    }
    return summary.append('.').toString();
  }

  private static long count(List<FleetRow> rows, FleetRow.Answer.Kind kind) {
    return rows.stream().filter(row -> row.answer().kind() == kind).count();
  }
}
