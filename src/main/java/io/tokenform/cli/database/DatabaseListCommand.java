package io.tokenform.cli.database;

import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.UnreadableDatabase;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ListingFormat;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.Reading;
import io.tokenform.report.live.DatabaseList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = {
      "List the live databases with their settings, by name.",
      "On a terminal, names and partition templates are shortened to its width; COLUMNS says how"
          + " wide it is."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  tokenform database list", "  tokenform database list --format json"})
final class DatabaseListCommand implements Callable<Integer> {
  private static final int MOST_NAMED = 3;

  private final Run run;

  @Mixin private Reading reading = new Reading();

  @Mixin private LiveOption snapshot = new LiveOption();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = ListingFormat.Converter.class,
      description =
          "table; json, an array in the form of the Management API; or csv, in which a cell that a"
              + " spreadsheet would take for a formula has an apostrophe before it."
              + " ${DEFAULT-VALUE} if not given.")
  private ListingFormat format;

  DatabaseListCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    return Answer.print(run.console(), format == ListingFormat.JSON, this::list);
  }

  private String list() throws Exception {
    try (Reading.Session<LiveReader> session = reading.start(run, snapshot)) {
      DatabaseListing listing = session.reader().databaseListing();
      if (!listing.unreadable().isEmpty()) {
        run.console().warning(sentence(listing.unreadable()), Optional.empty());
      }
      return text(new DatabaseList(listing));
    }
  }

  private static String sentence(List<UnreadableDatabase> databases) {
    String named =
        databases.stream()
            .limit(MOST_NAMED)
            .map(UnreadableDatabase::toString)
            .collect(Collectors.joining(", "));
    return (databases.size() == 1
            ? "a live database cannot be read and is left out but for its name: "
            : databases.size()
                + " live databases cannot be read and are left out but for their names: ")
        + named
        + (databases.size() > MOST_NAMED
            ? " and " + (databases.size() - MOST_NAMED) + " more"
            : "");
  }

  private String text(DatabaseList list) {
    return switch (format) {
      case TABLE -> list.table(run.console().outStyle(), run.console().outWidth());
      case JSON -> list.json();
      case CSV -> list.csv();
    };
  }
}
