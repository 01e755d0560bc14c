package io.tokenform.cli;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.plan.WhoCan;
import io.tokenform.report.WhoCanReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "who-can",
    description = {
      "Show which active tokens can read or write a database.",
      "And how: exact where a permission names the database, * where one is on all databases."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform who-can read metrics",
      "  tokenform who-can write \"*\" --format json",
    })
final class WhoCanCommand implements Callable<Integer> {
  private final World world;
  private final Console console;

  @Mixin private Reading reading = new Reading();

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      converter = ActionConverter.class,
      description = "read or write.")
  private Action action;

  @Parameters(
      index = "1",
      paramLabel = "DATABASE",
      description =
          "A database; \"*\", in quotes, for those tokens that can on all databases, present and"
              + " future.")
  private String database;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = ListingFormat.OfTextConverter.class,
      description = "text, json or csv; ${DEFAULT-VALUE} if not given.")
  private ListingFormat format;

  WhoCanCommand(World world, Console console) {
    this.world = world;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    return Answer.print(console, format == ListingFormat.JSON, this::answer);
  }

  private String answer() throws Exception {
    try (Reading.Session session = reading.start(world, console)) {
      Permission wanted = new Permission(action, database);
      session.warnIfUnknown(database);
      List<Token> live = session.tokens();
      WhoCan found = WhoCan.find(wanted, live, session.names(live), session.now());
      return text(new WhoCanReport(found, session.hasPolicy()));
    }
  }

  private String text(WhoCanReport report) {
    return switch (format) {
      case TABLE -> report.text(console.outStyle(), console.outWidth());
      case JSON -> report.json();
      case CSV -> report.csv();
    };
  }

  /** Reads an action that the vendor documents. */
  static final class ActionConverter implements ITypeConverter<Action>, Completable {
    @Override
    public Action convert(String word) {
      Action action = Action.of(word.isEmpty() ? "?" : word);
      if (!action.isDocumented()) {
        throw new TypeConversionException(
            "there is no action \"" + word + "\"; the actions are read and write");
      }
      return action;
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return List.of(Action.READ.toString(), Action.WRITE.toString());
    }
  }
}
