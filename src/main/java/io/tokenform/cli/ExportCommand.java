package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Product;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.files.TerraformStates;
import io.tokenform.cli.options.ExportOutput;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.Reading;
import io.tokenform.cluster.ApiException;
import io.tokenform.export.Export;
import io.tokenform.export.ExportedDatabases;
import io.tokenform.export.ExportedPolicy;
import io.tokenform.export.terraform.Handover;
import io.tokenform.export.terraform.HandoverText;
import io.tokenform.export.terraform.TerraformState;
import io.tokenform.live.TokenFilter;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "export",
    description = {
      "Write the active live tokens as a policy that changes nothing.",
      "Each token is named after its description, or after its address in Terraform; where two"
          + " names would be the same, the beginning of the id is added. Prints the policy, or the"
          + " name of each file that was written."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform export --output tokens.yaml",
      "  tokenform export --databases --output tokens.yaml",
      "  tokenform export --roles --select \"description:Grafana*\"",
      "  tokenform export --output policies --split",
      "  tokenform export --live dev.snapshot.json --for-fleet --output dev/tokens.yaml",
      "  terraform show -json | tokenform export --names-from - --output tokens.yaml",
      "  tokenform export --output policies --split=\"^\\[(.*?)\\]\"",
    })
final class ExportCommand implements Callable<Integer> {
  /** How many things that are left out people are told of one by one. */
  private static final int MOST_WARNINGS = 20;

  private final Run run;

  @Mixin private Reading reading = new Reading();

  @Mixin private LiveOption snapshot = new LiveOption();

  @Mixin private ExportOutput output = new ExportOutput();

  @Option(
      names = "--select",
      paramLabel = "KIND:TEXT",
      converter = FilterConverter.class,
      description =
          "Only tokens with this id:UUID or this description:TEXT (* stands for any text), or with"
              + " access to this database:NAME. May be given several times; a token that matches"
              + " one of them is exported.")
  private List<TokenFilter> filters = List.of();

  @Option(
      names = "--names-from",
      paramLabel = "FILE",
      description =
          "Name tokens after their addresses in Terraform's state, and say how to let go of them"
              + " there: a file with what \"terraform show -json\" prints, or - for standard input."
              + " No secret of it is repeated.")
  private String namesFrom;

  @Option(
      names = "--roles",
      description = "Make a role of each set of permissions that two or more tokens share.")
  private boolean roles;

  @Option(
      names = "--databases",
      description =
          "Write the databases too, with their settings. Without it the policy says nothing of"
              + " databases, and leaves them alone.")
  private boolean databases;

  @Option(
      names = "--for-fleet",
      description =
          "Leave the cluster section out, for the policy of a cluster of a fleet: the fleet file"
              + " says which cluster it is.")
  private boolean forFleet;

  ExportCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    output.check();
    Optional<TerraformState> state =
        namesFrom == null ? Optional.empty() : Optional.of(readState());
    try (Reading.Session<LiveReader> session = reading.start(run, snapshot)) {
      List<Token> live = session.listing().tokens();
      refuseIdleFilters(session, live);
      for (TokenFilter filter : filters) {
        if (filter.kind() == TokenFilter.Kind.DATABASE) {
          session.warnIfUnknown(filter.text());
        }
      }
      UnaryOperator<String> mask = run.console().masking()::mask;
      Optional<HandoverText> handover =
          state.map(
              known ->
                  new HandoverText(
                      TerraformStates.shown(namesFrom),
                      known,
                      Handover.of(known, live, session.now(), session.reader().address(), mask),
                      mask));
      Export export =
          Export.of(
              live,
              session.now(),
              new Export.Options(
                  filters,
                  roles,
                  Optional.ofNullable(output.grouping()),
                  handover.map(text -> text.handover().names()).orElse(Map.of()),
                  mask));
      write(
          new ExportedPolicy(
              Optional.of(session.reader().address()).filter(address -> !forFleet),
              forFleet ? Optional.empty() : seed(session),
              export,
              databases ? Optional.of(databases(session, mask)) : Optional.empty()));
      handover.ifPresent(text -> say(text, export));
      return ExitCode.OK;
    }
  }

  private static ExportedDatabases databases(
      Reading.Session<LiveReader> session, UnaryOperator<String> mask)
      throws InputException, ApiException {
    DatabaseListing live = session.reader().databaseListing();
    boolean hasNamesAlone =
        !live.names().isEmpty() && live.databases().isEmpty() && live.unreadable().isEmpty();
    if (session.reader().snapshot().isPresent() && hasNamesAlone) {
      throw new InputException(
          "the snapshot has the names of databases alone, and not their settings",
          "take a new one with tokenform snapshot");
    }
    return ExportedDatabases.of(live, mask);
  }

  private void refuseIdleFilters(Reading.Session<LiveReader> session, List<Token> live)
      throws InputException {
    List<TokenFilter> idle = Export.idle(live, session.now(), filters);
    if (!idle.isEmpty()) {
      TokenFilter first = idle.get(0);
      throw new InputException(
          "no active token has the "
              + (first.kind() == TokenFilter.Kind.DATABASE ? "access to the " : "")
              + first.kind().toString().toLowerCase(Locale.ROOT)
              + " \""
              + first.text()
              + "\", which --select asks for",
          "tokenform token list shows all tokens");
    }
  }

  /**
   * The sandbox's seed as the policy has to name it from where it will be; none where it is outside
   * of that folder, for such a policy would be refused.
   */
  private Optional<String> seed(Reading.Session<LiveReader> session) {
    if (session.reader().address().product() != Product.SANDBOX) {
      return Optional.empty();
    }
    Path folder = output.folder(run.world());
    Optional<Path> seed = session.target().seed().map(path -> path.toAbsolutePath().normalize());
    if (seed.filter(path -> !path.startsWith(folder)).isPresent()) {
      run.console()
          .warning(
              "the exported policy names no seed: " + seed.get() + " is outside its folder",
              Optional.of("copy the seed there, and name it in the cluster section"));
      return Optional.empty();
    }
    return seed.map(path -> folder.relativize(path).toString())
        .map(path -> path.replace(run.world().directory().getFileSystem().getSeparator(), "/"));
  }

  private void write(ExportedPolicy policy) throws InputException {
    Map<String, String> texts =
        output.isSplit() ? policy.files() : Map.of("the policy", policy.whole());
    for (Map.Entry<String, String> text : texts.entrySet()) {
      ExportOutput.checkSize(text.getKey(), text.getValue());
      refuseSecret(run, text.getKey(), text.getValue());
    }
    if (output.isStandardOutput()) {
      run.console().print(texts.values().iterator().next());
    } else {
      writeFiles(texts);
    }
    warnOf(run, policy.omissions());
  }

  /** Live is masked as it comes; what is left is a secret that reads as words of the policy. */
  static void refuseSecret(Run run, String name, String text) throws InputException {
    if (run.console().masking().knows(text)) {
      throw new InputException(
          name + " would contain a secret that this run was given; nothing was written",
          "a management token that is a word, or the beginning of a name, cannot be told apart from"
              + " the policy's text: use another");
    }
  }

  private void writeFiles(Map<String, String> texts) throws InputException {
    List<String> written =
        output.isSplit()
            ? output.write(run.world(), texts)
            : output.write(run.world(), texts.values().iterator().next());
    written.forEach(name -> run.console().print(Printable.line(name) + "\n"));
    if (output.isSplit()) {
      List<String> others = output.others(run.world(), written);
      if (!others.isEmpty()) {
        run.console()
            .warning(
                "the directory has other policy files, such as " + others.get(0),
                Optional.of(
                    "a token or role that is in two files is an error; remove the files that are"
                        + " out of date"));
      }
    }
  }

  /** Says what the policy leaves out. */
  static void warnOf(Run run, List<String> omissions) {
    warnOf(run, omissions, "left out", "comments in the policy say what");
  }

  private static void warnOf(Run run, List<String> remarks, String what, String hint) {
    remarks.stream()
        .limit(MOST_WARNINGS)
        .forEach(remark -> run.console().warning(remark, Optional.empty()));
    int more = remarks.size() - MOST_WARNINGS;
    if (more > 0) {
      run.console()
          .warning(
              "and " + Counts.of(more, "more thing is ", "more things are ") + what,
              Optional.of(hint));
    }
  }

  private TerraformState readState() throws InputException {
    if (TerraformStates.isStandardInput(namesFrom) && reading.readsStandardInput()) {
      throw new UsageException(
          "-f - and --names-from - cannot both read standard input", "give one of them a file");
    }
    return TerraformStates.read(run, namesFrom);
  }

  private void say(HandoverText text, Export export) {
    Set<TokenId> exported =
        export.tokens().stream().map(Export.Entry::id).collect(Collectors.toSet());
    Console console = run.console();
    text.emptiness()
        .ifPresent(message -> console.warning(message, Optional.of(HandoverText.WHY_EMPTY)));
    text.count(exported).ifPresent(console::note);
    warnOf(
        run,
        text.remarks(),
        "not as in the state",
        "\"tokenform token list\" shows all live tokens");
    text.secrets()
        .ifPresent(
            message -> console.warning(message, Optional.of(HandoverText.WHERE_SECRETS_ARE)));
    console.printError(text.commands(exported));
  }

  /** Reads {@code id:UUID}, {@code description:TEXT} or {@code database:NAME}. */
  static final class FilterConverter implements ITypeConverter<TokenFilter> {
    @Override
    public TokenFilter convert(String text) {
      for (TokenFilter.Kind kind : TokenFilter.Kind.values()) {
        String prefix = kind.toString().toLowerCase(Locale.ROOT) + ":";
        if (text.startsWith(prefix)) {
          return filter(kind, text.substring(prefix.length()), text);
        }
      }
      throw new TypeConversionException(
          "\"" + text + "\" does not begin with id:, description: or database:");
    }

    private static TokenFilter filter(TokenFilter.Kind kind, String text, String whole) {
      try {
        return new TokenFilter(kind, text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("\"" + whole + "\": " + e.getMessage());
      }
    }
  }
}
