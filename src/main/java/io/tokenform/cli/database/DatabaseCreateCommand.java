package io.tokenform.cli.database;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ByHand;
import io.tokenform.live.Live;
import io.tokenform.plan.verb.DatabaseEdit;
import io.tokenform.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Make a database.",
      "What is not given is the cluster's own choice. A partition template cannot be changed later;"
          + " its tags come first, then its buckets, then its time."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform database create --retention-period 90d orders",
      "  tokenform database create --template-tag region --template-timeformat %%Y-%%m orders",
    })
final class DatabaseCreateCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      paramLabel = "NAME",
      converter = NameOption.class,
      description = "What it is to be called.")
  private DatabaseName name;

  @Mixin private SettingOptions settings = new SettingOptions();

  @Option(
      names = "--template-tag",
      paramLabel = "TAG",
      description = "Partition by the values of this tag. May be given several times.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--template-tag-bucket",
      paramLabel = "TAG,N",
      converter = BucketOption.class,
      description =
          "Partition by the values of this tag, spread among N buckets. May be given several"
              + " times.")
  private List<PartitionPart.Bucket> buckets = new ArrayList<>();

  @Option(
      names = "--template-timeformat",
      paramLabel = "FORMAT",
      description = "Partition by time, in this form of strftime, such as %%Y-%%m-%%d.")
  private String time;

  @Mixin private ByHand byHand = new ByHand();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  DatabaseCreateCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    Optional<PartitionTemplate> template = template();
    reason.tell(byHand.applying(), run.console());
    try (ByHand.Session session = byHand.start(run, "database create")) {
      Live live = session.live();
      Policy policy = DatabaseEdit.create(live, name, settings.given(), template);
      return session.carryOut(session.plan(policy, live, session.options(policy)), result -> {});
    }
  }

  private Optional<PartitionTemplate> template() {
    List<PartitionPart> parts = new ArrayList<>();
    try {
      for (String tag : tags) {
        ByHand.refuseSecretShape("--template-tag", tag);
        parts.add(new PartitionPart.Tag(tag));
      }
      parts.addAll(buckets);
      if (time != null) {
        ByHand.refuseSecretShape("--template-timeformat", time);
        parts.add(new PartitionPart.Time(time));
      }
      if (time == null && !parts.isEmpty()) {
        throw new UsageException(
            "a partition template needs a time format",
            "give one, as in --template-timeformat %Y-%m-%d, the cluster's own");
      }
      return parts.isEmpty() ? Optional.empty() : Optional.of(new PartitionTemplate(parts));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), "see tokenform database create --help");
    }
  }
}
