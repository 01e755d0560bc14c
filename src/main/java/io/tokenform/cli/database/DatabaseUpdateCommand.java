package io.tokenform.cli.database;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ByHand;
import io.tokenform.live.Live;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.verb.DatabaseEdit;
import io.tokenform.policy.Policy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "update",
    description = {
      "Change how long a database keeps its data, and its limits.",
      "What is not given stays. With a shorter retention the cluster deletes what is older, for"
          + " good."
    },
    footerHeading = "%nExample:%n",
    footer = "  tokenform database update --retention-period 1y --max-tables 1000 orders")
final class DatabaseUpdateCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(paramLabel = "NAME", converter = NameOption.class, description = "The database.")
  private DatabaseName name;

  @Mixin private SettingOptions settings = new SettingOptions();

  @Mixin private ByHand byHand = new ByHand();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  DatabaseUpdateCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    DatabaseSettings given = settings.given();
    if (given.equals(DatabaseSettings.NONE)) {
      throw new UsageException(
          "database update changes nothing",
          "give --retention-period, --max-tables or --max-columns");
    }
    reason.tell(byHand.applying(), run.console());
    try (ByHand.Session session = byHand.start(run, "database update")) {
      Live live = session.live();
      Policy policy = DatabaseEdit.update(live, name, given);
      new PolicyNotes(run.console(), session.policy()).updates(name);
      return session.carryOut(session.plan(policy, live, session.options(policy)), result -> {});
    }
  }
}
