package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.access.Secret;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ByHand;
import io.tokenform.cli.options.DatabaseOptions;
import io.tokenform.cli.options.ExpiryOption;
import io.tokenform.cli.options.ListingFormat;
import io.tokenform.cli.options.SinkNames;
import io.tokenform.cluster.ApiException;
import io.tokenform.live.Live;
import io.tokenform.plan.Due;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.verb.Creation;
import io.tokenform.plan.verb.OwnName;
import io.tokenform.policy.Edges;
import io.tokenform.policy.Expiry;
import io.tokenform.policy.Policy;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.report.live.MadeToken;
import io.tokenform.sink.ShownSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Make a token, and deliver its secret or show it once.",
      "The secret goes to a sink of the platform file (--deliver), or to standard output alone on"
          + " one line (--show-secret), where everything else goes to standard error. It is kept"
          + " nowhere else, and cannot be shown again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform token create --read-database metrics \"Grafana dashboards\" --expires-at 90d"
          + " --deliver vault --platform platform.yaml",
      "  tokenform token create --read-database DATABASE1 --write-database DATABASE1"
          + " \"Read and write token\" --show-secret",
      "  tokenform token create --read-database '*' \"Nightly report\" --expires-at"
          + " 2027-01-31T00:00:00Z --show-secret --format json",
    })
final class TokenCreateCommand implements Callable<Integer> {
  private static final SinkName SCREEN = new SinkName("screen");

  private final Run run;

  @Parameters(paramLabel = "DESCRIPTION", description = "What the token is for.")
  private String description;

  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      converter = ExpiryOption.class,
      description =
          "When it expires: an instant as RFC 3339 has it, as in 2027-01-31T00:00:00Z, or a duration"
              + " from its making, as in 90d. Never if not given.")
  private Expiry expires;

  @Option(
      names = "--deliver",
      paramLabel = "SINK",
      converter = SinkNames.class,
      description = "The sink of the platform file that gets the secret.")
  private SinkName deliver;

  @Option(
      names = "--show-secret",
      description = "Print the secret to standard output, once. Nothing else prints one.")
  private boolean showSecret;

  @Option(
      names = SinkNames.NAME,
      paramLabel = "NAME",
      description = "What the sink calls the token; made of the description if not given.")
  private String name;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = ListingFormat.OfOneConverter.class,
      description =
          "table; or json, the new token in the form of the Management API, with accessToken where"
              + " the secret is shown. ${DEFAULT-VALUE} if not given.")
  private ListingFormat format;

  @Mixin private DatabaseOptions databases = new DatabaseOptions();

  @Mixin private ByHand byHand = new ByHand();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  private final ShownSecret shown = new ShownSecret();

  TokenCreateCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    reason.tell(byHand.applying(), run.console());
    Creation creation = creation();
    boolean isJson = format == ListingFormat.JSON;
    if (isJson || (showSecret && !byHand.applying().isDryRun())) {
      run.console().keepOutForAnswer();
    }
    try {
      return create(creation);
    } catch (Exception e) {
      if (isJson) {
        Answer.failed(run.console(), e);
      }
      throw e;
    }
  }

  private Creation creation() {
    if (deliver == null && !showSecret) {
      throw new UsageException(
          "nothing says where the secret goes",
          "give --deliver SINK for a sink of the platform file, or --show-secret to print it once");
    }
    if (deliver != null && showSecret) {
      throw new UsageException(
          "--deliver and --show-secret cannot be used together", "leave one of them out");
    }
    if (description.isBlank()) {
      throw new UsageException("the description is blank", "is a variable empty?");
    }
    if (Edges.areBlank(description)) {
      throw new UsageException(
          "the description begins or ends with a blank",
          "leave the blank out: some clusters do, and then nothing finds the token by it");
    }
    ByHand.refuseSecretShape("the description", description);
    if (!LiveDescription.parse(description).isInUse()) {
      throw new UsageException(
          "the description ends in a label, which tokenform alone gives", "leave the label out");
    }
    Permissions permissions = databases.permissions();
    if (permissions.isEmpty()) {
      throw new UsageException(
          "the token would have no access", "give --read-database or --write-database");
    }
    return new Creation(
        tokenName(),
        description,
        permissions,
        showSecret ? SCREEN : deliver,
        Optional.ofNullable(expires));
  }

  private TokenName tokenName() {
    // Nobody sees the name of a token whose secret no sink gets.
    return showSecret && name == null
        ? SinkNames.tokenNameOr("token", description)
        : SinkNames.tokenName(Optional.ofNullable(name), description);
  }

  private int create(Creation creation) throws Exception {
    try (ByHand.Session session = byHand.start(run, "token create")) {
      session.refuseSecrets(Stream.concat(Stream.of(description), databases.names()));
      requireFuture(session.now());
      Live live = session.live();
      creation.requireNew(live.tokens(), session.now());
      if (!showSecret) {
        creation.requireFreeName(session.policy());
        if (name == null) {
          OwnName.requireUnlike(
              creation.name(), description, live.tokens(), session.now(), SinkNames::madeOf);
        }
        run.console().note("the sink " + deliver + " calls the token \"" + creation.name() + "\"");
      }
      Policy policy = creation.policy();
      Plan plan = session.plan(policy, live, options(session, policy));
      byHand.applying().showSecretTo(shown);
      List<Outcome> outcomes = new ArrayList<>();
      int code = session.carryOut(plan, result -> outcomes.addAll(result.outcomes()));
      return answer(creation, plan, outcomes, session, code);
    }
  }

  private void requireFuture(Instant now) {
    if (expires != null && !expires.of(now).isAfter(now)) {
      throw new UsageException(
          "--expires-at " + expires + " is in the past", "give an instant to come");
    }
  }

  private PlanOptions options(ByHand.Session session, Policy policy) {
    PlanOptions options = session.making(session.options(policy), Due.INCLUDE);
    if (showSecret) {
      TreeMap<SinkName, SinkDefinition> screen = new TreeMap<>();
      screen.put(SCREEN, new SinkDefinition.Screen());
      options = options.with(Due.INCLUDE, screen, options.fates());
    }
    return options.with(PlanOptions.Asked.NOTHING);
  }

  private int answer(
      Creation creation, Plan plan, List<Outcome> outcomes, ByHand.Session session, int code)
      throws Exception {
    Optional<TokenId> made = outcomes.stream().flatMap(one -> one.madeId().stream()).findFirst();
    Optional<Secret> secret = shown.secret();
    if (format == ListingFormat.JSON) {
      if (byHand.applying().isDryRun()) {
        run.console().printJson(session.json(plan));
      } else if (made.isPresent()) {
        give(document(creation, made.get(), session), secret);
      } else {
        Answer.failed(
            run.console(), new InputException("no token was made", "standard error says why"));
      }
    } else {
      secret.ifPresent(value -> run.console().reveal(value, text -> text + "\n"));
    }
    return secret.isPresent() && run.console().outputIsLost() ? lost(made) : code;
  }

  private void give(MadeToken document, Optional<Secret> secret) {
    if (secret.isPresent()) {
      run.console().reveal(secret.get(), document::jsonWith);
    } else {
      run.console().printJson(document.json());
    }
  }

  private MadeToken document(Creation creation, TokenId id, ByHand.Session session) {
    return new MadeToken(
        token(creation, id, session),
        creation.name(),
        Optional.ofNullable(deliver).map(SinkName::value),
        session.now());
  }

  /** The token as the cluster shows it; a cluster that does not answer must not cost the secret. */
  private static Token token(Creation creation, TokenId id, ByHand.Session session) {
    try {
      return session.token(id);
    } catch (ApiException e) {
      return new Token(
          id,
          creation.description(),
          creation.permissions(),
          creation.expires().map(expiry -> expiry.of(session.now())),
          Optional.empty());
    }
  }

  private int lost(Optional<TokenId> made) {
    run.console()
        .error(
            "the secret could not be printed, and nobody has it",
            made.map(id -> "revoke the token, and make another one: tokenform token revoke " + id));
    return ExitCode.ERROR;
  }
}
