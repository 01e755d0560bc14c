package io.tokenform.cli;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenName;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ByHand;
import io.tokenform.cli.options.DatabaseOptions;
import io.tokenform.cli.options.MeantToken;
import io.tokenform.live.Live;
import io.tokenform.plan.Plan;
import io.tokenform.plan.verb.Named;
import io.tokenform.plan.verb.TokenEdit;
import io.tokenform.plan.verb.TokenEdit.Manner;
import io.tokenform.policy.Policy;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      converter = MeantToken.class,
      description = MeantToken.DESCRIPTION)
  private String wanted;

  @Option(names = "--description", paramLabel = "TEXT", description = "Its new description.")
  private String description;

  @Option(names = "--add", description = "Keep what it has, and add these permissions.")
  private boolean add;

  @Option(names = "--remove", description = "Keep what it has, without these permissions.")
  private boolean remove;

  @Mixin private DatabaseOptions databases = new DatabaseOptions();

  @Mixin private ByHand byHand = new ByHand();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  TokenUpdateCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    reason.tell(byHand.applying(), run.console());
    TokenEdit edit = edit();
    try (ByHand.Session session = byHand.start(run, "token update")) {
      session.refuseSecrets(Stream.concat(Stream.ofNullable(description), databases.names()));
      Live live = session.live();
      Named named = session.named(live, wanted);
      named.desired().ifPresent(desired -> noteOfPolicy(desired.name()));
      edit.stillCovered(named.token()).ifPresent(this::noteOfCover);
      Policy policy = edit.policy(named);
      Plan plan = session.plan(policy, live, session.options(policy));
      edit.left(named.token()).ifPresent(this::noteOfRest);
      return session.carryOut(plan, result -> {});
    }
  }

  private TokenEdit edit() {
    Permissions named = databases.permissions();
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
    if (description != null) {
      ByHand.refuseSecretShape("--description", description);
      if (!LiveDescription.parse(description).isInUse()) {
        throw new UsageException(
            "--description ends in a label, which tokenform alone gives",
            "leave the label out: the token keeps the one that it has");
      }
    }
    Manner manner = add ? Manner.ADD : remove ? Manner.REMOVE : Manner.REPLACE;
    return new TokenEdit(Optional.ofNullable(description), named, manner);
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

  /** What is removed by name may leave more than somebody thinks. */
  private void noteOfRest(Permissions left) {
    run.console()
        .note(
            left.isEmpty()
                ? "the token keeps no access"
                : "the token keeps "
                    + left.stream().map(Permission::toString).collect(Collectors.joining(", ")));
  }
}
