package io.tokenform.cli.database;

import io.tokenform.access.database.Retention;
import io.tokenform.plan.DatabaseSettings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for what can be changed of a database, as influxctl has them. */
final class SettingOptions {
  @Option(
      names = "--retention-period",
      paramLabel = "DURATION",
      converter = RetentionOption.class,
      description =
          "How long data is kept: 90d, 12h, 6w, 1mo (30 days), 1y (365 days), 2.5d; infinite, or"
              + " 0d, for good.")
  private Retention retention;

  @Option(
      names = "--max-tables",
      paramLabel = "N",
      converter = LimitOption.class,
      description = "How many tables it may have, from 1.")
  private Integer maxTables;

  @Option(
      names = "--max-columns",
      paramLabel = "N",
      converter = LimitOption.class,
      description = "How many columns each table may have, from 1.")
  private Integer maxColumns;

  DatabaseSettings given() {
    return new DatabaseSettings(
        Optional.ofNullable(retention),
        Optional.ofNullable(maxTables),
        Optional.ofNullable(maxColumns));
  }
}
