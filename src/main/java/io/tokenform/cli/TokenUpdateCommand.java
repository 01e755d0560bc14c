package io.tokenform.cli;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.DatabaseName;
import io.tokenform.cli.options.GuardrailOptions;
import io.tokenform.cli.options.Reading;
import io.tokenform.cli.options.TokenNames;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.live.Live;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.TokenSearch;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Planner;
import io.tokenform.plan.Selection;
import io.tokenform.plan.TokenEdit;
import io.tokenform.plan.TokenEdit.Manner;
import io.tokenform.plan.WaveOrder;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update",
    description = {
      "Change one live token.",
      "The permissions that are named replace all that it has, unless --add or --remove is given."
          + " Shows the change as a plan, asks, and applies it as apply does, with a journal from"
          + " which it can be rolled back."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform token update --description \"Grafana\" --read-database metrics"
          + " 1f0c7a52-3b5e-4c1d-9a64-0d2b8e6f1a01",
      "  tokenform token update --add --read-database logs grafana",
      "  tokenform token update --read-database '*' --write-database '*' --dry-run grafana",
    })
final class TokenUpdateCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      paramLabel = "TOKEN",
      converter = TokenNames.class,
      description = "Its id, its name in the policy, or a description that no other token has.")
  private String wanted;

  @Option(names = "--description", paramLabel = "TEXT", description = "Its new description.")
  private String description;

  @Option(
      names = "--read-database",
      paramLabel = "NAME",
      converter = DatabaseName.class,
      description = "A database that it may read, or \"*\" for all. May be given several times.")
  private List<String> read = List.of();

  @Option(
      names = "--write-database",
      paramLabel = "NAME",
      converter = DatabaseName.class,
      description = "A database that it may write, or \"*\" for all. May be given several times.")
  private List<String> write = List.of();

  @Option(names = "--add", description = "Keep what it has, and add these permissions.")
  private boolean add;

  @Option(names = "--remove", description = "Keep what it has, without these permissions.")
  private boolean remove;

  @Mixin private Applying applying = new Applying();

  @Mixin private GuardrailOptions guardrails = new GuardrailOptions();

  @Mixin private Reading reading = new Reading();

  TokenUpdateCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    TokenEdit edit = edit();
    applying.requireApproval(run.console(), "token update");
    Platform platform = guardrails.platform(run.world());
    try (Reading.Session session = reading.start(run, platform, applying.parallelism())) {
      refuseSecret();
      Live live = session.connection().live();
      Optional<PolicyNames> names = session.names(live.tokens());
      Token token = new TokenSearch(live.tokens(), names, false, session.now()).find(wanted);
      Optional<TokenName> managed =
          names.flatMap(known -> known.desiredToken(token.id())).map(desired -> desired.name());
      managed.ifPresent(this::noteOfPolicy);
      edit.stillCovered(token).ifPresent(this::noteOfCover);
      Policy policy = edit.policy(managed.orElseGet(() -> name(token)), token);
      Plan plan = Planner.plan(policy, live, options(session, policy, platform)).ofItsTokensAlone();
      if (plan.hasErrors()) {
        throw new InvalidPolicyException(plan.findings());
      }
      run.console().findings(plan.findings());
      return applying.carryOut(run, plan, session.connection(), Optional.empty());
    }
  }

  private TokenEdit edit() {
    Permissions named =
        Permissions.of(
            Stream.concat(
                    read.stream().map(Permission::read), write.stream().map(Permission::write))
                .toList());
    if (add && remove) {
      throw new UsageException("--add and --remove cannot be used together", "give one of them");
    }
    if (named.isEmpty() && (add || remove)) {
      throw new UsageException(
          (add ? "--add" : "--remove") + " names no permission",
          "give --read-database or --write-database too");
    }
    if (named.isEmpty() && description == null) {
      throw new UsageException(
          "there is nothing to change", "give --description, --read-database or --write-database");
    }
    if (description != null && SecretShapes.matcher(description).find()) {
      throw new UsageException(
          "--description contains what looks like a secret", "describe what the token is for");
    }
    Manner manner = add ? Manner.ADD : remove ? Manner.REMOVE : Manner.REPLACE;
    return new TokenEdit(Optional.ofNullable(description), named, manner);
  }

  /** The journal and the cluster would hold a copy of it, and anybody may read those. */
  private void refuseSecret() {
    boolean holds =
        Stream.of(Stream.ofNullable(description), read.stream(), write.stream())
            .flatMap(texts -> texts)
            .anyMatch(run.console().masking()::knows);
    if (holds) {
      throw new UsageException(
          "one of the options contains the management token",
          "leave it out, and replace that token: other users of this machine may have seen it");
    }
  }

  private PlanOptions options(Reading.Session session, Policy policy, Platform platform) {
    return new PlanOptions(
            WaveOrder.GRANT_FIRST,
            Selection.ALL,
            platform.guardrails(),
            guardrails.allowances(policy),
            session.now())
        .with(PlanOptions.Asked.LABELLED);
  }

  private void noteOfPolicy(TokenName name) {
    run.console()
        .note(
            "the policy names this token \""
                + name
                + "\": the next apply changes it back to what the policy says");
  }

  private void noteOfCover(Permission permission) {
    run.console()
        .note(
            "the token keeps "
                + permission.onAllDatabases()
                + ", so that it can still "
                + permission.action()
                + " "
                + permission.resource());
  }

  /** A name for a token that no policy names. */
  private static TokenName name(Token token) {
    try {
      return new TokenName(token.description());
    } catch (IllegalArgumentException e) {
      return new TokenName(token.id().toString());
    }
  }
}
