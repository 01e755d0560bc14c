package io.tokenform.cli.database;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ByHand;
import io.tokenform.live.Live;
import io.tokenform.plan.verb.DatabaseEdit;
import io.tokenform.policy.Policy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "rename",
    description = {
      "Give a database another name.",
      "Permissions keep the old name: tokens lose their access until they are permitted the new"
          + " one. A policy with \"renamed: OLD\" moves the tokens along, and none is without"
          + " access."
    },
    footerHeading = "%nExample:%n",
    footer = "  tokenform database rename orders sales")
final class DatabaseRenameCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      converter = NameOption.class,
      description = "The database.")
  private DatabaseName name;

  @Parameters(
      index = "1",
      paramLabel = "NEW_NAME",
      converter = NameOption.class,
      description = "What it is to be called.")
  private DatabaseName newName;

  @Mixin private ByHand byHand = new ByHand();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  DatabaseRenameCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    reason.tell(byHand.applying(), run.console());
    try (ByHand.Session session = byHand.start(run, "database rename")) {
      Live live = session.live();
      Policy policy = DatabaseEdit.rename(live, name, newName);
      new PolicyNotes(run.console(), session.policy()).renames(name, newName);
      return session.carryOut(session.plan(policy, live, session.options(policy)), result -> {});
    }
  }
}
