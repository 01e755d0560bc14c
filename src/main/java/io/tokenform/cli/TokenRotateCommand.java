package io.tokenform.cli;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.SinkName;
import io.tokenform.access.TokenName;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ByHand;
import io.tokenform.cli.options.DatabaseOptions;
import io.tokenform.cli.options.DurationOption;
import io.tokenform.cli.options.MeantToken;
import io.tokenform.cli.options.SinkNames;
import io.tokenform.live.Live;
import io.tokenform.plan.Due;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.verb.Named;
import io.tokenform.plan.verb.OwnName;
import io.tokenform.plan.verb.RefusedVerbException;
import io.tokenform.plan.verb.Renewals;
import io.tokenform.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rotate",
    description = {
      "Give tokens successors, and deliver their secrets.",
      "Both work for the overlap; then the old one loses its access, and is revoked a day later."
          + " --overlap 0s takes the access of the old one as soon as the new secret is delivered:"
          + " the answer to a leaked secret. The old one of a parked token stays without access.",
      "What the policy says of a token holds. For one that it does not name, or without deliver,"
          + " --deliver says where the secret goes; its successor has the same permissions and the"
          + " same time to live. --read-database and --write-database give the successor of a token"
          + " that the policy does not name other permissions; a parked one has none of its own."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform token rotate checkout --platform platform.yaml",
      "  tokenform token rotate checkout --overlap 0s --platform platform.yaml",
      "  tokenform token rotate --due --platform platform.yaml --auto-approve",
      "  tokenform token rotate \"Old batch job\" --deliver vault --platform platform.yaml",
    })
final class TokenRotateCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      arity = "0..*",
      paramLabel = "TOKEN",
      converter = MeantToken.class,
      description = MeantToken.DESCRIPTION)
  private List<String> wanted = List.of();

  @Option(
      names = "--due",
      description =
          "Instead of tokens: everything of the policy that is due now, as apply --due only does.")
  private boolean due;

  @Option(
      names = "--overlap",
      paramLabel = "DURATION",
      converter = DurationOption.class,
      description =
          "How long the old tokens work beside their successors, as in 48h; 0s for not at all. What"
              + " the policy says if not given, 7d where it says nothing.")
  private Duration overlap;

  @Option(
      names = "--deliver",
      paramLabel = "SINK",
      converter = SinkNames.class,
      description =
          "The sink of the platform file that gets the secrets, whatever the policy says.")
  private SinkName deliver;

  @Option(
      names = SinkNames.NAME,
      paramLabel = "NAME",
      description =
          "What the sink calls a token that the policy does not name; made of its description if"
              + " not given.")
  private String name;

  @Mixin private DatabaseOptions databases = new DatabaseOptions();

  @Mixin private ByHand byHand = new ByHand();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  TokenRotateCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    reason.tell(byHand.applying(), run.console());
    requireSense();
    try (ByHand.Session session = byHand.start(run, "token rotate")) {
      return due ? rotateDue(session) : rotate(session);
    }
  }

  private void requireSense() {
    if (due && !wanted.isEmpty()) {
      throw new UsageException(
          "--due and TOKEN cannot be used together",
          "--due means all that are due; leave one of them out");
    }
    if (!due && wanted.isEmpty()) {
      throw new UsageException(
          "there is no token to rotate", "name tokens, or give --due for all that are due");
    }
    boolean hasDatabases = !databases.permissions().isEmpty();
    boolean isSpecial = deliver != null || name != null || hasDatabases;
    if (due && isSpecial) {
      throw new UsageException(
          "--due goes together with --overlap alone",
          "what is due, and where its secret goes, the policy says");
    }
    boolean isLikeOne = name != null || hasDatabases;
    if (isLikeOne && wanted.size() > 1) {
      throw new UsageException(
          (name == null ? "a list of databases" : SinkNames.NAME)
              + " is for one token, and there are "
              + wanted.size(),
          "rotate them one by one");
    }
  }

  private int rotateDue(ByHand.Session session) throws Exception {
    Policy policy =
        session
            .policy()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--due needs a policy, which says when tokens are due", "name it with -f"));
    return apply(session, session.live(), policy, Selection.ALL, Set.of(), Due.ONLY);
  }

  private int rotate(ByHand.Session session) throws Exception {
    Live live = session.live();
    Renewals renewals =
        new Renewals(session.policy(), Optional.ofNullable(deliver), databases.permissions());
    for (String one : wanted) {
      Named named = session.named(live, one);
      renewals.add(named, nameInSink(named, live, session));
    }
    // What else is due is left out: nobody asked for it here.
    return apply(
        session,
        live,
        renewals.policy(),
        new Selection(renewals.names(), Set.of()),
        renewals.names(),
        Due.EXCLUDE);
  }

  private TokenName nameInSink(Named named, Live live, ByHand.Session session)
      throws RefusedVerbException {
    if (named.desired().isPresent()) {
      return named.name();
    }
    TokenName inSink = SinkNames.tokenName(Optional.ofNullable(name), named.name().value());
    if (name == null) {
      String text = LiveDescription.parse(named.token().description()).text();
      OwnName.requireUnlike(inSink, text, live.tokens(), session.now(), SinkNames::madeOf);
    }
    return inSink;
  }

  private int apply(
      ByHand.Session session,
      Live live,
      Policy policy,
      Selection selection,
      Set<TokenName> rotations,
      Due choice)
      throws Exception {
    PlanOptions options =
        session
            .making(session.options(policy, selection), choice)
            .with(new PlanOptions.Asked(false, rotations, Optional.ofNullable(overlap)));
    return session.carryOut(session.plan(policy, live, options), result -> {});
  }
}
