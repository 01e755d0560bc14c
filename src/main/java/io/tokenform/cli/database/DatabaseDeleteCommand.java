package io.tokenform.cli.database;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ByHand;
import io.tokenform.live.Live;
import io.tokenform.plan.verb.DatabaseEdit;
import io.tokenform.policy.Policy;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = {
      "Delete databases with all their data.",
      "tokenform cannot undo it. Permissions keep the names, and are in force again when a database"
          + " gets such a name."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform database delete old-metrics",
      "  tokenform database delete a b --dry-run"
    })
final class DatabaseDeleteCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      converter = NameOption.class,
      description = "The databases.")
  private List<DatabaseName> names;

  @Option(names = "--force", description = "Delete without asking, as --auto-approve does.")
  private boolean force;

  @Mixin private ByHand byHand = new ByHand();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  DatabaseDeleteCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    reason.tell(byHand.applying(), run.console());
    if (force) {
      byHand.applying().approve();
    }
    try (ByHand.Session session = byHand.start(run, "database delete")) {
      Live live = session.live();
      Policy policy = DatabaseEdit.delete(live, names);
      PolicyNotes notes = new PolicyNotes(run.console(), session.policy());
      names.forEach(notes::deletes);
      return session.carryOut(session.plan(policy, live, session.options(policy)), result -> {});
    }
  }
}
