package io.tokenform.cli;

import io.tokenform.access.Flag;
import io.tokenform.access.Token;
import io.tokenform.access.TokenListing;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.options.ListingFormat;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.Reading;
import io.tokenform.live.TokenOrder;
import io.tokenform.report.live.TokenList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "list",
    description = {
      "List the live tokens.",
      "On a terminal, descriptions and lists of databases are shortened to its width; COLUMNS says"
          + " how wide it is."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform token list",
      "  tokenform token list --database metrics --sort expires",
      "  tokenform token list --unmanaged -f tokens.yaml --format csv",
    })
final class TokenListCommand implements Callable<Integer> {
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
              + " spreadsheet would take for a formula has an apostrophe before it. ${DEFAULT-VALUE}"
              + " if not given.")
  private ListingFormat format;

  @Option(
      names = "--sort",
      paramLabel = "FIELD",
      defaultValue = "description",
      converter = OrderConverter.class,
      description = "id, description, created or expires; ${DEFAULT-VALUE} if not given.")
  private TokenOrder order;

  @Option(names = Flag.INCLUDE_REVOKED, description = "List revoked tokens, too.")
  private boolean withRevoked;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description =
          "Only tokens that can do something with this database, or with all where it is \"*\".")
  private String database;

  @Option(
      names = "--unmanaged",
      description = "Only active tokens that the policy does not name, as plan counts them.")
  private boolean unmanaged;

  TokenListCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    return Answer.print(run.console(), format == ListingFormat.JSON, this::list);
  }

  private String list() throws Exception {
    try (Reading.Session<LiveReader> session = reading.start(run, snapshot)) {
      if (unmanaged && !session.hasPolicy()) {
        throw new UsageException("--unmanaged needs a policy", "name it with -f");
      }
      if (database != null) {
        session.warnIfUnknown(database);
      }
      TokenListing live = session.listing();
      return text(new TokenList(tokens(session, live), session.now(), session.names(live)));
    }
  }

  private List<Token> tokens(Reading.Session<LiveReader> session, TokenListing live) {
    List<Token> wanted =
        unmanaged ? session.names(live).orElseThrow().unmanaged(live.tokens()) : live.tokens();
    return wanted.stream()
        .filter(
            token -> unmanaged ? token.isActive(session.now()) : withRevoked || !token.isRevoked())
        .filter(token -> database == null || token.permissions().reach(database))
        .sorted(order.comparator())
        .toList();
  }

  private String text(TokenList list) {
    return switch (format) {
      case TABLE -> list.table(run.console().outStyle(), run.console().outWidth());
      case JSON -> list.json();
      case CSV -> list.csv();
    };
  }

  /** Reads an order by its word. */
  static final class OrderConverter implements ITypeConverter<TokenOrder>, Completable {
    @Override
    public TokenOrder convert(String word) {
      for (TokenOrder order : TokenOrder.values()) {
        if (order.toString().equals(word)) {
          return order;
        }
      }
      throw new TypeConversionException(
          "there is no field \""
              + word
              + "\" to sort by; there are id, description, created and expires");
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return Arrays.stream(TokenOrder.values()).map(TokenOrder::toString).toList();
    }
  }
}
